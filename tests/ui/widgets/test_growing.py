"""A window of one width: no word in it is cut, however many come while it is open."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog  # noqa: TID251 — a test drives widgets

from tests.helpers.readable import displayed, faults
from ui.theme import Text
from ui.widgets.arrange import column
from ui.widgets.button import Button
from ui.widgets.field import Field, State
from ui.widgets.growing import fix_width
from ui.widgets.text import Label

LONG = "This computer's keyring holds another secret than the one this store was locked with. " * 3


def test_what_is_said_later_finds_room(light, qtbot):
    dialog = QDialog()
    fields = [Field(f"Field {number}") for number in range(5)]
    words = Label("One line.", Text.BODY, wrap=True)
    dialog.setLayout(column(words, *fields, Button("Go on")))
    fix_width(dialog, 300)
    displayed(dialog, qtbot, 300, 10)
    assert faults(dialog) == []
    before = dialog.height()
    for say in (lambda: words.setText(LONG), lambda: fields[2].show_state(State.BAD, LONG)):
        say()
        QApplication.processEvents()
        assert faults(dialog) == []
        assert dialog.height() > before
        before = dialog.height()
    assert dialog.width() == 300


def test_it_is_never_higher_than_the_screen(light, qtbot):
    dialog = QDialog()
    dialog.setLayout(column(Label(LONG * 200, Text.BODY, wrap=True)))
    fix_width(dialog, 200)
    displayed(dialog, qtbot, 200, 10)
    assert dialog.minimumHeight() <= dialog.screen().availableGeometry().height()
