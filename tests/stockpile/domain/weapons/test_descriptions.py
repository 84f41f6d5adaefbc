from __future__ import annotations

import dataclasses

import msgspec

from stockpile.domain import facts
from stockpile.domain.facts import Acquisition, Component, Mark
from stockpile.domain.values import OfficerId
from stockpile.domain.weapons import folded
from tests.helpers.depots import START
from tests.helpers.one_weapon import (
    CORRECTED,
    NORTH,
    PHOTO,
    PROOF,
    REGISTERED,
    SERIAL,
    fact_of,
    lived,
)
from tests.helpers.strategies import WEAPON


def test_a_registered_weapon_is_what_was_written():
    weapon = lived()
    assert weapon.registered
    assert (weapon.type, weapon.make, weapon.model) == ("rifle", "M", "АКМ")
    assert (weapon.calibre, weapon.country, weapon.year) == ("7.62 × 39 mm", "XX", "1974")
    assert (weapon.action, weapon.origin, weapon.remarks) == ("auto", "YY", "-")
    assert (weapon.marks, weapon.condition) == ((SERIAL, PROOF), "serviceable")
    assert (weapon.status, weapon.place) == ("in_store", NORTH)
    assert (weapon.acquired, weapon.recorded_at) == (Acquisition("found"), START)
    assert (weapon.serial.text, weapon.known, weapon.lamport) == ("АВ 1234", 1, 1)


def test_a_registration_says_the_whole_record():
    body = facts.WeaponRegistered(
        make_code="m", model_code="m:1", calibre_codes=("9x19",), country_code="UG",
        frame="polymer", imported=facts.LastImport("UG", "1999", "I"), missing_parts="sight",
        safe=facts.SafeCheck(magazine_out=True), custody="evidence",
        components=(Component("barrel", (PROOF,)),), photos=(PHOTO,),
    )  # fmt: skip
    weapon = folded(WEAPON, [fact_of(body)])
    for name in dataclasses.asdict(body):
        held = getattr(weapon, "custody_type" if name == "custody" else name, None)
        assert name == "place" or held == getattr(body, name)


def test_a_correction_changes_what_it_names():
    weapon = lived(CORRECTED)
    assert (weapon.type, weapon.make, weapon.model, weapon.calibre) == (
        "pistol",
        "N",
        "M57",
        "9 mm",
    )
    assert (weapon.marks, weapon.country, weapon.year, weapon.origin) == ((), "AA", "", "")
    assert (weapon.action, weapon.remarks) == ("single", "corrected")
    assert weapon.custody == lived().custody


def test_a_correction_leaves_what_it_does_not_name():
    weapon = lived(facts.WeaponCorrected("typo", year="1975"))
    assert (weapon.year, weapon.model, weapon.marks) == ("1975", "АКМ", (SERIAL, PROOF))


def test_a_swapped_component_takes_its_marks_along():
    bolt = Mark("assembly", "77", component="bolt")
    weapon = lived(facts.ComponentSwapped("bolt", (bolt,), (PROOF,)))
    assert (weapon.marks, weapon.components) == ((SERIAL,), (Component("bolt", (bolt,)),))
    other = lived(
        facts.ComponentSwapped("bolt", (bolt,)), facts.ComponentSwapped("bolt", (), (bolt,))
    )
    assert other.components == ()


def test_a_part_without_marks_leaves_only_when_something_is_removed():
    bare = (facts.ComponentSwapped("stock"), facts.ComponentSwapped("bolt", (), (PROOF,)))
    assert lived(*bare).components == ()
    body = facts.WeaponRegistered(components=(Component("stock"), Component("sight")))
    kept = folded(
        WEAPON, [fact_of(body), fact_of(facts.ComponentSwapped("stock", (), (PROOF,)), 2)]
    )
    assert kept.components == (Component("sight"),)


def test_a_second_reading_verifies_the_mark_only_where_both_agree():
    agreed = facts.MarkReadBack("АВ 1234", "ав-1234")
    by = msgspec.structs.replace(fact_of(agreed, 2), by=OfficerId("second"))
    weapon = folded(WEAPON, [fact_of(REGISTERED), by])
    assert [mark.verified_by for mark in weapon.marks] == ["second", ""]
    (reading,) = weapon.read_backs
    assert (reading.agrees, reading.read, reading.by) == (True, "ав-1234", "second")
    other = by.saying(facts.MarkReadBack("АВ 1234", "AB 1284"))
    differs = folded(WEAPON, [fact_of(REGISTERED), other])
    assert [mark.verified_by for mark in differs.marks] == ["", ""]
    assert not differs.read_backs[0].agrees


def test_photos_come_and_go_by_their_content():
    again = dataclasses.replace(PHOTO, caption="b")
    assert lived(facts.PhotoAdded(PHOTO), facts.PhotoAdded(again)).photos == (again,)
    gone = lived(facts.PhotoAdded(PHOTO), facts.PhotoRemoved(PHOTO.digest, "a face"))
    assert gone.photos == ()
