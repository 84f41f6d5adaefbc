"""What asks in front of a page: one dialog at a time, and the cursor comes back after the last."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog, QWidget  # noqa: TID251 — a test drives widgets

from ui.pages.in_front import AsksInFront


class Asking(QWidget, AsksInFront):
    def __init__(self):
        super().__init__()
        self.back = 0

    def come_back(self):
        self.back += 1


@pytest.fixture
def page(qtbot):
    made = Asking()
    qtbot.addWidget(made)
    return made


def test_a_dialog_is_there_until_it_is_answered_and_the_cursor_comes_back(page, qtbot):
    assert page.dialog is None
    dialog = QDialog(page)
    page.ask_in_front(dialog)
    assert page.dialog is dialog
    assert dialog.isVisible()
    dialog.accept()
    assert (page.dialog, page.back) == (None, 1)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def test_one_that_leads_to_the_next_brings_nothing_back_yet(page):
    first, second = QDialog(page), QDialog(page)
    first.accepted.connect(lambda: page.ask_in_front(second))
    page.ask_in_front(first)
    first.accept()
    assert (page.dialog, page.back) == (second, 0)
    second.reject()
    assert (page.dialog, page.back) == (None, 1)
