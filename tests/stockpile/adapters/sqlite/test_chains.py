"""The ledger's rows."""

from __future__ import annotations

from contextlib import closing

import pytest

from stockpile.domain import weapons
from stockpile.domain.errors import ChainBroken, FactUnreadable
from stockpile.domain.facts import Draft, WeaponIssued, WeaponReturned
from stockpile.domain.ledger import Tip


@pytest.fixture
def chains(depot):
    for n in range(5):
        depot.register_weapon(f"A{n}")
    return depot.books.chains


def test_a_chain_is_walked_from_anywhere(depot, chains):
    whole = depot.books.entries(depot.node, 0, 99)
    assert len(whole) == 5
    assert depot.books.entries(depot.node, 2, 2) == whole[2:4]
    assert depot.books.entries(depot.node, 5, 9) == ()
    for start in range(6):
        with closing(chains.all_entries(depot.node, start)) as walked:
            assert tuple(entry for entry, _ in walked) == whole[start:]


def test_each_entry_comes_with_the_tip_it_makes(depot, chains):
    with closing(chains.all_entries(depot.node)) as walked:
        tips = [tip for _, tip in walked]
    assert tips == [chains.tip_at(depot.node, number) for number in range(1, 6)]
    assert tips[-1] == chains.tip(depot.node) == depot.books.tip()
    assert chains.tip_at(depot.node, 0) == Tip()


def test_the_last_entries_are_so_many_or_hold_so_many_facts(depot, chains):
    wanted = {(2, 99): 3, (99, 2): 3, (99, 99): 0, (99, 0): 4}
    assert {most: chains.before_the_last(depot.node, *most) for most in wanted} == wanted
    assert chains.before_the_last("nobody", 2, 2) == 0


def test_an_entry_is_held_by_its_hash(depot, chains):
    tip = depot.books.tip()
    assert chains.holds(depot.node, tip.number, tip.hash)
    assert not chains.holds(depot.node, tip.number, "ab" * 32)
    assert not chains.holds(depot.node, 99, tip.hash)


def test_the_ends_in_memory_are_those_on_the_disk(depot, chains):
    before = dict(chains.held)
    chains.refresh()
    assert chains.held == before
    assert chains.lamport == 5


def test_a_key_must_be_the_nodes_own(depot, other, chains):
    with pytest.raises(ChainBroken):
        chains.trust(other.node, depot.keys.public_key)
    chains.trust(other.node, other.keys.public_key)
    assert chains.tip(other.node) == Tip()


def test_a_history_comes_in_causal_order(depot, chains):
    weapon = depot.register_weapon("B1")
    for body in (WeaponIssued("p1"), WeaponReturned("x"), WeaponIssued("p2")):
        heads = depot.books.weapon(weapon.id).heads.custody
        depot.books.record([Draft(weapon.id, body, heads)], by=None)
    known = chains.facts_of(weapon.id)
    assert known == weapons.in_causal_order(reversed(known))
    assert [type(fact.body).__name__ for fact in known] == [
        "WeaponRegistered", "WeaponIssued", "WeaponReturned", "WeaponIssued",
    ]  # fmt: skip


def test_officers_signatures_must_read_as_they_were_written(depot, chains):
    connection = depot.open().store.connection
    for broken in (b"", b"[1]", b"[ ]", b'[{"officer":"o","signature":"!"}]'):
        connection.execute("DROP TRIGGER IF EXISTS cm_is_never_edited")
        connection.execute("UPDATE cm SET usig = ? WHERE no = 3", (broken,))
        with pytest.raises(FactUnreadable):
            depot.books.entries(depot.node, 0, 9)
