from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.theme import LIGHT, Ink
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.dialogs import ConfirmDialog

pytestmark = pytest.mark.usefixtures("light")


def _middle(button):
    picture = button.grab().toImage()
    return picture.pixelColor(4, button.height() // 2)


def test_a_button_is_named_and_pressed_by_the_keyboard(qtbot):
    button = Button("&Save", Kind.PRIMARY, "check")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "Save"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_another_word_is_another_name(qtbot):
    button = Button("", icon="stamp", hint="F5")
    qtbot.addWidget(button)
    assert button.accessibleName() == "F5"
    button.setText("&Marking…")
    assert button.accessibleName() == "Marking…"


def test_an_icon_button_says_what_it_does(qtbot):
    button = IconButton("x", "Close (Esc)", size=24)
    qtbot.addWidget(button)
    assert button.accessibleName() == "Close (Esc)"
    assert button.toolTip() == "Close (Esc)"
    assert (button.width(), button.height()) == (24, 24)


def test_a_busy_button_cannot_be_pressed_twice(qtbot):
    button = Button("Print", icon="printer")
    qtbot.addWidget(button)
    button.show()
    width = button.sizeHint().width()
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    button.set_busy(True)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (button.is_busy, pressed) == (True, [])
    assert button.sizeHint().width() == width
    before = button.grab().toImage()
    qtbot.waitUntil(lambda: button.grab().toImage() != before)
    button.set_busy(False)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1]


def test_the_kinds_are_told_apart(qtbot):
    primary, ghost = Button("Go", Kind.PRIMARY), Button("Go", Kind.GHOST)
    for button in (primary, ghost):
        qtbot.addWidget(button)
    assert primary.kind is Kind.PRIMARY
    assert _middle(primary) == QColor(LIGHT.accent)
    assert _middle(ghost) != QColor(LIGHT.accent)


def test_a_word_is_never_cut(qtbot):
    button = Button("A rather long word on a button", icon="check")
    qtbot.addWidget(button)
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert button.minimumSizeHint().width() > words + 16


def test_icon_and_word_change_sides(qtbot, mirrored):
    button = Button("Go", icon="check")
    qtbot.addWidget(button)
    button.resize(120, 36)
    picture = button.grab().toImage()
    button.show_icon("check", Ink.BAD)
    changed = button.grab().toImage()
    differing = [
        x
        for x in range(120)
        for y in range(36)
        if picture.pixelColor(x, y) != changed.pixelColor(x, y)
    ]
    assert differing
    assert min(differing) > 60


def test_enter_presses_only_what_has_the_focus(qtbot):
    button = Button("Go")
    qtbot.addWidget(button)
    assert not button.autoDefault()


def asked(qtbot):
    """A dialog whose usual answer is to write, and what was pressed in it."""
    dialog = ConfirmDialog("Write?", "It is written.", "Write", danger=False)
    dialog.confirm.setDefault(True)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    answers = []
    dialog.finished.connect(answers.append)
    return dialog, answers


def test_enter_on_the_button_that_cancels_cancels(qtbot):
    dialog, answers = asked(qtbot)
    dialog.cancel.setFocus()
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert answers == [ConfirmDialog.DialogCode.Rejected]


def test_a_code_scanned_before_a_dialog_answers_nothing(qtbot):
    dialog, answers = asked(qtbot)
    for button in (dialog.cancel, dialog.confirm):
        button.setFocus()
        qtbot.keyClicks(button, "KB4471902")
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert answers == []
    assert dialog.isVisible()
