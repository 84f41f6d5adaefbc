"""The intake desk: on record when it returns, corrected by new facts, moved in one act."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldMissing, OfficerNotAuthorised, WeaponUnknown
from stockpile.domain.facts import WeaponCorrected, WeaponRegistered
from stockpile.domain.receiving import Description


def test_a_typed_weapon_is_on_record(house):
    weapon = house.register("KB 4471902", condition="serviceable")
    stands = house.stockpile.books.weapon(weapon)
    assert (stands.serial.text, stands.model, stands.condition) == (
        "KB 4471902", "AKM", "serviceable",
    )  # fmt: skip
    assert stands.place == house.stockpile.people.site()


def test_look_alikes_warn_and_never_block(house):
    first = house.register("KB4471902")
    (hit,) = house.stockpile.receiving.look_alikes("KB44719O2")
    assert (hit.row.id, hit.why) == (first, "serial_looks_alike")
    second = house.register("KB4471902")
    assert second != first
    kinds = [one.kind for one in house.stockpile.books.conflicts()]
    assert kinds == ["possible_duplicate"]


def test_a_correction_keeps_the_old_value_in_the_history(house):
    weapon = house.register("KB 1", model="AK")
    house.stockpile.receiving.correct(weapon, {"model": "AKM"}, "misread", by=house.officer)
    life = house.stockpile.tracing.life(weapon)
    assert life.weapon.model == "AKM"
    bodies = [type(fact.body) for fact in life.facts]
    assert bodies == [WeaponRegistered, WeaponCorrected]
    assert life.facts[0].body.model == "AK"


def test_a_move_is_one_act_and_repeating_it_is_none(house):
    stockpile = house.stockpile
    weapons = tuple(house.register(f"KB {n}") for n in range(3))
    _, rack = stockpile.places.open("Rack", "rack", stockpile.people.site(), by=house.officer)
    moved = stockpile.receiving.move(weapons, rack.id, by=house.officer)
    again = stockpile.receiving.move(weapons, rack.id, by=house.officer)
    assert (len(moved.entries), len(moved.facts), again.facts) == (1, 3, ())
    assert {one.place for one in stockpile.books.weapons(weapons)} == {rack.id}


def test_what_is_refused_writes_nothing(house):
    before = house.stockpile.books.tip()
    receiving, site = house.stockpile.receiving, house.stockpile.people.site()
    with pytest.raises(FieldMissing):
        receiving.register(Description(), site, by=house.officer)
    with pytest.raises(WeaponUnknown):
        receiving.correct("nothing", {"model": "AKM"}, "why", by=house.officer)
    assert house.stockpile.books.tip() == before


def test_an_auditor_registers_nothing(house):
    people = house.stockpile.people
    people.appoint("E. Auma", ("auditor",), "1357", by=house.officer)
    auditor = people.sign_in("E. Auma", "1357")
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.receiving.register(Description(serial="1234"), people.site(), by=auditor)
