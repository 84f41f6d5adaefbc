"""The weapon that is shown: it follows what is written of it, and it can be acted upon."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.errors import ReasonMissing
from ui.view_models.weapon_detail import WeaponDetailModel


@pytest.fixture
def model(seat):
    return WeaponDetailModel(*seat.made_with)


@pytest.fixture
def weapon(seat, model, qtbot):
    made = seat.register("KB4471902")
    with qtbot.waitSignal(model.shown):
        model.show(made)
    return made


def test_a_weapon_is_shown_with_its_life(seat, model, weapon):
    assert model.life.weapon.serial.text == "KB4471902"
    assert len(model.life.facts) == 1


def test_only_the_last_of_many_weapons_is_shown(seat, model, qtbot):
    weapons = [seat.register(f"KB{number}") for number in range(6)]
    shown = []
    model.shown.connect(lambda one: shown.append(one.life.weapon.id))
    for weapon in weapons:
        model.show(weapon)
    qtbot.waitUntil(lambda: weapons[-1] in shown)
    assert shown == weapons[-1:]


def test_what_another_page_writes_of_it_is_seen_at_once(seat, model, weapon, qtbot):
    receiving, by = seat.stockpile.receiving, seat.session.officer
    change = partial(receiving.correct, weapon, {"make": "Tula"}, "read again", by=by)
    seat.write(lambda: (change(), None))
    qtbot.waitUntil(lambda: model.life.weapon.make == "Tula")


def test_a_move_is_told_with_where_it_lay_and_can_be_answered_by_its_opposite(
    seat, model, weapon, qtbot
):
    before = model.life.weapon.place
    rack = seat.open_place("Rack 01")
    moved = []
    model.moved.connect(moved.append)
    model.move(weapon, rack, before)
    qtbot.waitUntil(lambda: model.life.weapon.place == rack.id)
    model.move_back(moved[0])
    qtbot.waitUntil(lambda: model.life.weapon.place == before)
    assert [one.before for one in moved] == [before, None]


def test_a_correction_without_a_reason_is_refused_to_whoever_asked(model, weapon, qtbot):
    with qtbot.waitSignal(model.refused) as blocker:
        model.correct(weapon, {"make": "Tula"}, " ")
    assert isinstance(blocker.args[0], ReasonMissing)


def test_a_correction_is_written_and_shown(model, weapon, qtbot):
    with qtbot.waitSignal(model.corrected):
        model.correct(weapon, {"serial": "KB4471903"}, "read again")
    qtbot.waitUntil(lambda: model.life.weapon.serial.text == "KB4471903")


def test_the_places_to_choose_from_are_the_open_ones(seat, model, qtbot):
    rack = seat.open_place("Rack 01")
    with qtbot.waitSignal(model.places_came) as blocker:
        model.ask_places()
    assert rack in blocker.args[0]
