from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from ui.theme import LIGHT
from ui.widgets.arrange import STRETCH, boxed, column, row, scrolled
from ui.widgets.field import Field, LineEdit, SearchField
from ui.widgets.field_frame import State

pytestmark = pytest.mark.usefixtures("light")


def _shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(320, widget.sizeHint().height())
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def test_what_is_wrong_is_said_under_the_field_and_the_text_is_kept(qtbot):
    field = _shown(qtbot, Field("Year of make"))
    field.set_text("1868")
    field.show_state(State.BAD, "Before this model existed (1959). Keep?")
    assert field.text() == "1868"
    assert field.message == "Before this model existed (1959). Keep?"
    assert field.edit.accessibleDescription() == field.message
    edge = field.edit.grab().toImage().pixelColor(field.edit.width() // 2, 0)
    assert edge == QColor(LIGHT.bad)
    field.show_state(State.PLAIN)
    assert field.message == ""
    assert field.edit.accessibleDescription() == ""


class _Counting(Field):
    """Counts how often its control was styled anew."""

    styled = 0

    def _show_on_control(self, state):
        self.styled += 1
        super()._show_on_control(state)


def test_what_is_said_already_is_not_drawn_anew(qtbot):
    field = _shown(qtbot, _Counting("Serial number"))
    field.show_state(State.PLAIN)
    assert field.styled == 0
    for _time in range(2):
        field.show_state(State.WARN, "Looks like another one.")
        assert field.styled == 1
    field.show_state(State.WARN, "Looks like two others.")
    assert field.message == "Looks like two others."


def test_a_field_is_locked_by_its_button_or_by_keys(qtbot):
    field = _shown(qtbot, Field("Model", lockable=True))
    with qtbot.waitSignal(field.lock_changed) as told:
        field.set_locked(locked=True)
    assert told.args == [True]
    assert field.is_locked
    field.edit.setFocus()
    with qtbot.waitSignal(field.lock_changed) as told:
        qtbot.keyClick(field.edit, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [False]
    assert not field.is_locked


def test_fields_with_and_without_a_lock_stand_level(qtbot):
    one, other = Field("Year", lockable=True), Field("Year")
    for field in (one, other):
        _shown(qtbot, field)
    assert one.edit.y() == other.edit.y()


def test_icons_of_a_line_change_sides_with_the_language(qtbot):
    plain_line = SearchField("Search")
    qtbot.addWidget(plain_line)
    assert plain_line.textMargins().left() > plain_line.textMargins().right()


def test_icons_of_a_mirrored_line(qtbot, mirrored):
    line = LineEdit("Search", icon="search")
    qtbot.addWidget(line)
    assert line.textMargins().right() > line.textMargins().left()


def test_a_long_message_in_a_narrow_field_has_the_height_for_all_of_it(qtbot):
    field = Field("Address")
    page = boxed(column(row(field, Field("Code")), STRETCH))
    qtbot.addWidget(page)
    page.resize(360, 400)
    page.show()
    field.show_state(State.BAD, "It cannot be reached, and nothing is lost by that. " * 3)
    said = field._said
    qtbot.waitUntil(lambda: said.height() >= said.heightForWidth(said.width()))


def test_a_hint_gives_way_to_its_neighbours(qtbot):
    bare, told = Field("Country"), Field("Country", hint="two letters, or nothing at all")
    for field in (bare, told):
        qtbot.addWidget(field)
    assert told.minimumSizeHint().width() < bare.minimumSizeHint().width() + 40
    assert told.whole_width() > bare.whole_width() + 100


def test_what_is_said_under_the_field_one_stands_in_is_scrolled_to(qtbot):
    fields = [Field(f"Field {number}") for number in range(6)]
    area = scrolled(boxed(column(*fields)))
    qtbot.addWidget(area)
    area.resize(320, fields[0].sizeHint().height() * 2 + 10)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    fields[1].setFocus()
    fields[1].show_state(State.BAD, "Write the day as year, month, day, as 2027-06-30. " * 2)

    def whole():
        under = fields[1].mapTo(area.viewport(), fields[1].rect().bottomLeft()).y()
        assert fields[1].height() >= fields[1].heightForWidth(fields[1].width())
        assert under <= area.viewport().height()

    qtbot.waitUntil(whole)
    before = area.verticalScrollBar().value()
    fields[5].show_state(State.BAD, "This is needed.")
    for _round in range(3):
        QApplication.processEvents()
    assert area.verticalScrollBar().value() == before
