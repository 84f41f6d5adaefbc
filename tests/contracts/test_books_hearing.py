"""What all books must do, whoever keeps them: what another node wrote is the same here."""

from __future__ import annotations

import random

import pytest

from stockpile.domain import codec, ledger
from stockpile.domain.errors import ChainBroken, ChainForked, ChainGap
from stockpile.domain.facts import (
    Draft,
    WeaponCounted,
    WeaponIssued,
    WeaponRelocated,
)
from stockpile.domain.ledger import Entry
from stockpile.services.ports import RegisterFilter
from tests.helpers.books import registration
from tests.helpers.keepers import depot, filled, nodes

__all__ = ["depot", "nodes"]
_ALL = RegisterFilter()


def _same_register(one, two):
    assert {row.id for row in one.register.page("serial", 0, 999, _ALL)} == {
        row.id for row in two.register.page("serial", 0, 999, _ALL)
    }
    ids = [row.id for row in one.register.page("serial", 0, 999, _ALL)]
    assert one.books.weapons(ids) == two.books.weapons(ids)
    assert set(one.books.conflicts()) == set(two.books.conflicts())


def test_what_another_node_wrote_is_the_same_here(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    taken = other.books.receive(entries)
    assert taken.entries == entries
    assert other.books.entries(depot.node, 0, 10_000) == entries
    assert dict(other.books.tips())[depot.node] == depot.books.tip()
    _same_register(depot, other)
    other.books.check(deep=True)


def test_repetition_changes_nothing(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    for start in (0, 2, 1, 5, 0, 6):
        other.books.receive(entries[start : start + 7])
    assert other.books.receive(entries).entries == ()
    assert other.books.check(deep=True).entries == len(entries)


def test_the_counter_is_higher_than_any_seen(nodes):
    depot, other = nodes("depot"), nodes("other")
    other.books.trust(depot.node, depot.keys.public_key)
    taken = other.books.receive(filled(depot))
    weapon = other.register_weapon("X1")
    assert weapon.lamport == 1 + max(fact.lamport for fact in taken.facts)


def test_own_entries_coming_back_are_skipped(depot):
    entries = filled(depot)
    assert depot.books.receive(entries).entries == ()


def test_a_stranger_is_not_believed(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = filled(depot)
    with pytest.raises(ChainBroken):
        other.books.receive(entries)
    with pytest.raises(ChainBroken):
        other.books.trust(depot.node, other.keys.public_key)


def test_a_gap_is_named_and_what_came_before_it_stays(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    with pytest.raises(ChainGap) as gap:
        other.books.receive((*entries[:3], *entries[4:]))
    assert (gap.value.have, gap.value.offered) == (3, 5)
    assert dict(other.books.tips())[depot.node].number == 3
    other.books.receive(entries)
    _same_register(depot, other)


def test_a_changed_entry_is_refused(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    good = entries[2]
    raw = good.facts[0].replace(b"shelf", b"shelv")
    assert raw != good.facts[0]
    for bad in (
        Entry(good.header, good.signature, (raw,)),
        Entry(good.header, bytes(64), good.facts),
        Entry(good.header, good.signature, ()),
    ):
        with pytest.raises(ChainBroken):
            other.books.receive((*entries[:2], bad))
    other.books.receive(entries)
    _same_register(depot, other)


def test_two_branches_of_one_chain_are_told(nodes, tmp_path):
    depot, other = nodes("depot"), nodes("other")
    entries = filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    other.books.receive(entries)
    previous = other.books.tip()
    header = ledger.read_header(entries[-1].header)
    fact = codec.encode(registration(depot.id()), codec.Stamp(depot.node, header.f, 99, 5, 0, None))
    before = ledger.Tip(header.c - 1, header.f - 1, header.p)
    branch, _ = ledger.seal(depot.node, before, [fact.raw], ledger.Act(5, "x", 99), depot.keys.sign)
    with pytest.raises(ChainForked):
        other.books.receive([branch])
    with pytest.raises(ChainForked):
        depot.books.receive([branch])
    assert other.books.tip() == previous


def test_a_fact_that_is_not_canonical_is_refused_though_signed(nodes):
    depot, other = nodes("depot"), nodes("other")
    other.books.trust(depot.node, depot.keys.public_key)
    fact = codec.encode(registration(depot.id()), codec.Stamp(depot.node, 1, 1, 5, 0, None))
    loose = fact.raw.replace(b'":', b'": ', 1)
    entry, _ = ledger.seal(
        depot.node, ledger.Tip(), [loose], ledger.Act(5, "x", 1), depot.keys.sign
    )
    with pytest.raises(ChainBroken):
        other.books.receive([entry])
    assert dict(other.books.tips())[depot.node].number == 0


def test_facts_about_a_weapon_may_come_before_it(nodes):
    """A weapon moves depots: its new one writes on while its own chain is still on the way."""
    depot, other, third = nodes("depot"), nodes("other"), nodes("third")
    first = filled(depot, 1)
    other.books.trust(depot.node, depot.keys.public_key)
    other.books.receive(first)
    (row,) = other.register.page("serial", 0, 9, _ALL)
    weapon = other.books.weapon(row.id)
    other.books.record([Draft(weapon.id, WeaponIssued("p1"), weapon.heads.custody)], by=None)
    other.books.record(
        [Draft(weapon.id, WeaponCounted("s", "x"), saw=weapon.heads.custody)], by=None
    )
    for node in (depot, other):
        third.books.trust(node.node, node.keys.public_key)
    third.books.receive(other.books.entries(other.node, 0, 99))
    assert third.register.count(_ALL) == 0
    assert not third.books.weapon(weapon.id).registered
    third.books.check(deep=True)
    third.books.receive(first)
    assert third.books.weapon(weapon.id) == other.books.weapon(weapon.id)
    assert third.register.count(_ALL) == 1
    third.books.check(deep=True)


def test_any_order_of_delivery_makes_the_same_register(nodes):
    """Three nodes work on the same weapons offline; whoever hears it in whatever order agrees."""
    chance = random.Random(5)
    workers = [nodes(name) for name in ("north", "south", "east")]
    rack = workers[0].found()
    shared = [workers[0].register_weapon(f"S{n % 4}", place=rack).id for n in range(6)]
    start = workers[0].books.entries(workers[0].node, 0, 999)
    for node in workers:
        for peer in workers:
            node.books.trust(peer.node, peer.keys.public_key)
        node.books.receive(start)
    for node in workers:
        for _ in range(12):
            weapon = node.books.weapon(chance.choice(shared))
            body = WeaponRelocated(rack, str(chance.random()))
            node.books.record([Draft(weapon.id, body, weapon.heads.custody)], by=None)
    chains = [node.books.entries(node.node, 0, 999) for node in workers]
    hearers = [nodes(f"hearer{number}") for number in range(3)]
    for hearer in hearers:
        for node in workers:
            hearer.books.trust(node.node, node.keys.public_key)
        _deliver(chains, hearer, chance)
        hearer.books.check(deep=True)
    assert any(hearers[0].books.weapon(one).status == "disputed" for one in shared)
    for hearer in hearers[1:]:
        _same_register(hearers[0], hearer)


def _deliver(chains, hearer, chance):
    """Hand over every chain in random portions, some entries twice."""
    waiting = [list(chain) for chain in chains]
    while any(waiting):
        chain = chance.choice([one for one in waiting if one])
        size = chance.randint(1, 5)
        hearer.books.receive(chain[:size])
        del chain[: max(0, size - chance.randint(0, 1))]
