"""What may be handed in, and what the receipt of it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import collecting
from stockpile.domain.collecting import Collected, HandIn, Sign, is_child, read_rounds, with_rounds
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    HandInEmpty,
    HandInLarge,
    HandInMoved,
    HandInWithdrawn,
    QuantityUnreadable,
    ReasonMissing,
    WeaponGone,
)
from stockpile.domain.facts import (
    CollectionReceived,
    Draft,
    LotRegistered,
    LotWithdrawn,
    RoundsHanded,
    WeaponCollected,
    WeaponDestroyed,
    WeaponIssued,
    WeaponLost,
    WeaponRelocated,
    WeaponWithdrawn,
)
from stockpile.domain.values import Digest, NodeId, PersonId, PlaceId
from tests.helpers.builders import WEAPON, a_weapon

HERE, WHO = PlaceId("here"), PersonId("p1")
SIGNED = Sign("drawn", "ab" * 32)
SAID = HandIn(HERE, "2026-11-28", "combatant")


def receipt(said=SAID, weapons=(WEAPON,), sign=SIGNED):
    return collecting.received("r1", "CR-KLA-26-0001", said, weapons, WHO, sign)


def collected(**said):
    body = CollectionReceived("CR-1", HERE, (WEAPON,), WHO, **said)
    return Collected("r1", NodeId("n"), body, (Digest("h"),))


def at_hand(state):
    body = {
        "issued": WeaponIssued(WHO), "lost": WeaponLost("lost"), "collected": WeaponCollected(HERE),
        "destroyed": WeaponDestroyed("DC-1"), "in_store": WeaponRelocated(HERE),
    }[state]  # fmt: skip
    return a_weapon(lambda weapon: Draft(WEAPON, body, weapon.heads.custody))


def test_a_receipt_says_what_was_handed_in_and_names_the_proof_of_the_signature():
    draft = receipt(replace(SAID, rounds=(RoundsHanded(" 7.62x39 ", 60),)))
    body = draft.body
    assert (body.weapons, body.participant, body.how) == ((WEAPON,), WHO, "drawn")
    assert body.rounds == (RoundsHanded("7.62x39", 60),)
    assert draft.attachments == ("ab" * 32,)
    assert body.appeal == ""


def test_who_is_not_eligible_gets_a_receipt_with_the_reason_and_something_to_appeal_by():
    with pytest.raises(ReasonMissing):
        receipt(replace(SAID, eligible=False))
    refused = receipt(replace(SAID, eligible=False, reason="not of this group")).body
    assert (refused.eligible, refused.appeal) == (False, "CR-KLA-26-0001")
    named = receipt(replace(SAID, eligible=False, reason="no", appeal="AP-7")).body
    assert named.appeal == "AP-7"


@pytest.mark.parametrize("child", [{"under_18": True}, {"category": "child"}])
def test_a_child_is_never_received_without_the_child_protection_officer(child):
    with pytest.raises(FieldMissing) as caught:
        receipt(replace(SAID, **child))
    assert caught.value.field == "child_protection"
    assert receipt(replace(SAID, **child, child_protection="B. Auma")).body.under_18


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"on": "yesterday"}, FieldUnreadable),
        ({"category": "chief"}, FieldUnreadable),
        ({"where": "market"}, FieldUnreadable),
        ({"mode": "state_purchase"}, FieldUnreadable),
        ({"rounds": (RoundsHanded("9x19", 0),)}, QuantityUnreadable),
        ({"rounds": (RoundsHanded(" ", 1),)}, FieldMissing),
    ],
)
def test_what_is_plainly_impossible_is_refused(change, error):
    with pytest.raises(error):
        receipt(replace(SAID, **change))


def test_nothing_is_no_hand_in_and_a_lorry_is_several():
    with pytest.raises(HandInEmpty):
        receipt(weapons=())
    with pytest.raises(HandInLarge):
        receipt(weapons=(WEAPON,) * (collecting.MOST_WEAPONS + 1))


def test_nobody_signs_only_with_a_reason_and_a_signature_has_its_picture():
    with pytest.raises(ReasonMissing):
        receipt(sign=Sign())
    with pytest.raises(FieldMissing):
        receipt(sign=Sign("thumbprint"))
    assert receipt(sign=Sign(reason="hand bandaged")).body.unsigned == "hand bandaged"


@pytest.mark.parametrize("state", ["in_store", "issued", "lost"])
def test_a_weapon_on_record_is_handed_in_wherever_the_record_says_it_is(state):
    draft = collecting.handed_in(at_hand(state), replace(SAID, temporary=True), WHO, "r1")
    assert draft.body == WeaponCollected(HERE, WHO, "r1", temporary=True)
    assert not draft.follows


def test_a_destroyed_weapon_cannot_be_handed_in():
    with pytest.raises(WeaponGone):
        collecting.handed_in(at_hand("destroyed"), SAID, WHO, "r1")


def test_rounds_become_lots_of_the_store_under_the_number_of_the_receipt():
    said = replace(SAID, rounds=(RoundsHanded("9x19", 5), RoundsHanded("12", 2, serviceable=False)))
    first, second = (one.body for one in collecting.lots(said, "CR-1", ["a", "b"]))
    assert isinstance(first, LotRegistered)
    assert (first.lot, first.calibre, first.quantity, first.place) == ("CR-1/1", "9x19", 5, HERE)
    assert (second.lot, second.remarks) == ("CR-1/2", "unserviceable")


def test_a_mistaken_hand_in_is_taken_back_with_all_that_it_put_on_record():
    lots = [("lot", (Digest("l"),), False)]
    drafts = collecting.take_back(collected(), [at_hand("collected")], [WEAPON], lots, "twice")
    weapon, lot, receipt_ = (one.body for one in drafts)
    assert (weapon, lot) == (WeaponWithdrawn("twice"), LotWithdrawn("twice"))
    assert receipt_ == replace(collected().body, withdrawn="twice")


def test_what_has_moved_on_or_was_there_before_is_put_right_by_itself():
    stands = collected()
    with pytest.raises(HandInMoved):
        collecting.take_back(stands, [at_hand("issued")], [WEAPON], [], "x")
    with pytest.raises(HandInMoved):
        collecting.take_back(stands, [at_hand("collected")], [], [], "x")
    with pytest.raises(HandInMoved):
        collecting.take_back(stands, [], [], [("lot", (), True)], "x")
    with pytest.raises(ReasonMissing):
        collecting.take_back(stands, [], [], [], " ")
    with pytest.raises(HandInWithdrawn):
        collecting.take_back(collected(withdrawn="x"), [], [], [], "x")


@pytest.mark.parametrize(
    ("born", "child"),
    [
        ("17", True), ("18", False), ("2008-11-29", True), ("2008-11-28", False), ("2009", True),
        ("2008", False), ("1990", False), ("", False), ("young", False), ("1990-05", False),
    ],
)  # fmt: skip
def test_an_age_or_a_birthday_says_who_is_a_child(born, child):
    assert is_child(born, "2026-11-28") is child


@pytest.mark.parametrize("text", ["7.62x39 mm 60", "7.62x39 mm=60", " 7.62x39 mm:  60 "])
def test_rounds_are_typed_as_calibre_and_count(text):
    assert read_rounds(text) == RoundsHanded("7.62x39 mm", 60)


@pytest.mark.parametrize("text", ["60", "7.62x39", "", "= 60", "9x19 0"])
def test_half_of_it_is_no_ammunition(text):
    with pytest.raises((FieldUnreadable, QuantityUnreadable)):
        read_rounds(text)


@given(st.text(max_size=30), st.integers(1, 99_999_999))
def test_no_text_breaks_the_reading_of_rounds(text, count):
    try:
        rounds = read_rounds(f"{text} {count}")
    except (FieldUnreadable, QuantityUnreadable):
        return
    assert rounds.quantity == count
    assert rounds.calibre


def test_the_same_calibre_again_is_counted_on_and_a_bad_round_apart():
    known = with_rounds((RoundsHanded("9x19", 5),), RoundsHanded("9X19", 7))
    assert known == (RoundsHanded("9x19", 12),)
    assert len(with_rounds(known, RoundsHanded("9x19", 1, serviceable=False))) == 2


def test_a_day_is_counted_without_what_was_taken_back():
    day = [
        collected(rounds=(RoundsHanded("9x19", 5),)), collected(eligible=False),
        collected(withdrawn="twice"),
    ]  # fmt: skip
    assert collecting.tally(day) == collecting.Tally(2, 2, 5, 1)
