"""Lots: never more out than there was, never more back than went out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import lots
from stockpile.domain.errors import LotShort, QuantityUnreadable, RoundsTooMany
from stockpile.domain.facts import LotRegistered, LotWithdrawn
from stockpile.domain.lots import RoundsBack, RoundsOut
from stockpile.domain.references import Head, Reference
from stockpile.domain.values import Digest, PersonId

P, Q = PersonId("p1"), PersonId("p2")
LOT = "lot-1"


def a_reference(quantity=300, body=None):
    opened = Head(Digest("h"), (1, "n", 1), LotRegistered("ball", "7.62x39", "17-539", quantity))
    head = Head(Digest("i"), (2, "n", 2), body) if body else opened
    return Reference(LOT, opened, (head,))


def a_lot(*movements, quantity=300):
    return lots.lot_of(a_reference(quantity), movements)


def out(count, holder=P, lot=None):
    return lots.issue("m", lot or a_lot(), RoundsOut(LOT, holder, count), "r1").body


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from((P, Q)),
            st.tuples(*(st.integers(-2, 200),) * 3),
        ),
        max_size=20,
    )
)
def test_no_rounds_are_made_or_lost_whatever_is_tried(tries):
    movements: list = []
    gone = 0
    for gives, holder, (first, second, third) in tries:
        lot = a_lot(*movements)
        held = lots.held_by(movements).get((LOT, holder), 0)
        try:
            if gives:
                draft = lots.issue("m", lot, RoundsOut(LOT, holder, first), "r")
            else:
                back = RoundsBack(LOT, holder, first, second, third)
                draft = lots.take_back("m", lot, back, held, "r")
                gone += second + third
        except (LotShort, QuantityUnreadable, RoundsTooMany):
            continue
        movements.append(draft.body)
    left, held = a_lot(*movements).quantity, lots.held_by(movements)
    assert left >= 0
    assert all(count > 0 for count in held.values())
    assert left + sum(held.values()) + gone == 300


def test_a_lot_that_is_short_says_what_is_left():
    lot = a_lot(out(290))
    with pytest.raises(LotShort) as short:
        lots.issue("m", lot, RoundsOut(LOT, Q, 11), "r2")
    assert (short.value.wanted, short.value.left) == (11, 10)


def test_nobody_brings_back_what_they_were_not_given():
    with pytest.raises(RoundsTooMany):
        lots.take_back("m", a_lot(out(30)), RoundsBack(LOT, P, 20, 11), 30, "r2")


@pytest.mark.parametrize("count", [0, -1])
def test_nothing_is_no_quantity(count):
    with pytest.raises(QuantityUnreadable):
        out(count)
    with pytest.raises(QuantityUnreadable):
        lots.take_back("m", a_lot(), RoundsBack(LOT, P, count), 30, "r2")


def test_a_lot_of_unknown_quantity_refuses_nothing_and_knows_no_rest():
    lot = a_lot(quantity=None)
    assert out(5_000, lot=lot).quantity == 5_000
    assert lot.quantity is None


def test_what_two_sites_gave_out_of_one_lot_is_not_hidden():
    assert a_lot(out(290), out(290, Q)).quantity == -280


def test_a_lot_is_called_by_its_number_and_a_withdrawn_one_by_none():
    assert a_lot().answers_to("17539")
    assert a_lot().answers_to(LOT)
    assert not a_lot().answers_to("")
    assert lots.lot_of(a_reference(body=LotWithdrawn("typed twice")), ()) is None
