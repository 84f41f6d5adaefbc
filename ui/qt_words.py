"""Qt's own words: its file and print dialogs, and the menu of a line of text, speak as we do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

_NAMES: Final = {"pt": "pt_BR", "zh": "zh_CN"}
"""Where Qt names a language by a country; the others by our own code."""


def speak_qt(code: str) -> None:
    """Let Qt say its own words in a language of ours; a language without its file stays English."""
    application = QCoreApplication.instance()
    if application is None:
        return
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.setParent(None)
    words = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(f"qtbase_{_NAMES.get(code, code)}", folder):
        application.installTranslator(words)
