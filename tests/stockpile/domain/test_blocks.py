"""Whose are which numbers: whatever is granted, cut and given home, no two nodes hold one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import blocks, references
from stockpile.domain.blocks import Grant, HeldBlock
from stockpile.domain.errors import NumbersUsedUp, QuantityUnreadable
from stockpile.domain.facts import BlockGranted, BlockReturned, Fact, PlaceOpened, SchemeSet
from stockpile.domain.references import Head, Reference
from stockpile.domain.weapons import Applied, Drawn

REGISTRY = "r" * 16
NODES = ("a", "b", "c")
ALL = frozenset({REGISTRY})


def grant(granter, node, lo, hi, *, seq=1, machine="", until=0, scheme="S", returned=None):
    body = BlockGranted(node, scheme, lo, hi, until, machine)
    return Grant(f"{granter}{seq}{lo}", granter, body, (seq, granter, seq), (), returned)


def numbers(node, *grants, scheme="S"):
    """The numbers that a node holds, with the machine that draws each."""
    held = blocks.held(grants, node, scheme, ALL)
    return [(n, one.machine) for one in held for n in range(one.lo, one.hi + 1)]


def plain(*drawn):
    return [(number, "") for number in drawn]


def test_the_registrys_blocks_are_drawn_from_and_the_founding_ones_no_more():
    founding, given_ = grant("a", "a", 1, 3), grant(REGISTRY, "a", 10, 11)
    assert numbers("a", founding) == plain(1, 2, 3)
    assert numbers("a", founding, given_) == plain(10, 11)
    assert numbers("b", founding, given_) == []
    assert numbers("a", founding, given_, scheme="T") == []


def test_nobody_grants_what_is_not_theirs():
    own = grant(REGISTRY, "a", 10, 19)
    assert numbers("b", own, grant("a", "b", 15, 24, seq=2)) == []
    assert numbers("b", own, grant("c", "b", 15, 16, seq=2)) == []
    assert numbers("a", own, grant("c", "a", 30, 40, seq=2)) == plain(*range(10, 20))


def test_what_is_cut_twice_is_whose_it_was_first():
    own = grant(REGISTRY, "a", 10, 19)
    first, second = grant("a", "b", 15, 19, seq=2), grant("a", "c", 18, 19, seq=3)
    assert numbers("b", own, first, second) == plain(15, 16, 17, 18, 19)
    assert numbers("c", own, second, first) == []
    assert numbers("a", own, first, second) == plain(*range(10, 15))


def test_a_machines_part_is_cut_out_of_the_middle():
    own, part = grant(REGISTRY, "a", 1, 6), grant("a", "a", 3, 4, seq=2, machine="m")
    assert numbers("a", own, part) == [(1, ""), (2, ""), (3, "m"), (4, "m"), (5, ""), (6, "")]


cuts = st.tuples(st.sampled_from(NODES), st.sampled_from([*NODES, "m"]), st.integers(1, 60),
                 st.integers(0, 12))  # fmt: skip


@given(st.lists(cuts, max_size=12), st.lists(st.sampled_from(NODES), min_size=3, max_size=6))
def test_no_number_is_held_twice_whatever_is_cut(cut, owners):
    granted = [
        grant(REGISTRY, node, nth * 10 + 1, nth * 10 + 10, seq=nth)
        for nth, node in enumerate([*NODES, *owners])
    ]
    for seq, (granter, to, lo, size) in enumerate(cut, 100):
        node, machine = (granter, "m") if to == "m" else (to, "")
        granted.append(grant(granter, node, lo, lo + size, seq=seq, machine=machine))
    held = [number for node in NODES for number, _machine in numbers(node, *granted)]
    assert len(held) == len(set(held))
    assert held == [number for node in NODES for number, _m in numbers(node, *reversed(granted))]


def settled(lo=1, hi=100, free=1, used=0, until=0, now=50, largest=10**6):
    block = HeldBlock("b", "S", lo, hi, until)
    return blocks.settled(block, used, free, largest, now)


@pytest.mark.parametrize(
    ("told", "state", "left"),
    [
        ({}, "open", 100),
        ({"free": 41, "used": 40}, "open", 60),
        ({"free": 0, "used": 100}, "used_up", 0),
        ({"until": 49}, "expired", 0),
        ({"until": 50}, "open", 100),
        ({"until": 50, "now": 10}, "open", 100),
        ({"largest": 30}, "open", 30),
        ({"largest": 0}, "used_up", 0),
    ],
)
def test_how_a_block_stands(told, state, left):
    found = settled(**told)
    assert (found.state, found.left) == (state, left)


def test_what_went_home_stays_home_whatever_the_clock_says():
    home = grant(REGISTRY, "a", 1, 9, returned=BlockReturned("a", "S", 5, 9))
    (block,) = blocks.held([home], "a", "S", ALL)
    assert blocks.settled(block, 0, 1, 99, 0).state == "returned"


def test_a_machine_draws_its_own_numbers_first_then_the_lowest():
    held = [settled(1, 5), settled(10, 12, 10), replace(settled(20, 22, 21), machine="m")]
    assert blocks.next_block("S", held).free == 1
    assert blocks.next_block("S", held, "m").free == 21
    assert blocks.next_block("S", held[1:], "other").free == 10
    with pytest.raises(NumbersUsedUp):
        blocks.next_block("S", held[2:])


@pytest.mark.parametrize(
    ("held", "low"),
    [
        ([settled(1, 100, 75, 74)], False),
        ([settled(1, 100, 76, 75)], True),
        ([settled(1, 100, 101, 100), settled(101, 200, 101)], False),
        ([settled(1, 100, 1, until=blocks.SOON)], True),
        ([], True),
    ],
)
def test_a_fourth_left_is_low_and_so_is_what_expires_soon(held, low):
    assert blocks.are_low(held, 50) is low


def test_a_cut_is_taken_from_the_end_of_the_roomiest_block():
    held = [settled(1, 10, 9, 8), settled(20, 40, 20), settled(50, 55, 50)]
    body = blocks.cut(held, "S", 5, "b")
    assert (body.lo, body.hi, body.node) == (36, 40, "b")
    with pytest.raises(NumbersUsedUp):
        blocks.cut(held, "S", 22, "b")
    with pytest.raises(QuantityUnreadable):
        blocks.cut(held, "S", 0, "b")


@pytest.mark.parametrize(("lo", "hi"), [(0, 9), (-5, 5), (9, 8), (1, 10**13)])
def test_a_grant_that_means_nothing_grants_nothing(lo, hi):
    head = Head("h", (1, "a", 1), BlockGranted("a", "S", lo, hi))
    assert blocks.grant_of(Reference("x", head, (head,))) is None


def test_only_a_grant_is_a_grant():
    assert blocks.grant_of(references.Reference("x")) is None
    head = Head("h", (1, "a", 1), SchemeSet("n", "{seq}"))
    assert blocks.grant_of(Reference("x", head, (head,))) is None


# --- marks outside their block ------------------------------------------------------------------


def mark(number=12, *, node="a", seq=50, scheme="S", accepted=False, block="block"):
    drawn = Drawn(block, node, seq, accepted=accepted) if block else None
    return Applied("job", scheme, f"X{number}", number, "m", "marked", 0, drawn=drawn)


def told(granter, body, seq, *replaces):
    """One entry about the block, as it came from a node."""
    hash_ = f"{granter}{seq}"
    return Fact(hash_, granter, seq, seq, 0, 0, None, (), "block", body, replaces)


GRANTED = told(REGISTRY, BlockGranted("a", "S", 10, 19), 7)
HOME = told("a", BlockReturned("a", "S", 15, 19), 30, GRANTED.hash)


def block_of(*known):
    reference = Reference("block")
    for one in known:
        reference = references.after(reference, one)
    return reference


def test_a_mark_lies_outside_where_its_block_was_not_its_writers_or_held_no_such_number():
    inside = (
        (mark(10), GRANTED),
        (mark(19), GRANTED),
        (mark(0), GRANTED),  # a scheme that draws none
        (mark(99, block=""), GRANTED),  # older entries name no block
        (mark(99, accepted=True), GRANTED),
        (mark(14, seq=40), GRANTED, HOME),  # used before the rest came home
        (mark(15, seq=29), GRANTED, HOME),
        (mark(12), told("a", BlockGranted("a", "S", 1, 99), 1)),  # it was founded with these
        (mark(12), told("b", BlockGranted("a", "S", 10, 12), 90)),  # lent: no counter tells when
    )
    outside = (
        (mark(9), GRANTED),
        (mark(20), GRANTED),
        (mark(12, node="b"), GRANTED),
        (mark(12, scheme="T"), GRANTED),
        (mark(15, seq=31), GRANTED, HOME),
        (mark(12), told("a", BlockGranted("a", "S", 1, 99), 51)),  # granted to itself afterwards
        (mark(12), told("a", PlaceOpened("Store"), 1)),  # no block at all
        (mark(12), told(REGISTRY, BlockGranted("a", "S", 19, 10), 1)),
    )
    for one, *known in inside:
        assert not blocks.is_outside(one, block_of(*known)), (one, known)
    for one, *known in outside:
        assert blocks.is_outside(one, block_of(*known)), (one, known)


def test_of_a_block_that_nobody_has_heard_of_nothing_is_said():
    assert not blocks.is_outside(mark(99), None)
    assert not blocks.is_outside(mark(15, seq=31), block_of(HOME))


@given(st.permutations([GRANTED, HOME, told("b", BlockGranted("b", "S", 1, 99), 8)]))
def test_any_order_of_what_is_heard_of_a_block_judges_the_same(order):
    stands = block_of(*order)
    assert [n for n in range(1, 30) if blocks.is_outside(mark(n), stands)] == [
        *range(1, 10), *range(15, 30),
    ]  # fmt: skip
