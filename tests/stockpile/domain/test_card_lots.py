"""A lot of which two sites gave out the same rounds is a contradiction, until somebody counted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import conflicts, facts, lots, references
from stockpile.domain.cards import card_of
from stockpile.domain.errors import ReasonMissing
from stockpile.domain.values import PersonId
from tests.helpers.deciding import REASON
from tests.helpers.depots import Depot
from tests.helpers.nightly import examples

LOT, HOLDER = "lot-1", PersonId("holder")
REGISTERED = facts.LotRegistered("ball", "7.62x39", "PPU 12-88", 100)


def given_out(*counts: int) -> tuple[list, list[Depot]]:
    """So many rounds go out at one depot after the other, none of which knows of the others."""
    depots = [Depot(name) for name in "abcdefgh"[: max(1, len(counts))]]
    known = [depots[0].write(LOT, REGISTERED, replaces=())]
    for depot, count in zip(depots, counts, strict=False):
        known.append(depot.write(f"m-{depot.node}", facts.RoundsIssued(LOT, count, HOLDER)))
    return known, depots


def raised(known):
    return conflicts.lot_overdrawn(LOT, 100, known)


def settled(known, depot):
    card = card_of(raised(known), known, ())
    (draft,) = card.choices[0].drafts(REASON)
    right = depot.write(draft.subject, draft.body, replaces=draft.replaces)
    return card, right


def test_the_same_rounds_given_out_twice_are_shown_by_site_and_put_right():
    known, depots = given_out(70, 60)
    card, right = settled(known, depots[0])
    said = [dict(one.says) for one in card.sides]
    assert said[0] == {"registered": "100"}
    assert [one["issued"] for one in said[1:]] == ["70", "60"]
    assert card.nodes == (depots[0].node, depots[1].node)
    (choice,) = card.choices
    assert (choice.kind, choice.act, choice.about) == ("lot_held", "correct", "130")
    assert right.body.quantity == 130
    assert REASON in right.body.remarks
    assert conflicts.lot_overdrawn(LOT, right.body.quantity, known) is None
    with pytest.raises(ReasonMissing):
        choice.drafts(" ")


def test_another_lots_rounds_and_a_lot_without_a_quantity_contradict_nothing():
    known, depots = given_out(100)
    assert raised(known) is None
    other = depots[0].write("m-x", facts.RoundsIssued("lot-2", 50, HOLDER))
    assert raised([*known, other]) is None
    more = depots[0].write("m-y", facts.RoundsIssued(LOT, 50, HOLDER))
    assert raised([*known, more]) is not None
    assert conflicts.lot_overdrawn(LOT, None, [*known, more]) is None


def test_it_is_one_conflict_however_many_more_join():
    known, depots = given_out(70, 60)
    more = depots[1].write("m-z", facts.RoundsIssued(LOT, 5, HOLDER))
    first, second = raised(known), raised([*known, more])
    assert first.id == second.id
    assert first.about != second.about


movements = st.lists(st.tuples(st.sampled_from("ab"), st.integers(-40, 80)), max_size=8)


@settings(max_examples=examples(200), deadline=None)
@given(movements, st.randoms())
def test_more_out_than_in_is_always_shown_in_any_order_and_settled_by_the_card(moves, chance):
    depots = {name: Depot(name) for name in "ab"}
    known = [depots["a"].write(LOT, REGISTERED, replaces=())]
    left = 100
    for at, (name, count) in enumerate(moves):
        left -= count
        body = (
            facts.RoundsIssued(LOT, count, HOLDER)
            if count >= 0
            else facts.RoundsReturned(LOT, -count, HOLDER)
        )
        known.append(depots[name].write(f"m-{at}", body))
    mixed = chance.sample(known, len(known))
    found = raised(mixed)
    assert (found is not None) == (left < 0)
    assert found == raised(known)
    if found is None:
        return
    _card, right = settled(mixed, depots["b"])
    reference = references.Reference(LOT)
    for one in chance.sample([known[0], right], 2):
        reference = references.after(reference, one)
    bodies = [one.body for one in known[1:]]
    assert lots.lot_of(reference, bodies).quantity == 0
