"""Lots at the counter: found by their number, and never more out than there was."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import LotUnknown
from stockpile.domain.facts import Draft, LotRegistered, LotWithdrawn
from stockpile.domain.lots import RoundsOut
from stockpile.domain.values import new_id
from stockpile.services.slips import HandOver
from tests.helpers.counters import LOT, ROUNDS, counter
from tests.helpers.house import house

__all__ = ["counter", "house"]


def give(counter, holder, quantity):
    handed = HandOver(rounds=(RoundsOut(counter.lot, holder.id, quantity),))
    counter.issuing.issue(
        counter.issuing.prepare(handed, by=counter.officer), {}, by=counter.officer
    )


def test_a_lot_is_found_by_its_number_and_tells_what_is_left(counter):
    give(counter, counter.person("P. Otim"), 360)
    lot = counter.stockpile.ammunition.named(LOT.lower())
    assert (lot.id, lot.quantity) == (counter.lot, ROUNDS - 360)
    assert [one.id for one in counter.stockpile.ammunition.all()] == [counter.lot]


def test_who_has_rounds_is_told_of_one_person_alone(counter):
    one, two = counter.person("P. Otim"), counter.person("J. Were")
    give(counter, one, 360)
    give(counter, one, 40)
    (held,) = counter.stockpile.ammunition.held(one.id)
    assert (held.quantity, held.lot.number) == (400, LOT)
    assert counter.stockpile.ammunition.held(two.id) == ()


def test_a_number_of_no_lot_of_two_and_of_a_withdrawn_one_names_none(counter):
    books, ammunition = counter.stockpile.books, counter.stockpile.ammunition
    with pytest.raises(LotUnknown):
        ammunition.named("17-540")
    twin = new_id(1_790_000_000_000, b"m" * 10)
    books.record([Draft(twin, LotRegistered("Tracer", lot=LOT, quantity=9))], by=counter.officer.id)
    with pytest.raises(LotUnknown):
        ammunition.named(LOT)
    assert ammunition.named(twin).nature == "Tracer"
    books.record(
        [Draft(twin, LotWithdrawn("typed twice"), books.reference(twin).heads)],
        by=counter.officer.id,
    )
    with pytest.raises(LotUnknown):
        ammunition.one(twin)
    assert ammunition.named(LOT).id == counter.lot
