"""Numbers of this node: in order, never twice, cut, given home, and asked for in time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockpile.domain.errors import (
    FieldMissing,
    NumbersUsedUp,
    OfficerNotAuthorised,
    QuantityUnreadable,
    SchemeUnknown,
)
from stockpile.domain.facts import BlockGranted, Draft, MarkingEnded, WeaponDestroyed
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import NodeId, SchemeId
from stockpile.services.people import Founding
from tests.helpers.house import PIN, build_house
from tests.stockpile.services.test_schemes import begun

SHORT = SchemeId("MOSAIC_IMPORT")
FEW = Founding("UG", "KLA", "Kampala", "A. Mbuyi", PIN, 5, 8)


@pytest.fixture
def small(tmp_path):
    """A home that was founded with four numbers."""
    built = build_house(tmp_path / "small", FEW)
    yield built
    built.stockpile.close()


def draw(house, count=1):
    numbers = house.stockpile.numbers
    drawn = [numbers.next(MOSAIC_IMPORT) for _ in range(1)]
    begun(house, MOSAIC_IMPORT, drawn[0])
    return drawn[0] if count == 1 else [drawn[0], *[draw(house) for _ in range(count - 1)]]


def test_numbers_come_in_order_and_end(small):
    numbers = small.stockpile.numbers
    assert numbers.left(MOSAIC_IMPORT) == 4
    assert draw(small, 4) == [5, 6, 7, 8]
    assert numbers.left(MOSAIC_IMPORT) == 0
    (block,) = numbers.blocks(MOSAIC_IMPORT)
    assert (block.lo, block.hi, block.used, block.state) == (5, 8, 4, "used_up")
    with pytest.raises(NumbersUsedUp):
        numbers.next(MOSAIC_IMPORT)


def test_they_are_low_when_a_fourth_is_left(small):
    numbers = small.stockpile.numbers
    assert not numbers.low(MOSAIC_IMPORT)
    draw(small, 2)
    assert not numbers.low(MOSAIC_IMPORT)
    draw(small)
    assert numbers.low(MOSAIC_IMPORT)


def test_a_scheme_without_a_number_draws_none_and_is_never_low(house):
    numbers = house.stockpile.numbers
    assert (numbers.next(SHORT), numbers.left(SHORT), numbers.low(SHORT)) == (0, 0, False)
    assert numbers.blocks(SHORT) == ()
    with pytest.raises(NumbersUsedUp):
        numbers.ask(SHORT)
    with pytest.raises(SchemeUnknown):
        numbers.next(SchemeId("NONE"))


def test_what_another_node_used_of_ours_is_skipped(small):
    begun(small, MOSAIC_IMPORT, 6)
    assert draw(small, 3) == [5, 7, 8]


def test_a_machines_numbers_are_its_own_and_come_first(small):
    numbers, machine = small.stockpile.numbers, "Bench 1"
    numbers.give(MOSAIC_IMPORT, 2, machine=machine, by=small.officer)
    assert numbers.next(MOSAIC_IMPORT) == 5
    assert numbers.next(MOSAIC_IMPORT, "bench  1") == 7
    assert (numbers.left(MOSAIC_IMPORT), numbers.left(MOSAIC_IMPORT, machine)) == (2, 4)
    for number in (7, 8):
        begun(small, MOSAIC_IMPORT, number)
    assert numbers.next(MOSAIC_IMPORT, machine) == 5


def test_what_is_cut_for_a_laptop_is_not_drawn_here(small):
    numbers = small.stockpile.numbers
    draw(small)
    (fact,) = numbers.give(MOSAIC_IMPORT, 2, node="laptop", by=small.officer).facts
    assert (fact.body.node, fact.body.lo, fact.body.hi) == ("laptop", 7, 8)
    assert draw(small) == 6
    with pytest.raises(NumbersUsedUp):
        numbers.next(MOSAIC_IMPORT)
    with pytest.raises(NumbersUsedUp):
        numbers.give(MOSAIC_IMPORT, 1, node="laptop", by=small.officer)


@pytest.mark.parametrize(("count", "to", "refusal"), [
    (0, "laptop", QuantityUnreadable), (5, "laptop", NumbersUsedUp), (1, " ", FieldMissing),
])  # fmt: skip
def test_a_cut_that_cannot_be_is_refused(small, count, to, refusal):
    with pytest.raises(refusal):
        small.stockpile.numbers.give(MOSAIC_IMPORT, count, node=to, by=small.officer)


def test_numbers_that_went_home_are_never_drawn_again(small):
    numbers = small.stockpile.numbers
    draw(small)
    (fact,) = numbers.give_back(MOSAIC_IMPORT, by=small.officer).facts
    assert (fact.body.lo, fact.body.hi) == (6, 8)
    assert numbers.left(MOSAIC_IMPORT) == 0
    assert numbers.blocks(MOSAIC_IMPORT)[0].state == "returned"
    assert numbers.give_back(MOSAIC_IMPORT, by=small.officer).facts == ()
    with pytest.raises(NumbersUsedUp):
        numbers.next(MOSAIC_IMPORT)


def test_an_operator_neither_cuts_nor_gives_back(small):
    small.stockpile.people.appoint("P. Ilunga", ("marking_operator",), "1357", by=small.officer)
    operator = small.stockpile.people.sign_in("P. Ilunga", "1357")
    with pytest.raises(OfficerNotAuthorised):
        small.stockpile.numbers.give(MOSAIC_IMPORT, 1, machine="bench", by=operator)
    with pytest.raises(OfficerNotAuthorised):
        small.stockpile.numbers.give_back(MOSAIC_IMPORT, by=operator)


def test_a_block_that_expired_is_refused_and_a_clock_set_back_reuses_nothing(house):
    stockpile, node = house.stockpile, house.stockpile.keys.node
    past = stockpile.numbers.clock.now() - 1
    grant = BlockGranted(node, MOSAIC_IMPORT, 50_000, 50_009, past, "old")
    outside = stockpile.numbers.left(MOSAIC_IMPORT, "old")
    stockpile.books.record([Draft("block-x", grant)], by=None)
    assert stockpile.numbers.left(MOSAIC_IMPORT, "old") == outside  # not cut out of an own block
    inside = BlockGranted(node, MOSAIC_IMPORT, 101, 110, past, "old")
    stockpile.books.record([Draft("block-y", inside)], by=None)
    expired = [one for one in stockpile.numbers.blocks(MOSAIC_IMPORT) if one.machine == "old"]
    assert [(one.lo, one.state, one.left) for one in expired] == [(101, "expired", 0)]
    assert stockpile.numbers.next(MOSAIC_IMPORT, "old") == 1


def test_a_node_without_a_registry_asks_nobody_and_a_wish_is_remembered(house):
    numbers, registry = house.stockpile.numbers, NodeId("r" * 16)
    assert {one.scheme for one in numbers.due(registry)} == {MOSAIC_IMPORT, "RECSA_STATE"}
    numbers.ask(MOSAIC_IMPORT, 50)
    wished = {one.scheme: one for one in numbers.due(registry)}[MOSAIC_IMPORT]
    assert (wished.count, wished.nth) == (50, 0)
    numbers.answered(MOSAIC_IMPORT)
    assert {one.scheme: one.count for one in numbers.due(registry)}[MOSAIC_IMPORT] == 1000


ENDS = st.sampled_from(["not_started", "unknown", "marked", "destroyed"])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(ends=st.lists(ENDS, min_size=1, max_size=6))
def test_whatever_became_of_a_weapon_its_number_is_never_drawn_again(house, ends):
    books, numbers = house.stockpile.books, house.stockpile.numbers
    before = books.numbers_used(MOSAIC_IMPORT)
    for end in ends:
        number = numbers.next(MOSAIC_IMPORT)
        assert number not in books.numbers_used(MOSAIC_IMPORT)
        weapon = books.weapon(begun(house, MOSAIC_IMPORT, number))
        outcome = "marked" if end == "destroyed" else end
        ended = MarkingEnded(weapon.applied[0].job, outcome)
        books.record([Draft(weapon.id, ended, weapon.heads.marking)], by=None)
        if end == "destroyed":
            heads = books.weapon(weapon.id).heads.custody
            house.by_two([Draft(weapon.id, WeaponDestroyed("c-1"), heads)])
    assert len(books.numbers_used(MOSAIC_IMPORT)) == len(before) + len(ends)
