"""PINs before an act: each row is proved by its own, and the act gets them in order."""

from __future__ import annotations

from functools import partial

import pytest

from tests.helpers.house import PIN, TOLD
from ui.view_models.pins import PinsModel, Wanted

SECOND = "E. Auma"


@pytest.fixture
def second(seat):
    people, by = seat.stockpile.people, seat.session.officer
    seat.on_books(partial(people.appoint, SECOND, ("clerk",), PIN, by=by))
    return SECOND


@pytest.fixture
def model(seat, second):
    made = PinsModel(seat.desk, seat.session, [Wanted("Storekeeper", own=True), Wanted("Witness")])
    made.told, made.no = [], []
    made.signed.connect(made.told.append)
    made.refused.connect(lambda row, error: made.no.append((row, type(error).__name__)))
    return made


def test_both_officers_come_back_in_order_whoever_was_first(model, qtbot):
    model.try_pin(1, SECOND, PIN)
    model.try_pin(0, TOLD.officer, PIN)
    qtbot.waitUntil(lambda: bool(model.told))
    assert [one.officer.name for one in model.told[0]] == [TOLD.officer, SECOND]


def test_a_wrong_pin_is_told_of_its_row_and_may_be_tried_again(model, qtbot):
    model.try_pin(1, SECOND, "0000")
    qtbot.waitUntil(lambda: bool(model.no))
    assert model.no == [(1, "WrongPin")]
    assert not model.is_asking
    model.try_pin(1, SECOND, PIN)
    qtbot.waitUntil(lambda: model.is_proved(1))
    assert model.told == []


def test_who_signed_second_is_offered_the_next_time(model, seat, qtbot):
    assert model.name(1, ["B. Okello", SECOND]) == ""
    model.try_pin(1, SECOND, PIN)
    qtbot.waitUntil(lambda: model.is_proved(1))
    people = seat.stockpile.people
    (second,) = [one for one in seat.on_books(people.officers) if one.name == SECOND]
    assert seat.session.settings.second_officer == second.id
    again = PinsModel(seat.desk, seat.session, [Wanted("Witness")])
    told = []
    again.others(told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert again.name(0, ["B. Okello", SECOND]) == SECOND
    assert again.name(0, ["B. Okello"]) == "B. Okello"  # nobody else is left


def test_the_officer_signed_in_is_not_their_own_second(model, qtbot):
    names = []
    model.others(names.append)
    qtbot.waitUntil(lambda: bool(names))
    assert names == [[SECOND]]


def test_a_row_may_prove_something_else(seat, qtbot):
    model = PinsModel(seat.desk, seat.session, [Wanted("Receiver", "P. Otim", prove=str.upper)])
    told = []
    model.signed.connect(told.append)
    model.try_pin(0, "P. Otim", "abcd")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("ABCD",)]
    assert seat.session.settings.second_officer == ""
