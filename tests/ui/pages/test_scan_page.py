"""What is scanned comes to the scan field, whatever has the focus; commands do not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from ui.pages.scan_page import ScanPage, is_typed, takes_back
from ui.widgets.arrange import column
from ui.widgets.button import Button
from ui.widgets.field import ScanField

Key, Modifier = Qt.Key, Qt.KeyboardModifier


class Bench(ScanPage):
    def __init__(self):
        super().__init__()
        self.field, self.button = ScanField("Scan"), Button("Do")
        self.pressed, self.scanned = [], []
        self.setLayout(column(self.field, self.button))
        self.button.clicked.connect(lambda: self.pressed.append("button"))
        self.field.submitted.connect(lambda: self.scanned.append(self.field.text()))

    def scan_field(self):
        return self.field


@pytest.fixture
def bench(light, qtbot):
    page = Bench()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.button.setFocus()
    qtbot.waitUntil(page.button.hasFocus)
    return page


def scan(qtbot, code):
    for letter in code:
        qtbot.keyClick(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)


def test_a_scan_is_taken_whole_though_a_button_has_the_focus(bench, qtbot):
    scan(qtbot, "K8Z1PN3K1VKND")
    assert bench.scanned == ["K8Z1PN3K1VKND"]
    assert bench.pressed == []
    assert bench.field.edit.hasFocus()


def test_enter_alone_is_the_buttons(bench, qtbot):
    qtbot.keyClick(bench.button, Key.Key_Space)
    assert bench.pressed == ["button"]
    assert bench.field.text() == ""


def test_a_field_that_takes_nothing_now_gets_nothing(bench, qtbot):
    bench.field.setEnabled(False)
    qtbot.keyClick(bench.button, "K")
    assert bench.field.text() == ""


def test_every_page_says_which_field_it_is(light, qtbot):
    page = ScanPage()
    qtbot.addWidget(page)
    with pytest.raises(NotImplementedError):
        page.scan_field()


@pytest.mark.parametrize(
    ("text", "modifier", "typed"),
    [
        ("K", Modifier.NoModifier, True),
        ("K", Modifier.ShiftModifier, True),
        ("7", Modifier.KeypadModifier, True),
        ("k", Modifier.ControlModifier, False),
        ("k", Modifier.AltModifier, False),
        (" ", Modifier.NoModifier, False),
        ("\r", Modifier.NoModifier, False),
        ("", Modifier.NoModifier, False),
    ],
)
def test_a_character_is_typed_and_a_command_is_not(text, modifier, typed):
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_K, modifier, text)
    assert is_typed(event) is typed


def test_undo_takes_the_last_scan_back_only_while_the_field_is_empty(bench):
    undo = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Z, Modifier.ControlModifier)
    other = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Y, Modifier.ShiftModifier)
    assert takes_back(undo, bench.field)
    assert not takes_back(other, bench.field)
    assert not takes_back(QEvent(QEvent.Type.FocusIn), bench.field)
    bench.field.set_text("KB 1")
    assert not takes_back(undo, bench.field)
