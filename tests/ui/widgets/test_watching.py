"""What hands do at the desk is noticed where the focus is: touches, badges, the keys to lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tests.helpers.readable import displayed
from ui.widgets.watching import Watch

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
BADGE = "#1" + "0123456789ABCDEF"

pytestmark = pytest.mark.usefixtures("light")


class Window(QWidget):
    """A line, a note, and what was noticed in them."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.note = QLineEdit(), QPlainTextEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.note)
        self.badges, self.touches, self.locks, self.entered = [], [], [], []
        self.watch = Watch(self)
        self.watch.badge.connect(self.badges.append)
        self.watch.touched.connect(lambda: self.touches.append(1))
        self.watch.lock_wanted.connect(lambda: self.locks.append(1))
        self.line.returnPressed.connect(lambda: self.entered.append(self.line.text()))


@pytest.fixture
def window(qtbot):
    made = Window()
    displayed(made, qtbot, 300, 200)
    return made


def focus(one, qtbot):
    one.setFocus()
    qtbot.waitUntil(one.hasFocus)
    return one


def test_a_badge_behind_half_a_word_is_taken_out_and_told(window, qtbot):
    line = focus(window.line, qtbot)
    qtbot.keyClicks(line, "AK" + BADGE.lower())
    assert window.badges == []
    qtbot.keyClick(line, Key.Key_Return)
    assert window.badges == [BADGE]
    assert line.text() == "AK"
    assert window.entered == []  # its Enter is not the field's


def test_a_badge_in_a_note_leaves_the_lines_before_it(window, qtbot):
    note = focus(window.note, qtbot)
    qtbot.keyClicks(note, "seen")
    qtbot.keyClick(note, Key.Key_Return)
    qtbot.keyClicks(note, "tw" + BADGE)
    qtbot.keyClick(note, Key.Key_Return)
    assert window.badges == [BADGE]
    assert note.toPlainText() == "seen\ntw"


def test_a_serial_is_no_badge_and_its_enter_goes_to_the_field(window, qtbot):
    line = focus(window.line, qtbot)
    qtbot.keyClicks(line, "KB4471902")
    qtbot.keyClick(line, Key.Key_Return)
    assert window.badges == []
    assert window.entered == ["KB4471902"]


def test_ctrl_l_locks_and_l_alone_is_a_letter(window, qtbot):
    line = focus(window.line, qtbot)
    qtbot.keyClick(line, Key.Key_L)
    assert window.locks == []
    assert line.text() == "l"
    qtbot.keyClick(line, Key.Key_L, Ctrl)
    assert window.locks == [1]
    assert line.text() == "l"


def test_somebody_is_noticed_wherever_the_focus_has_gone(window, qtbot):
    for one in (window.line, window.note):
        focus(one, qtbot)
        window.touches.clear()
        qtbot.keyClick(one, Key.Key_A)
        assert window.touches
