"""A second officer reads blind; the record is told only after the reading."""

from __future__ import annotations

from functools import partial

import pytest

from tests.helpers.house import PIN
from ui.view_models.read_back import ReadBackModel

SECOND = "E. Auma"


@pytest.fixture
def weapons(seat):
    rack = seat.open_place("Rack 01")
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, SECOND, ("clerk",), PIN, by=by))
    return tuple(seat.register(serial, rack) for serial in ("KB1", "KB2", "none"))


@pytest.fixture
def model(seat, weapons):
    model = ReadBackModel(*seat.made_with)
    model.begin(weapons, None)
    return model


def sit_beside(model, qtbot, name=SECOND, pin=PIN):
    with qtbot.waitSignal(model.changed):
        model.sit_beside(name, pin)


def stands(seat, weapon):
    return seat.on_books(partial(seat.stockpile.books.weapon, weapon))


def stage(model, wanted):
    return lambda: model.standing.stage == wanted


def test_the_second_officer_proves_who_they_are_and_nobody_is_signed_out(model, seat, qtbot):
    first = seat.session.officer
    assert (model.standing.stage, model.row) == ("reader", None)
    sit_beside(model, qtbot)
    assert model.reader == SECOND
    assert seat.session.officer is first
    assert [row.serial for row in model.to_read.rows] == ["KB1", "KB2"]


def test_a_wrong_pin_opens_nothing(model, qtbot):
    with qtbot.waitSignal(model.refused):
        model.sit_beside(SECOND, "0000")
    assert model.standing.stage == "reader"


def test_who_entered_the_weapons_has_none_to_read(model, seat, qtbot):
    sit_beside(model, qtbot, seat.session.officer.officer.name)
    assert model.standing.stage == "done"
    assert model.to_read.own == 2


def test_agreement_goes_on_to_the_next_and_is_the_second_officers(model, seat, weapons, qtbot):
    sit_beside(model, qtbot)
    model.read("kb 1")
    qtbot.waitUntil(stage(model, "agreed"))
    assert model.row.serial == "KB2"
    model.read("KB2")
    qtbot.waitUntil(stage(model, "done"))
    assert model.standing.agreed == 2
    people = seat.on_books(seat.stockpile.people.officers)
    second = next(one.id for one in people if one.name == SECOND)
    assert stands(seat, weapons[0]).marks[0].verified_by == second
    again = ReadBackModel(*seat.made_with)
    again.begin(weapons, None)
    sit_beside(again, qtbot)
    assert again.to_read.rows == ()


def test_a_difference_shows_both_and_can_be_read_again(model, seat, weapons, qtbot):
    sit_beside(model, qtbot)
    model.read("KB7")
    qtbot.waitUntil(stage(model, "differs"))
    assert (model.standing.text, model.standing.read) == ("KB1", "KB7")
    assert stands(seat, weapons[0]).serial.text == "KB1"
    model.again()
    assert (model.standing.stage, model.standing.text) == ("reading", "")
    model.read("KB1")
    qtbot.waitUntil(stage(model, "agreed"))


def test_the_record_is_corrected_by_the_first_and_verified_by_the_second(
    model, seat, weapons, qtbot
):
    sit_beside(model, qtbot)
    model.read("KB7")
    qtbot.waitUntil(stage(model, "differs"))
    model.correct("misread at the desk")
    qtbot.waitUntil(stage(model, "agreed"))
    weapon = stands(seat, weapons[0])
    assert weapon.serial.text == "KB7"
    assert weapon.marks[0].verified_by
    assert [one.agrees for one in weapon.read_backs] == [False, True]


def test_a_difference_left_open_makes_the_serial_doubtful(model, seat, weapons, qtbot):
    sit_beside(model, qtbot)
    model.read("KB7")
    qtbot.waitUntil(stage(model, "differs"))
    model.leave()
    qtbot.waitUntil(stage(model, "reading"))
    assert stands(seat, weapons[0]).marks[0].legibility == "doubtful"
    assert (model.standing.differing, model.row.serial) == (1, "KB2")


def test_a_weapon_that_is_not_at_hand_is_passed_over(model, qtbot):
    sit_beside(model, qtbot)
    model.skip()
    assert model.row.serial == "KB2"


def test_where_nothing_was_entered_here_the_place_is_read(seat, weapons, qtbot):
    place = seat.on_books(partial(seat.stockpile.places.named, "Rack 01"))
    model = ReadBackModel(*seat.made_with)
    model.begin((), place)
    sit_beside(model, qtbot)
    assert [row.serial for row in model.to_read.rows] == ["KB1", "KB2"]


def test_another_seat_forgets_the_second_officer(model, qtbot):
    sit_beside(model, qtbot)
    model.stand_up()
    assert (model.reader, model.standing.stage) == ("", "reader")
