"""Reading back in the hand: blind, by keys alone."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from tests.helpers.house import PIN
from tests.helpers.readable import displayed, faults
from ui.pages.entry import EntryPage
from ui.pages.entry_read_back import ReadBackPane
from ui.view_models.read_back import ReadBackModel

Key = Qt.Key
SECOND = "E. Auma"


@pytest.fixture
def weapons(seat):
    rack = seat.open_place("Rack 01")
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, SECOND, ("clerk",), PIN, by=by))
    return tuple(seat.register(serial, rack) for serial in ("KB4471902", "KB4471903"))


@pytest.fixture
def pane(seat, weapons, qtbot):
    model = ReadBackModel(*seat.made_with)
    pane = ReadBackPane(model)
    displayed(pane, qtbot, 700, 560)
    model.begin(weapons, None)
    pane.begin([SECOND, "A. Mbuyi"])
    return pane


def sit_beside(pane, qtbot):
    pane.officer.set_value(SECOND)
    qtbot.keyClicks(pane.pin.edit, PIN)
    qtbot.keyClick(pane.pin.edit, Key.Key_Return)
    qtbot.waitUntil(pane.serial.isVisible)


def read(pane, qtbot, text):
    qtbot.keyClicks(pane.serial.edit, text)
    qtbot.keyClick(pane.serial.edit, Key.Key_Return)


def words(pane):
    return " ".join(one.text() for one in pane.findChildren(type(pane._where)) if one.isVisible())


def test_the_serial_on_record_is_nowhere_to_be_seen_before_it_is_read(pane, qtbot):
    sit_beside(pane, qtbot)
    assert "KB447190" not in words(pane)
    assert "1" in pane._where.text()
    assert SECOND in pane._where.text()
    read(pane, qtbot, "KB4471902")
    qtbot.waitUntil(pane._verdict.isVisible)
    assert pane.serial.edit.hasFocus()
    assert pane.serial.text() == ""


def test_a_wrong_pin_is_said_at_the_pin(pane, qtbot):
    pane.officer.set_value(SECOND)
    qtbot.keyClicks(pane.pin.edit, "0000")
    qtbot.keyClick(pane.pin.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(pane.pin.message))
    assert pane.pin.text() == ""


def test_a_difference_marks_the_character_and_asks_what_to_do(pane, qtbot):
    sit_beside(pane, qtbot)
    read(pane, qtbot, "KB4471982")
    qtbot.waitUntil(pane._differing.isVisible)
    assert "differs in 0" in pane._recorded.accessibleName()
    assert "differs in 8" in pane._read.accessibleName()
    assert pane._again.hasFocus()
    assert not pane._correct.isEnabled()
    qtbot.keyClick(pane._again, Key.Key_Space)
    assert pane.serial.edit.hasFocus()


def test_the_record_is_corrected_with_a_reason(pane, seat, weapons, qtbot):
    sit_beside(pane, qtbot)
    read(pane, qtbot, "KB4471982")
    qtbot.waitUntil(pane._differing.isVisible)
    qtbot.keyClicks(pane.reason.edit, "misread")
    qtbot.keyClick(pane.reason.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: pane._model.standing.number == 1)
    weapon = seat.on_books(partial(seat.stockpile.books.weapon, weapons[0]))
    assert weapon.serial.text == "KB4471982"


def test_the_end_says_how_it_went(pane, qtbot):
    sit_beside(pane, qtbot)
    qtbot.keyClick(pane.serial.edit, Key.Key_F10)
    read(pane, qtbot, "KB4471903")
    qtbot.waitUntil(lambda: pane._model.standing.stage == "done")
    assert "Everything here is read" in pane._verdict.accessibleName()


def test_the_running_list_is_out_of_sight_while_somebody_reads(seat, weapons, qtbot):
    page = EntryPage(*seat.made_with)
    displayed(page, qtbot, 1110, 660)
    page.entered("read_back")
    qtbot.waitUntil(lambda: page._read_back.officer.box.count() > 0)
    assert not page._aside.isVisible()
    qtbot.keyClick(page, Key.Key_Escape)
    assert page._aside.isVisible()


@pytest.mark.usefixtures("tongue")
def test_every_stage_can_be_read_and_used(seat, weapons, qtbot):
    model = ReadBackModel(*seat.made_with)
    pane = ReadBackPane(model)
    displayed(pane, qtbot, 520, 560)
    model.begin(weapons, None)
    pane.begin([SECOND])
    assert faults(pane) == []
    sit_beside(pane, qtbot)
    assert faults(pane) == []
    read(pane, qtbot, "KB4471982")
    qtbot.waitUntil(pane._differing.isVisible)
    assert faults(pane) == []


@pytest.mark.parametrize("end", ["back", "escape"])
def test_one_weapon_is_read_for_its_own_page_and_the_way_leads_back(seat, weapons, qtbot, end):
    page = EntryPage(*seat.made_with)
    displayed(page, qtbot, 1000, 620)
    page.entered(f"read_back:{weapons[1]}")
    pane = page._read_back
    qtbot.waitUntil(lambda: pane.officer.isVisible() and pane.officer.hasFocus())
    qtbot.waitUntil(lambda: pane.officer.set_value(SECOND) or pane.officer.value() == SECOND)
    sit_beside(pane, qtbot)
    assert [row.id for row in pane._model.to_read.rows] == [weapons[1]]
    read(pane, qtbot, "KB4471903")
    qtbot.waitUntil(lambda: pane._model.standing.stage == "done")
    assert faults(page) == []
    with qtbot.waitSignal(page.go) as told:
        if end == "back":
            pane._back.click()
        else:
            qtbot.keyClick(page, Key.Key_Escape)
    assert told.args == ["weapon", weapons[1]]
    assert page._ways.current == "one"
    page.entered("read_back")
    assert page._only == ""
