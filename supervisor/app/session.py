"""From the command line to the window and back: one person's sitting."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from supervisor import i18n, logs, settings, words
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application
from supervisor.app.opening import DesktopOptions, open_chosen
from supervisor.errors import SupervisorError
from supervisor.ui.shell import qt_messages
from supervisor.ui.shell.error_dialog import ErrorDialog, dialog_for

TOUR_AFTER_MS = 1_500
"""The first page comes before anybody is shown round."""


def run_desktop(options: DesktopOptions) -> int:
    """Open the window and stay until it is closed; exit code."""
    loaded = settings.load()
    preferences = loaded.preferences
    if options.lang:
        preferences = replace(preferences, language=options.lang)
    logs.start()
    app = application(preferences)
    qt_messages.install()
    logs.install_hooks(_show_crash)
    try:
        opened = open_chosen(app, options, preferences)
        if opened is None:
            return 0
        desktop = Desktop(app, *opened, options=options)
    except SupervisorError as error:
        dialog_for(error, "").exec()
        return 3
    desktop.open(options.first_page)
    QTimer.singleShot(TOUR_AFTER_MS, desktop.window, desktop.window.guidance.offer_tour)
    if loaded.set_aside is not None:
        desktop.window.say(
            words.sentence("preferences_set_aside", {"name": loaded.set_aside.name}), "warn"
        )
    try:
        return app.exec()
    finally:
        desktop.close()
        qt_messages.remove()
        logs.stop()


def _show_crash(crash: logs.Crash) -> None:
    # The hook may speak from any thread; the box is made on the one that may show it.
    app = QApplication.instance()
    if app is not None:
        text = i18n.tr("Something went wrong in the program. Nothing half-written is left behind.")
        title = i18n.tr("An error in the program")
        QTimer.singleShot(0, app, lambda: ErrorDialog(title, text, crash.text).exec())
