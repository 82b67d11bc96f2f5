"""Help for who is stuck: the help window, the bare list of keys, what has the focus, the tour.

Nothing of it is loaded before it is asked for.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from supervisor import settings
from supervisor.ui.shell.actions import dialog_keys, key_help

if TYPE_CHECKING:
    from supervisor.ui.shell.help_window import HelpWindow
    from supervisor.ui.shell.key_help import KeyHelp
    from supervisor.ui.shell.main_window import MainWindow
    from supervisor.ui.shell.tour import Tour


class Guidance(QObject):
    """Lives with the window it explains."""

    def __init__(self, window: "MainWindow", *, remembers: bool) -> None:
        super().__init__(window)
        self._window, self._remembers = window, remembers
        self.window: HelpWindow | None = None
        self.tour: Tour | None = None
        self.was_shown = False
        """Whether the tour was walked through or skipped in this sitting."""

    def show(self) -> "HelpWindow":
        """F1: the topic of the screen in front, beside the work."""
        return self.show_topic(self._topic())

    def _topic(self) -> str:
        """The topic of the screen in front."""
        from supervisor.manual.topics import topic_of_page  # noqa: PLC0415 - only for help

        asked = getattr(self._window.page, "help_topic", None)
        return str(asked()) if asked is not None else topic_of_page(self.page_id)

    def show_beside(self, dialog: QDialog) -> "HelpWindow":
        """F1 in a dialog: its topic, in a window the dialog leaves free; what was typed stays."""
        from supervisor.ui.shell.help_window import HelpWindow  # noqa: PLC0415 - only for help

        shown = dialog.findChild(HelpWindow)
        if not isinstance(shown, HelpWindow):
            shown = HelpWindow(dialog_keys, dialog, remembers=self._remembers)
        shown.show_topic(str(getattr(dialog, "help_topic", "")) or self._topic())
        shown.show()
        shown.raise_()
        shown.activateWindow()
        return shown

    @property
    def page_id(self) -> str:
        """The screen in front."""
        return self._window.current_id

    def show_topic(self, name: str) -> "HelpWindow":
        """Any topic."""
        from supervisor.ui.shell.help_window import HelpWindow  # noqa: PLC0415 - only for help

        if self.window is None:
            shown = HelpWindow(
                lambda: key_help(self._window.page), self._window, remembers=self._remembers
            )
            shown.page_wanted.connect(self._window.show_page)
            shown.tour_wanted.connect(self.show_round)
            self.window = shown
        self.window.show_topic(name)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        return self.window

    def show_keys(self) -> "KeyHelp":
        """Ctrl+F1: the keys alone."""
        from supervisor.ui.shell.key_help import KeyHelp  # noqa: PLC0415 - only for help

        words = self._window.header.title.text()
        shown = KeyHelp(words, key_help(self._window.page), self._window)
        shown.open()
        return shown

    def explain(self) -> str:
        """Shift+F1: what has the focus means; the words shown."""
        from supervisor.ui.shell.explaining import explain  # noqa: PLC0415 - only for help

        return explain(self._window)

    def show_round(self) -> "Tour":
        """The tour, from its first step."""
        from supervisor.ui.shell.tour import Tour  # noqa: PLC0415 - seldom wanted

        if self.tour is None:
            self.tour = Tour(self._window)
            self.tour.ended.connect(self._on_tour_ended)
        self.tour.start()
        return self.tour

    def offer_tour(self) -> None:
        """Once for each person: on the first start, after the first page."""
        preferences = self._window.desk.preferences
        if isinstance(preferences, settings.Preferences) and not preferences.tour_seen:
            self.show_round()

    def _on_tour_ended(self) -> None:
        self.was_shown = True
        known = self._window.desk.preferences
        if not self._remembers or not isinstance(known, settings.Preferences) or known.tour_seen:
            return
        seen = replace(known, tour_seen=True)
        self._window.desk.preferences = seen
        try:
            settings.save(seen)
        except OSError:
            # A folder that cannot be written is told by the preferences; the tour comes again.
            return

    def retranslate(self) -> None:
        """Words changed: what is open is made anew when it is asked for."""
        for part in (self.window, self.tour):
            if part is not None:
                cast("QObject", part).deleteLater()
        if self.window is not None:
            self.window.close()
        if self.tour is not None:
            self.tour.leave()
        self.window = self.tour = None
