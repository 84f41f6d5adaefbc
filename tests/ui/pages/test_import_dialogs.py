"""Two questions about a list: a reason to take it back, a name for how it was read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.import_dialogs import LayoutNameDialog, TakeBackDialog


@pytest.fixture
def page(light, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_list_goes_back_only_for_a_reason(page, qtbot):
    dialog = TakeBackDialog("list.csv", page)
    displayed(dialog, qtbot, 460, 330)
    said = []
    dialog.decided.connect(said.append)
    assert not dialog.confirm.isEnabled()
    dialog.accept()
    qtbot.keyClicks(dialog.findChild(QPlainTextEdit), "wrong list")
    qtbot.keyClick(dialog.confirm, Qt.Key.Key_Space)
    assert said == ["wrong list"]


@pytest.mark.parametrize(("typed", "enough"), [("", False), (" - ", False), ("Our list", True)])
def test_a_name_has_a_letter_or_digit(page, qtbot, typed, enough):
    dialog = LayoutNameDialog(page)
    displayed(dialog, qtbot, 460, 280)
    said = []
    dialog.decided.connect(said.append)
    qtbot.keyClicks(dialog.name.edit, typed)
    qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Return)
    assert said == (["Our list"] if enough else [])


def test_everybody_can_use_them(tongue, page, qtbot):
    for dialog in (TakeBackDialog("list.csv", page), LayoutNameDialog(page)):
        displayed(dialog, qtbot, 460, dialog.sizeHint().height())
        assert faults(dialog) == []
        assert plain(dialog.windowTitle())
