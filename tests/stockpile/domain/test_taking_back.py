from __future__ import annotations

import pytest

from stockpile.domain import facts, references, taking_back
from stockpile.domain.errors import ReasonMissing
from stockpile.domain.facts import Draft, LotRegistered, LotWithdrawn, Photo, Source
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, WeaponId
from tests.helpers.builders import RACK, STORE, a_weapon, recorded

LIST, OTHER = Digest("a" * 64), Digest("b" * 64)
SEEN = facts.WeaponCounted("count-1", STORE)


@pytest.mark.parametrize(
    "happened",
    [
        lambda weapon: Draft(weapon.id, facts.LabelPrinted("TAG-1", "sheet")),
        lambda weapon: Draft(weapon.id, facts.TagBound("TAG-1")),
        lambda weapon: Draft(weapon.id, facts.PhotoAdded(Photo(LIST))),
    ],
)
def test_labels_and_photos_are_no_life_of_its_own(happened):
    assert not taking_back.has_moved_on(a_weapon(happened))


@pytest.mark.parametrize(
    "happened",
    [
        lambda weapon: Draft(weapon.id, facts.WeaponRelocated(RACK), weapon.heads.custody),
        lambda weapon: Draft(
            weapon.id, facts.WeaponCorrected("x", make="y"), weapon.heads.identity
        ),
        lambda weapon: Draft(
            weapon.id, facts.WeaponInspected("serviceable"), weapon.heads.condition
        ),
        lambda weapon: Draft(
            weapon.id, facts.MarkingBegun("j", "s", "UG 26 1", 1, "m"), weapon.heads.marking
        ),
        lambda weapon: Draft(weapon.id, SEEN, saw=weapon.heads.custody),
        lambda weapon: Draft(weapon.id, facts.MarkReadBack("KB1", "KB1")),
        lambda weapon: Draft(weapon.id, facts.WeaponMerged(WeaponId("w2"), "one photo")),
        lambda weapon: Draft(weapon.id, facts.WeaponsDistinct(WeaponId("w2"), "two photos")),
    ],
)  # fmt: skip
def test_whatever_else_happened_keeps_a_record(happened):
    assert taking_back.has_moved_on(a_weapon(happened))
    assert not taking_back.has_moved_on(a_weapon())


def a_lot(*drafts):
    reference = Reference("lot-1")
    for fact in recorded(*drafts):
        reference = references.after(reference, fact)
    return reference


def test_a_lot_is_of_the_list_that_it_came_from():
    body = LotRegistered("ball", source=Source(LIST, 4, OTHER))
    lot = a_lot(Draft("lot-1", body))
    assert taking_back.is_lot_of(lot, LIST)
    assert not taking_back.is_lot_of(lot, OTHER)
    assert not taking_back.is_lot_of(a_lot(Draft("lot-1", LotRegistered("ball"))), LIST)


def test_a_lot_that_was_said_anew_has_moved_on():
    first = Draft("lot-1", LotRegistered("ball", quantity=5))
    lot = a_lot(first)
    assert not taking_back.lot_has_moved_on(lot)
    (fact,) = recorded(first)
    again = Draft("lot-1", LotRegistered("ball", quantity=4), (fact.hash,))
    assert taking_back.lot_has_moved_on(a_lot(first, again))
    draft = taking_back.withdraw_lot(lot, "wrong list")
    assert (draft.subject, draft.body, draft.replaces) == (
        "lot-1", LotWithdrawn("wrong list"), lot.heads,
    )  # fmt: skip


def test_a_reason_is_needed():
    assert taking_back.demand_reason("  wrong list ") == "wrong list"
    with pytest.raises(ReasonMissing):
        taking_back.demand_reason(" ")


def test_a_weapon_that_is_traced_has_moved_on():
    asked = facts.TraceAsked("case 7", "UG")
    assert taking_back.has_moved_on(a_weapon(lambda weapon: Draft(weapon.id, asked)))
