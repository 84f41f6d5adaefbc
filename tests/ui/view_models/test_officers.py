"""Offices as the page shows them: what bars a change, and a change written or refused."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import ReasonMissing, WrongPin
from tests.helpers.house import PIN
from ui.view_models.officers import Asked, OfficersModel

CLERK, CLERKS_PIN = "P. Ilunga", "1357"
CHANGES = (
    "appoint",
    "roles",
    "badge",
    "pin",
    "unlock",
    "suspend",
    "reinstate",
    "retire",
    "own_pin",
)


@pytest.fixture
def model(seat, qtbot):
    offices, by = seat.stockpile.offices, seat.session.officer
    seat.on_books(lambda: offices.appoint(CLERK, ("clerk",), CLERKS_PIN, by=by))
    made = OfficersModel(*seat.made_with)
    made.start()
    qtbot.waitUntil(lambda: len(made.board.offices) == 2)
    return made


def office(model, name=CLERK):
    return next(one for one in model.board.offices if one.body.name == name)


def bars(model, shown):
    return {one: model.bar(one, shown) for one in CHANGES if model.bar(one, shown)}


def test_who_appoints_may_change_another_but_not_themselves(model, seat):
    nothing_to_do = {"unlock": "state", "reinstate": "state", "own_pin": "state"}
    assert bars(model, office(model)) == nothing_to_do
    own = office(model, seat.session.officer.officer.name)
    others_only = dict.fromkeys(("roles", "pin", "unlock", "suspend", "retire"), "own")
    assert bars(model, own) == others_only | {"reinstate": "state"}
    assert bars(model, None) == dict.fromkeys(CHANGES[1:], "state")


def test_a_clerk_may_change_their_own_pin_alone(model, seat):
    people = seat.stockpile.people
    seat.session.unlock(seat.on_books(lambda: people.sign_in(CLERK, CLERKS_PIN)))
    assert bars(model, office(model)) == dict.fromkeys(CHANGES[:-1], "role")


def test_a_suspension_stands_on_record_and_opens_the_way_back(model, seat, qtbot):
    asked = Asked("suspend", office(model).id, CLERK, reason="under inquiry")
    with qtbot.waitSignal(model.changed) as told:
        model.decide(asked, seat.session.officer)
    assert told.args == [asked]
    qtbot.waitUntil(lambda: office(model).state == "suspended")
    assert office(model).reason == "under inquiry"
    assert model.bar("reinstate", office(model)) == ""
    assert model.bar("retire", office(model)) == ""
    assert model.bar("roles", office(model)) == "state"


def test_a_badge_that_waits_is_drawn_now_and_opens_nothing_before(model, seat, qtbot):
    offices, clerk = seat.stockpile.offices, office(model)
    assert model.may_wait("badge")
    assert not model.may_wait("unlock")
    with qtbot.waitSignal(model.badge_drawn) as drawn:
        model.decide_later(Asked("badge", clerk.id, CLERK), "the commander is away")
    assert drawn.args[0].is_file()
    assert seat.on_books(partial(offices.named, CLERK)).body.badge == ""
    assert seat.on_books(seat.stockpile.proposals.count) == 1


def test_what_is_refused_is_told_with_what_was_asked_and_changes_nothing(model, seat, qtbot):
    asked = Asked("suspend", office(model).id, CLERK)
    with qtbot.waitSignal(model.refused) as told:
        model.decide(asked, seat.session.officer)
    assert told.args[0] == asked
    assert isinstance(told.args[1], ReasonMissing)
    assert seat.on_books(lambda: seat.stockpile.offices.named(CLERK)).in_office


def test_a_badge_is_drawn_as_soon_as_it_is_on_record(model, seat, qtbot):
    with qtbot.waitSignal(model.badge_drawn) as drawn:
        model.decide(Asked("badge", office(model).id, CLERK), seat.session.officer)
    assert drawn.args[0].read_bytes().startswith(b"%PDF")
    qtbot.waitUntil(lambda: bool(office(model).body.badge))


def test_ones_own_pin_changes_with_the_one_until_now(model, seat, qtbot):
    people, me = seat.stockpile.people, seat.session.officer.officer
    with qtbot.waitSignal(model.refused) as told:
        model.change_own_pin(Asked("own_pin", me.id, me.name, pin="8642", old_pin="0000"))
    assert isinstance(told.args[1], WrongPin)
    with qtbot.waitSignal(model.changed):
        model.change_own_pin(Asked("own_pin", me.id, me.name, pin="8642", old_pin=PIN))
    assert seat.on_books(lambda: people.sign_in(me.name, "8642")).id == me.id
