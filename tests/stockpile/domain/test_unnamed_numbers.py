"""Marks that name no block, held against what their node held by then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import conflicts, references, unnamed_numbers, weapons
from stockpile.domain.facts import (
    BlockGranted,
    BlockReturned,
    Fact,
    MarkingBegun,
    MarkingEnded,
    MarksSettled,
    WeaponRegistered,
)
from stockpile.domain.references import Reference
from stockpile.domain.unnamed_numbers import is_of_none, keys_named
from stockpile.domain.weapons import Applied, Drawn

REGISTRY = "r"


def mark(number=12, *, node="a", seq=50, scheme="S", accepted=False, lamport=50):
    drawn = Drawn("", node, seq, accepted, lamport)
    return Applied("job", scheme, f"X{number}", number, "m", "marked", 0, drawn=drawn)


def told(granter, body, seq, *replaces, block="block"):
    """One entry about a block, as it came from a node."""
    return Fact(f"{granter}{seq}{block}", granter, seq, seq, 0, 0, None, (), block, body, replaces)


def blocks(*known):
    found = {}
    for one in known:
        before = found.get(one.subject, Reference(one.subject))
        found[one.subject] = references.after(before, one)
    return found.values()


FOUNDING = told("a", BlockGranted("a", "S", 1, 9), 1, block="first")
GRANTED = told(REGISTRY, BlockGranted("a", "S", 10, 19), 7)
HOME = told("a", BlockReturned("a", "S", 15, 19), 30, GRANTED.hash)
OTHERS = told(REGISTRY, BlockGranted("b", "S", 20, 29), 8, block="others")
LENT = told("a", BlockGranted("b", "S", 12, 13), 40, block="lent")


@pytest.mark.parametrize(
    ("one", "known"),
    [
        (mark(10), [GRANTED]),
        (mark(5), [FOUNDING, GRANTED]),
        (mark(0), [GRANTED]),  # a scheme that draws none
        (mark(14, seq=40), [GRANTED, HOME]),  # used before the rest came home
        (mark(12, seq=39), [GRANTED, LENT]),  # used before it was cut out
        (mark(25), [OTHERS]),  # of its node's own blocks nothing is heard
        (mark(99, scheme="T"), [GRANTED]),
        (mark(99, accepted=True), [GRANTED]),
        (mark(5, lamport=6), [GRANTED]),  # no author knew that grant: older than all blocks here
        (mark(12, lamport=6), [FOUNDING, GRANTED]),  # its own by now
        (mark(12), [told("b", BlockGranted("a", "S", 10, 12), 90), FOUNDING]),  # lent
    ],
)
def test_what_a_node_held_by_then_is_its_own(one, known):
    assert not is_of_none(one, blocks(*known))


@pytest.mark.parametrize(
    ("one", "known"),
    [
        (mark(9), [GRANTED]),  # nobody's
        (mark(25), [GRANTED, OTHERS]),  # somebody else's
        (mark(15, seq=31), [GRANTED, HOME]),
        (mark(12, seq=41), [GRANTED, LENT]),
        (mark(25), [FOUNDING, told("a", BlockGranted("a", "S", 20, 30), 51)]),  # granted to itself
        (mark(12), [FOUNDING, told(REGISTRY, BlockGranted("a", "S", 19, 10), 1)]),  # no block
    ],
)
def test_what_it_did_not_hold_lies_outside(one, known):
    assert is_of_none(one, blocks(*known))


@given(st.permutations([FOUNDING, GRANTED, HOME, OTHERS, LENT]))
def test_any_order_of_what_is_heard_of_blocks_judges_the_same(order):
    known = list(blocks(*order))
    outside = [n for n in range(1, 35) if is_of_none(mark(n), known)]
    assert outside == [12, 13, *range(15, 35)]


def test_it_is_kept_of_whose_numbers_a_block_speaks():
    (lent,) = blocks(LENT)
    assert keys_named(lent) == {"S/a", "S/b"} == {
        unnamed_numbers.numbers_key("S", one) for one in "ab"
    }  # fmt: skip
    assert keys_named(Reference("x")) == frozenset()


def on_a_weapon(block=""):
    """A weapon that a changed program marked with somebody else's number."""
    told_ = [
        WeaponRegistered(),
        MarkingBegun("j", "S", "X25", 25, "m", block=block),
        MarkingEnded("j", "marked"),
    ]
    found, before = [], ()
    for seq, body in enumerate(told_, 40):
        found.append(Fact(f"h{seq}", "a", seq, seq, 0, 0, None, (), "w", body, before))
        before = (f"h{seq}",)
    return found


@given(st.permutations(on_a_weapon()), st.permutations([GRANTED, OTHERS]))
def test_it_is_a_conflict_in_whatever_order_all_of_it_is_heard(facts, grants):
    weapon = weapons.folded("w", facts)
    known = {one.subject: one for one in blocks(*grants)}
    (found,) = conflicts.outside(weapon, known)
    assert (found.kind, found.about) == ("mark_outside", ("j", ""))
    assert conflicts.blocks_named(weapon) == {"S/a"}
    assert conflicts.nodes_unnamed(weapon) == {"a"}


def test_it_is_settled_as_any_other_number_outside_its_block():
    facts = on_a_weapon()
    for body in (MarksSettled(("j",), "agreed", ("j",)), MarksSettled((), "struck out")):
        said = Fact("s", "a", 60, 60, 0, 0, None, (), "w", body, ("h42",))
        weapon = weapons.folded("w", [*facts, said])
        assert conflicts.outside(weapon, {"block": next(iter(blocks(GRANTED)))}) == ()
