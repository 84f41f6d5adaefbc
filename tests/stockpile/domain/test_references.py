from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import facts, references
from stockpile.domain.facts import Body, Fact
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, NodeId
from tests.helpers.depots import START, Depot
from tests.helpers.nightly import examples

STORE = facts.PlaceOpened("North store")
RENAMED = facts.PlaceOpened("North store, room 2")
CLOSED = facts.PlaceClosed("sold")


def fact(name: str, body: Body, *replaces: Fact, lamport: int = 1, node: str = "a") -> Fact:
    digest = Digest(name.encode().hex().ljust(64, "0"))
    heads = tuple(one.hash for one in replaces)
    return Fact(digest, NodeId(node), 1, lamport, START, 0, None, (), "place-1", body, heads)


def after(*known: Fact) -> Reference:
    reference = Reference("place-1")
    for one in known:
        reference = references.after(reference, one)
    return reference


def test_a_subject_without_a_fact_is_nothing_yet():
    nothing = Reference("place-1")
    assert (nothing.opened, nothing.heads) == (None, ())


def test_a_reference_is_what_its_last_fact_says():
    opened = fact("1", STORE)
    renamed = fact("2", RENAMED, opened, lamport=2)
    place = after(opened, renamed)
    assert (place.now, place.opened) == (RENAMED, STORE)
    assert place.heads == (renamed.hash,)
    assert not place.is_closed


@pytest.mark.parametrize(
    "body",
    [
        CLOSED,
        facts.OfficerRetired("left"),
        facts.NodeClosed("lost"),
        facts.BlockReturned(NodeId("a"), "s", 1, 2),
    ],
)
def test_some_facts_end_it(body):
    opened = fact("1", STORE)
    assert after(opened, fact("2", body, opened, lamport=2)).is_closed


def test_two_at_once_stand_beside_each_other_and_the_later_in_order_speaks():
    opened = fact("1", STORE)
    one = fact("2", RENAMED, opened, lamport=7, node="a")
    other = fact("3", CLOSED, opened, lamport=7, node="b")
    for order in itertools.permutations((opened, one, other)):
        place = after(*order)
        assert place.heads == (one.hash, other.hash)
        assert place.now == CLOSED
        assert place.opened == STORE
    settled = fact("4", STORE, one, other, lamport=8)
    assert after(opened, one, other, settled).heads == (settled.hash,)


def test_two_openings_are_one_on_every_node():
    one, other = fact("1", STORE, lamport=2), fact("2", RENAMED, lamport=1, node="b")
    assert after(one, other) == after(other, one)
    assert after(one, other).opened == RENAMED
    assert after(one, other).now == STORE


def test_two_facts_at_one_address_of_a_forked_chain_stand_alike():
    one, other = fact("1", STORE), fact("2", RENAMED)
    assert after(one, other) == after(other, one)


def test_an_opening_that_comes_late_is_not_what_stands():
    opened = fact("1", STORE)
    renamed = fact("2", RENAMED, opened, lamport=2)
    place = after(renamed, opened)
    assert place == after(opened, renamed)
    assert (place.now, place.opened) == (RENAMED, STORE)


@pytest.mark.parametrize(
    "body",
    [
        facts.WeaponRelocated("p"),
        facts.Withheld("person.recorded", Digest("0" * 64)),
        facts.Unreadable("place.painted"),
    ],
)
def test_facts_of_another_kind_change_nothing(body):
    opened = fact("1", STORE)
    assert after(opened, fact("2", body, opened)) == after(opened)


@st.composite
def place_histories(draw: st.DrawFn) -> list[Fact]:
    depots = [Depot("aa"), Depot("bb"), Depot("cc")]
    written: list[Fact] = []
    for _ in range(draw(st.integers(1, 8))):
        known = [one.hash for one in written]
        replaced = draw(st.lists(st.sampled_from(known), unique=True, max_size=3)) if known else []
        body = draw(st.sampled_from([STORE, RENAMED, CLOSED]))
        lamport = draw(st.integers(0, 9))
        author = draw(st.sampled_from(depots))
        written.append(author.write("place-1", body, replaces=replaced, lamport=lamport))
    return written


@settings(max_examples=examples(100))
@given(place_histories(), st.data())
def test_any_order_and_any_repeats_make_the_same_reference(written, data):
    shuffled = data.draw(st.permutations(written))
    assert after(*shuffled) == after(*written) == after(*written, *shuffled)
    assert after(*written).standing
