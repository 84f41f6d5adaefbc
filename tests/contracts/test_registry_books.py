from __future__ import annotations

import dataclasses
import random
import threading

import pytest
from sqlalchemy import text

from stockpile.domain import conflicts, exchange, ledger, tree, weapons, wire
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    ChainForked,
    ChainGap,
    MessageUnreadable,
    NodeQuarantined,
    NodeUnknown,
    RegistryBusy,
)
from stockpile.domain.exchange import demand_receipt
from stockpile.domain.facts import Draft, NodeCertified, NodeFounded, WeaponRegistered
from stockpile.domain.values import WeaponId
from stockpile.registry import intake, log
from stockpile.registry.database import SPAN, make_room
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site, a_move, a_weapon


@pytest.fixture
def site(registry):
    """An enrolled site with one entry."""
    made = Site()
    registry.enrol(made)
    made.found()
    return made


def send(registry, site, entries=None):
    packed = wire.pack(site.entries if entries is None else entries)
    return intake.take(registry.books, site.node, wire.squeeze(packed))


def state(registry):
    """Everything that is derived, and where every chain ends."""
    weapons_ = {
        fact.subject: registry.books.weapon(fact.subject)
        for node in registry.books.nodes()
        for entry in registry.books.entries(node.node, 0, 10_000)
        for fact in map(ledger.codec.decode, entry.facts)
        if isinstance(fact.body, WeaponRegistered)
    }
    return weapons_, registry.books.conflicts(), [one.tip for one in registry.books.nodes()]


def test_a_new_registry_begins_its_own_chain(registry):
    (own,) = registry.books.nodes()
    (entry,) = registry.books.entries(own.node, 0, 10)
    assert own.node == registry.books.key.node
    assert own.tip.number == registry.books.head().size == 1
    assert ledger.check(entry, ledger.Tip(), own.public_key) == own.tip


def test_a_registry_opened_again_is_the_same_one(registry):
    again = open_registry(registry.url)
    try:
        assert again.books.key.node == registry.books.key.node
        assert len(again.books.nodes()) == 1
    finally:
        again.database.close()


def test_enrolment_is_a_fact_of_the_registrys_chain(registry, site):
    certified = [
        fact.body
        for fact in registry.books.history(site.node)
        if isinstance(fact.body, NodeCertified)
    ]
    assert [one.public_key for one in certified] == [site.keys.public_key.hex()]


def test_a_chain_comes_in_and_the_receipt_names_its_end(registry, site):
    site.fill(4)
    receipt = send(registry, site)
    demand_receipt(receipt, registry.books.key.public_key)
    assert exchange.receipt_names(receipt, site.node, site.tip)
    assert registry.books.entries(site.node, 0, 100) == tuple(site.entries)
    assert registry.books.tip(site.node).hash == site.tip.hash
    assert receipt.log_size == registry.books.head().size


def test_sent_twice_is_the_same_as_once(registry, site):
    site.fill(3)
    first = send(registry, site)
    before = state(registry)
    second = send(registry, site)
    assert dataclasses.replace(second, at=first.at, signature=b"") == dataclasses.replace(
        first, signature=b""
    )
    assert state(registry) == before


def test_batches_may_overlap(registry, site):
    site.fill(6)
    send(registry, site, site.entries[:4])
    send(registry, site, site.entries[2:])
    assert registry.books.entries(site.node, 0, 100) == tuple(site.entries)


def test_officers_signatures_are_kept(registry, site):
    site.fill(1)
    site.entries[-1] = ledger.countersigned(site.entries[-1], "officer", site.keys.sign)
    send(registry, site)
    assert registry.books.entries(site.node, 1, 1) == (site.entries[-1],)


def test_a_gap_says_what_is_held(registry, site):
    site.fill(3)
    send(registry, site, site.entries[:1])
    with pytest.raises(ChainGap) as refused:
        send(registry, site, site.entries[2:])
    assert refused.value.have == 1
    assert send(registry, site, site.entries[1:]).number == 4


def tampered(entries):
    """The same entries, each time with one thing wrong."""
    payload = entries[2].facts[0].replace(b"AKM", b"AKN")
    yield "payload", [*entries[:2], dataclasses.replace(entries[2], facts=(payload,)), *entries[3:]]
    yield "fact dropped", [*entries[:1], dataclasses.replace(
        entries[1], facts=entries[1].facts[1:]), *entries[2:]]  # fmt: skip
    yield "entry dropped", [*entries[:1], *entries[2:]]
    flipped = bytes([entries[2].signature[0] ^ 1]) + entries[2].signature[1:]
    yield "signature", [*entries[:2], dataclasses.replace(entries[2], signature=flipped)]
    yield "swapped", [entries[1], entries[0], *entries[2:]]
    header = entries[2].header.replace(b'"t":', b'"t":1')
    yield "header", [*entries[:2], dataclasses.replace(entries[2], header=header)]
    spaced = entries[2].facts[0].replace(b'"k":', b'"k": ')
    yield "not canonical", [*entries[:2], dataclasses.replace(entries[2], facts=(spaced,))]


def test_what_was_tampered_with_is_refused_and_the_honest_batch_taken(registry, site):
    site.fill(3, weapons=1)
    site.entries[1] = site.entries[1]
    before = state(registry)
    for what, entries in tampered(site.entries):
        with pytest.raises((ChainBroken, ChainGap, MessageUnreadable)):
            send(registry, site, entries)
        assert state(registry) == before, what
    assert send(registry, site).number == 4
    assert not registry.books.evidence()


def test_another_nodes_entries_are_refused(registry, site):
    other = Site()
    registry.enrol(other)
    other.found()
    with pytest.raises(ChainBroken):
        send(registry, site, other.entries)


def test_a_node_nobody_enrolled_is_unknown(registry):
    stranger = Site()
    stranger.found()
    with pytest.raises(NodeUnknown):
        send(registry, stranger)


def test_a_clone_that_writes_on_is_quarantined_and_both_branches_are_kept(registry, site):
    site.fill(2)
    clone = site.copy()
    site.fill(2)
    send(registry, site)
    clone.write(a_weapon("clone-only"))
    clone.fill(1)
    with pytest.raises(ChainForked):
        send(registry, clone)
    kept = registry.books.evidence()
    assert [one.entry for one in kept] == clone.entries[3:]
    assert {one.why for one in kept} == {"fork"}
    assert registry.books.tip(site.node).status == "quarantined"
    assert registry.books.entries(site.node, 0, 100) == tuple(site.entries)


def test_what_a_quarantined_node_sends_is_stored_and_not_folded(registry, site):
    clone = site.copy()
    clone.write(a_weapon("clone-only"))
    site.fill(1)
    send(registry, site)
    with pytest.raises(ChainForked):
        send(registry, clone)
    before = state(registry)
    site.write(a_weapon("late"))
    for _ in range(2):
        with pytest.raises(NodeQuarantined):
            send(registry, site)
    assert [one.entry for one in registry.books.evidence() if one.why == "quarantined"] == [
        site.entries[-1]
    ]
    assert state(registry) == before


def test_what_a_revoked_node_sends_is_stored_and_not_folded(registry, site):
    send(registry, site)
    assert registry.enrolment.revoke(site.node, "stolen").status == "revoked"
    site.fill(1)
    with pytest.raises(NodeQuarantined):
        send(registry, site)
    assert [one.why for one in registry.books.evidence()] == ["revoked"]
    assert registry.books.tip(site.node).number == 1


def test_the_feed_gives_others_entries_in_order_and_stops_where_it_was_told(registry, site):
    other = Site()
    registry.enrol(other)
    other.found()
    for round_ in range(4):
        site.fill(2)
        send(registry, site)
        if round_ % 2:
            other.fill(1)
            send(registry, other)
    seen, after = [], 0
    while (page := registry.books.feed(other.node, after, 3)).last > after:
        assert all(after < item.position <= page.last for item in page.items)
        seen += page.items
        after = page.last
    assert after == registry.books.head().size
    assert [item.entry for item in seen if item.public_key == site.keys.public_key] == site.entries
    assert other.keys.public_key not in {item.public_key for item in seen}


def test_the_log_proves_every_entry_and_its_own_past(registry, site):
    site.fill(9, weapons=1)
    listener = registry.listener()
    heads = [registry.books.head()]
    for entry in site.entries:
        send(registry, site, [entry])
        heads.append(registry.books.head())
    last = heads[-1]
    page = registry.books.feed(listener, 0, 100)
    for item in page.items:
        digest = bytes.fromhex(ledger.entry_hash(item.entry.header))
        proof = log.inclusion(registry.books.find, item.position - 1, last.size)
        assert tree.includes(digest, item.position - 1, last.size, proof, last.root)
    for head in heads:
        proof = log.consistency(registry.books.find, head.size, last.size)
        assert tree.begins((head.size, head.root), (last.size, last.root), proof)


def test_conflicts_are_raised_and_vanish_as_on_a_node(registry, site):
    other = Site()
    registry.enrol(other)
    site.write(a_weapon("w1", serial="AB123"))
    send(registry, site)
    assert not registry.books.conflicts()
    other.found()
    other.write(a_weapon("w2", serial="AB123"))
    send(registry, other)
    (raised,) = registry.books.conflicts()
    assert (raised.kind, raised.weapons) == ("possible_duplicate", ("w1", "w2"))
    told_apart = weapons.facts.WeaponsDistinct(WeaponId("w2"), "two guns, one number")
    site.write(Draft(WeaponId("w1"), told_apart))
    send(registry, site)
    assert not registry.books.conflicts()


def test_two_sites_at_odds_over_one_weapon_are_both_heard(registry, site):
    other = Site()
    registry.enrol(other)
    site.write(a_weapon("w1"))
    born = site.facts[-1].hash
    site.write(a_move("w1", "north", born))
    other.found()
    other.write(a_move("w1", "south", born), lamport=50)
    send(registry, other)
    send(registry, site)
    weapon = registry.books.weapon("w1")
    assert {one.place for one in weapon.custody} == {"north", "south"}
    assert [one.kind for one in registry.books.conflicts()] == ["custody_fork"]
    assert weapon == weapons.folded("w1", registry.books.history("w1"))
    assert set(conflicts.within(weapon)) == set(registry.books.conflicts())


@pytest.mark.parametrize("seed", range(3))
def test_the_register_does_not_depend_on_the_order_of_arrival(registry, seed):
    chance = random.Random(seed)
    sites = [Site() for _ in range(3)]
    heads = {}
    for site in sites:
        registry.enrol(site)
        site.found()
    for _ in range(40):
        site, weapon = chance.choice(sites), f"w{chance.randrange(4)}"
        if weapon not in heads:
            site.write(a_weapon(weapon, serial="SAME"))
        else:
            known = chance.choice(heads[weapon])
            site.write(a_move(weapon, chance.choice("abc"), known), lamport=chance.randrange(1, 99))
        heads.setdefault(weapon, []).append(site.facts[-1].hash)
    waiting = {site.node: list(site.entries) for site in sites}
    while any(waiting.values()):
        site = chance.choice([one for one in sites if waiting[one.node]])
        count = chance.randint(1, 5)
        send(registry, site, waiting[site.node][:count])
        waiting[site.node] = waiting[site.node][count:]
    for weapon in heads:
        assert registry.books.weapon(weapon) == weapons.folded(
            weapon, registry.books.history(weapon)
        )
    before = state(registry)
    assert registry.books.rebuild() == sum(len(site.facts) for site in sites) + 4
    assert state(registry) == before


HOSTILE = ("\x00", "a" * 5000, "#x", "\\", "'; DROP TABLE ev; --", "\u202e\uffff", "")


def test_no_words_can_stop_the_queue(registry, site):
    for word in HOSTILE:
        site.write(a_weapon(word, serial=word, model=word))
        site.write(Draft(word, NodeFounded(word, word, word, word)))
    send(registry, site)
    assert registry.books.tip(site.node).number == len(site.entries)
    for word in HOSTILE:
        assert registry.books.weapon(word).model == word
    assert registry.books.rebuild() == len(site.facts) + 2


def test_batches_beyond_the_limit_are_refused_whole(registry, site, monkeypatch):
    for _ in range(6):
        site.write(*(a_weapon(f"w{len(site.facts)}-{n}") for n in range(10)))
    monkeypatch.setattr(
        intake, "MOST_FACTS_A_BATCH", sum(len(one.facts) for one in site.entries) - 1
    )
    with pytest.raises(BatchTooLarge):
        send(registry, site)
    assert registry.books.tip(site.node).number == 0
    assert send(registry, site, site.entries[:5]).number == 5


def test_a_batch_of_nothing_or_of_noise_is_refused(registry, site):
    with pytest.raises(MessageUnreadable):
        send(registry, site, [])
    for noise in (b"", b"noise", wire.squeeze(b"noise"), wire.squeeze(b"{}\n{}\n")):
        with pytest.raises(MessageUnreadable):
            intake.take(registry.books, site.node, noise)


def test_a_bomb_is_refused_before_it_unfolds(registry, site):
    with pytest.raises(BatchTooLarge):
        intake.take(registry.books, site.node, wire.squeeze(bytes(wire.MOST_UNFOLDED + 1)))


def test_sites_that_push_at_once_all_get_in(registry):
    sites = [Site() for _ in range(4)]
    for number, site in enumerate(sites):
        registry.enrol(site)
        site.found()
        site.fill(8)
        site.write(a_weapon(f"own{number}", serial="SHARED"))
    failed = []

    def push(site):
        try:
            for entry in site.entries:
                send(registry, site, [entry])
        except Exception as error:  # noqa: BLE001 - a thread's trouble must reach the test
            failed.append(error)

    threads = [threading.Thread(target=push, args=[site]) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert registry.books.head().size == 5 + sum(len(site.entries) for site in sites)
    (raised,) = registry.books.conflicts()
    assert raised.weapons == ("own0", "own1", "own2", "own3")
    positions = [item.position for item in registry.books.feed(registry.listener(), 0, 500).items]
    assert positions == list(range(1, len(positions) + 1))


def test_the_table_of_facts_goes_on_in_its_next_part(postgres):
    registry = open_registry(postgres.new_database())
    try:
        with registry.database.writing() as connection:
            connection.execute(text("SELECT setval('ev_pos', :last)"), {"last": SPAN - 3})
        site = Site()
        registry.enrol(site)
        site.found()
        site.fill(10)
        send(registry, site)
        with registry.database.reading() as connection:
            parts = "SELECT DISTINCT tableoid::regclass::text FROM ev ORDER BY 1"
            assert list(connection.execute(text(parts)).scalars()) == ["ev_000000", "ev_000001"]
        assert registry.books.entries(site.node, 0, 100) == tuple(site.entries)
        make_room(registry.database)
        make_room(registry.database)
        with registry.database.reading() as connection:
            made = text("SELECT to_regclass('ev_000002') IS NOT NULL")
            assert connection.execute(made).scalar_one()
    finally:
        registry.database.close()


def test_who_waits_too_long_for_a_lock_is_told_to_come_again(postgres):
    registry = open_registry(postgres.new_database())
    site = Site()
    registry.enrol(site)
    site.found()
    try:
        with registry.database.writing() as held:
            registry.books.locked(held, site.node)
            impatient = open_registry(registry.url + "&options=-c%20lock_timeout%3D50ms")
            try:
                with pytest.raises(RegistryBusy):
                    send(impatient, site)
            finally:
                impatient.database.close()
        assert send(registry, site).number == 1
    finally:
        registry.database.close()


def test_a_large_batch_looks_for_duplicates_without_a_walk_through_the_register(postgres):
    """More new weapons than PostgreSQL proves a partial index for by itself."""
    url = postgres.new_database()
    kept_plans = "-c%20plan_cache_mode%3Dforce_generic_plan"
    registry = open_registry(f"{url}&options=-c%20enable_seqscan%3Doff%20{kept_plans}")
    try:
        site = Site()
        registry.enrol(site)
        site.found()
        site.fill(3, weapons=100)
        before = walks_through_weapons(registry)
        send(registry, site)
        assert walks_through_weapons(registry) == before
        twin = site.facts[-1].body.marks[0].text
        site.write(a_weapon("twin", serial=twin))
        send(registry, site)
        assert [one.kind for one in registry.books.conflicts()] == ["possible_duplicate"]
    finally:
        registry.database.close()
        postgres.drop(url)


def walks_through_weapons(registry):
    """How often PostgreSQL read the whole table of weapons, though it may only where it must."""
    asked = text("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'weapon'")
    with registry.database.writing() as connection:
        connection.execute(text("SELECT pg_stat_force_next_flush()"))
    with registry.database.reading() as connection:
        return connection.execute(asked).scalar_one()
