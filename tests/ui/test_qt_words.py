"""What Qt says by itself is said in the program's language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit  # noqa: TID251 — a test drives widgets

from stockpile.language import LANGUAGES
from ui.__main__ import _speak
from ui.qt_words import speak_qt


@pytest.fixture(autouse=True)
def put_back(light):
    yield
    speak_qt("en")


def menu(qtbot):
    """The first words of the menu of a line of text."""
    line = QLineEdit("KB 1")
    qtbot.addWidget(line)
    made = line.createStandardContextMenu()
    return made.actions()[0].text().split("\t")[0]


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_menus_and_dialogs_speak_every_language_of_ours(code, qtbot):
    before = menu(qtbot)
    speak_qt(code)
    assert menu(qtbot) not in {"", before}
    assert QCoreApplication.translate("QFileDialog", "Look in:") != "Look in:"


def test_the_dialog_that_chooses_a_file_is_in_the_programs_language(qtbot):
    _speak("fr")
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    said = {one.text() for one in dialog.findChildren(QLabel)}
    assert not said & {"Look in:", "Files of type:"}


def test_english_and_a_language_that_qt_does_not_know_are_english(qtbot):
    before = menu(qtbot)
    speak_qt("ar")
    speak_qt("x_pseudo")
    assert menu(qtbot) == before
