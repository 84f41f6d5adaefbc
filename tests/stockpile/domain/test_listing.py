"""A weapon's columns for lists and search."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import (
    Draft,
    Mark,
    MarkingBegun,
    MarkingEnded,
    MarkVoided,
    TagBound,
    WeaponIssued,
)
from stockpile.domain.listing import LAST, listing
from stockpile.domain.numbers import registry_number
from stockpile.domain.weapons import Weapon, duplicate_key
from tests.helpers.builders import STORE, WEAPON, a_weapon


def test_a_column_says_what_the_weapon_says():
    weapon = a_weapon(serial="KA 0044-721", make="Izhmash", model="AKM", calibre="7.62x39")
    listed = listing(weapon)
    assert (listed.id, listed.number) == (WEAPON, registry_number(WEAPON))
    assert (listed.serial, listed.serial_key) == ("KA 0044-721", "KA0044721")
    assert listed.serial_reversed == "1274400AK"
    assert listed.serial_fold == weapon.serial.fold
    assert listed.duplicate_key == duplicate_key(weapon) != ""
    assert (listed.status, listed.place) == ("in_store", STORE)
    assert (listed.by_serial, listed.by_model) == ("KA0044721", "IZHMASHAKM")
    assert listed.words.split("\n") == ["KA0044721", "IZHMASH", "AKM", "762X39"]


def test_what_is_missing_sorts_last():
    listed = listing(a_weapon(serial=""))
    assert listed.by_serial == listed.by_mark == listed.by_model == LAST
    assert (listed.mark, listed.duplicate_key, listed.source_key) == ("", "", "")
    assert not listing(Weapon(WEAPON)).registered


def _begun(text="XX 26 000001", job="j1"):
    return lambda weapon: Draft(WEAPON, MarkingBegun(job, "s1", text, 1, "m"), weapon.heads.marking)


def _then(body):
    return lambda weapon: Draft(WEAPON, body, weapon.heads.marking)


@pytest.mark.parametrize(
    ("steps", "shown", "found"),
    [
        ([_begun()], "", True),
        ([_begun(), _then(MarkingEnded("j1", "marked"))], "XX 26 000001", True),
        ([_begun(), _then(MarkingEnded("j1", "unknown"))], "XX 26 000001", True),
        ([_begun(), _then(MarkingEnded("j1", "not_started"))], "", False),
        ([_begun(), _then(MarkVoided("j1", "x"))], "", False),
    ],
)
def test_a_mark_of_ours_is_shown_when_it_may_be_on_the_metal(steps, shown, found):
    listed = listing(a_weapon(*steps))
    assert listed.mark == shown
    assert [one.text for one in listed.marks if one.is_ours] == (["XX 26 000001"] if found else [])


def test_the_identity_carries_the_serials_keys_and_other_marks_their_own():
    marks = (
        Mark("serial", "A 12 (worn)", is_identity=True),
        Mark("proof", "N-I"),
        Mark("other", ""),
    )
    identity, proof = listing(_with(marks)).marks
    assert (identity.key, identity.is_identity, identity.text) == ("A12", True, "A 12 (worn)")
    assert (proof.key, proof.reversed_key, proof.kind) == ("NI", "IN", "proof")


def _with(marks):
    weapon = a_weapon()
    return Weapon(weapon.id, registered=True, marks=marks)


def test_the_same_mark_twice_is_listed_once():
    marks = (Mark("maker", "FN"), Mark("maker", "FN"))
    assert len(listing(_with(marks)).marks) == 1


def test_the_last_tag_is_the_tag():
    weapon = a_weapon(
        lambda _: Draft(WEAPON, TagBound("T1")), lambda _: Draft(WEAPON, TagBound("T2"))
    )
    assert listing(weapon).tag == "T2"


def test_a_disputed_weapon_has_no_place():
    first = a_weapon()
    both = a_weapon(
        lambda _: Draft(WEAPON, WeaponIssued("p1"), first.heads.custody),
        lambda _: Draft(WEAPON, WeaponIssued("p2"), first.heads.custody),
    )
    assert (listing(both).status, listing(both).place) == ("disputed", "")


def test_who_holds_a_weapon_is_said_while_it_is_out_and_its_home_always():
    issued = a_weapon(
        lambda one: Draft(
            WEAPON, WeaponIssued("p1", due="2026-11-27", receipt="r1"), one.heads.custody
        )
    )
    listed = listing(issued)
    assert (listed.holder, listed.due, listed.paper) == ("p1", "2026-11-27", "r1")
    assert listed.home == a_weapon().place
    listed = listing(a_weapon())
    assert (listed.holder, listed.due, listed.paper, listed.home) == ("", "", "", a_weapon().place)
