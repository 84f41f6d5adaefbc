from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel  # noqa: TID251 — a test drives widgets

from stockpile.language import isolated
from ui.widgets.field import (
    Field,
    NoteField,
    ScanField,
)

pytestmark = pytest.mark.usefixtures("light")


def _shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(320, widget.sizeHint().height())
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_a_field_is_named_by_its_label(qtbot):
    field = _shown(qtbot, Field("Serial number", hint="as stamped"))
    label = next(label for label in field.findChildren(QLabel) if label.text() == "Serial number")
    assert label.buddy() is field.edit
    assert field.edit.accessibleName() == "Serial number"


def test_typing_leaving_and_enter_are_told_apart(qtbot):
    field = _shown(qtbot, Field("Shelf"))
    typed, left = [], []
    field.edited.connect(typed.append)
    field.left.connect(lambda: left.append(1))
    qtbot.keyClicks(field.edit, "A1")
    with qtbot.waitSignal(field.submitted):
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert typed == ["A", "A1"]
    assert left == [1]
    field.set_text("B2")
    assert typed == ["A", "A1"]


def test_an_identifier_runs_from_the_left_and_stands_where_reading_starts(qtbot, mirrored):
    field = _shown(qtbot, Field("Serial", identifier=True))
    field.set_text("56-2209147")
    assert field.edit.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert field.edit.alignment() & Qt.AlignmentFlag.AlignRight
    assert field.edit.cursorPosition() == len("56-2209147")


def test_isolates_never_leave_a_field(qtbot):
    field = _shown(qtbot, Field("Calibre"))
    field.set_text(isolated("7.62x39"))
    assert field.text() == "7.62x39"


def test_the_scan_field_is_large_and_takes_keys_as_they_come(qtbot):
    field = _shown(qtbot, ScanField("Serial number"))
    assert field.edit.height() == 52
    assert field.edit.font().pixelSize() == 20
    assert not field.edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_note_lets_tab_go_on(qtbot):
    note = _shown(qtbot, NoteField("Reason"))
    with qtbot.waitSignal(note.edited):
        qtbot.keyClicks(note.edit, "because")
    assert note.text() == "because"
    assert note.edit.tabChangesFocus()
    note.set_text("other")
    assert note.text() == "other"


def test_what_is_wanted_is_said_whole_in_a_narrow_scan_field(qtbot):
    def inked(field):
        picture = field.edit.grab().toImage()
        middle = range(18, picture.height() - 18)
        white = picture.pixelColor(picture.width() - 20, 10)
        return [
            x for x in range(14, picture.width() - 14)
            if any(picture.pixelColor(x, y) != white for y in middle)
        ]  # fmt: skip

    field = ScanField("Serial number", placeholder="Scan or type, then Enter")
    qtbot.addWidget(field)
    field.resize(230, field.sizeHint().height())
    field.show()
    said = inked(field)
    assert 140 < max(said) < 205, "whole, and not in the large letters of a mark"
    field.set_text("K")
    assert max(inked(field)) < 40
