"""The desk at which numbers are granted; both databases are held to it in the contracts."""

from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import NumbersUsedUp, QuantityUnreadable, SchemeUnknown
from stockpile.domain.exchange import BlockRequest
from stockpile.domain.facts import Draft, SchemeSet
from stockpile.registry import intake
from stockpile.registry.blocks import (
    LEASE,
    MOST_A_MONTH,
    MOST_AT_ONCE,
    MOST_BY_HAND,
    Block,
    Granting,
)

SCHEME, OTHER = "UG_STATE", "UG_ARMY"
FIVE_WEEKS = 35 * 24 * 3_600_000


@pytest.fixture
def granting(registry, site):
    """The desk, where a site is known that has set two schemes."""
    for scheme in (SCHEME, OTHER):
        site.write(Draft(scheme, SchemeSet("Uganda", "{iso2} {seq}")))
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    return Granting(registry.books)


def numbers(block):
    return block.scheme, block.lo, block.hi


def test_each_scheme_is_counted_by_itself(granting, site):
    asked = [(SCHEME, 0), (OTHER, 0), (SCHEME, 1)]
    given = [granting.answer(site.node, BlockRequest(one, 100, nth)) for one, nth in asked]
    assert [numbers(one) for one in given] == [
        (SCHEME, 1, 100), (OTHER, 1, 100), (SCHEME, 101, 200),
    ]  # fmt: skip


def test_all_that_was_granted_is_listed_by_scheme_and_number(granting, registry, site):
    assert granting.blocks() == ()
    registry.clock.at += 1
    asked = granting.answer(site.node, BlockRequest(SCHEME, 10, 0))
    granting.grant(site.node, OTHER, 5, until=7)
    granting.grant(site.node, SCHEME, 5)
    listed = granting.blocks()
    assert [numbers(one) for one in listed] == [(OTHER, 1, 5), (SCHEME, 1, 10), (SCHEME, 11, 15)]
    assert all(isinstance(one, Block) and one.node == site.node for one in listed)
    assert [one.until for one in listed] == [7, asked.until, 0]
    assert all(0 < registry.clock.at - one.granted < 100 for one in listed)
    assert 0 <= listed[1].granted + LEASE - asked.until < 100


def test_what_is_granted_by_hand_is_no_answer_to_a_request(granting, site):
    granting.grant(site.node, SCHEME, 10)
    assert numbers(granting.answer(site.node, BlockRequest(SCHEME, 10, 0))) == (SCHEME, 11, 20)
    granting.grant(site.node, SCHEME, 10)
    assert len(granting.blocks()) == 3


def test_a_month_later_a_node_may_ask_for_as_many_again(granting, registry, site):
    times = MOST_A_MONTH // MOST_AT_ONCE
    for nth in range(times):
        granting.answer(site.node, BlockRequest(SCHEME, MOST_AT_ONCE, nth))
    with pytest.raises(NumbersUsedUp):
        granting.answer(site.node, BlockRequest(SCHEME, 1, times))
    assert granting.answer(site.node, BlockRequest(OTHER, 1, 0)).lo == 1
    registry.clock.at += FIVE_WEEKS
    late = granting.answer(site.node, BlockRequest(SCHEME, MOST_AT_ONCE, times))
    assert late.lo == MOST_A_MONTH + 1


@pytest.mark.parametrize("count", [0, -1, MOST_BY_HAND + 1])
def test_a_person_too_grants_some_and_not_all(granting, site, count):
    with pytest.raises(QuantityUnreadable):
        granting.grant(site.node, SCHEME, count)
    assert granting.blocks() == ()


def test_a_refusal_leaves_no_block_and_no_fact(granting, registry, site):
    own = registry.books.key.node
    before = registry.books.node(own).tip
    with pytest.raises(SchemeUnknown):
        granting.grant(site.node, "NOBODYS", 1)
    with pytest.raises(NumbersUsedUp):
        granting.grant(site.node, SCHEME, MOST_BY_HAND)
    assert granting.blocks() == ()
    assert registry.books.node(own).tip == before
