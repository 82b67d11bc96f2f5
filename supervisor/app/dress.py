"""The one QApplication: typeface, theme, language."""

import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from supervisor import __version__, i18n, settings
from supervisor.ui.look import fonts, style
from supervisor.ui.look.tokens import set_theme


def application(preferences: settings.Preferences) -> QApplication:
    """The one QApplication, dressed: typeface, theme, language."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("FieldCollectionSupervisor")
    app.setApplicationVersion(__version__)
    fonts.load()
    speak(app, preferences.language)
    set_theme(preferences.theme)
    style.apply(app)
    return app


def speak(app: QApplication, language: str) -> None:
    """One language for our words, Qt's own dialogs, numbers and dates."""
    i18n.set_language(language)
    QLocale.setDefault(QLocale(language))
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)
