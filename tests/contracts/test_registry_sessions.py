"""Whole sessions of sites with a registry: all come to the same, whatever happens between."""

from __future__ import annotations

import contextlib
import random
import threading

import pytest

from stockpile.domain.errors import (
    BooksRolledBack,
    ChainForked,
    CodeUnknown,
    NotEnrolled,
    RegistryNonsense,
    RegistryUnreachable,
)
from stockpile.domain.facts import (
    Draft,
    MarkingBegun,
    WeaponCounted,
    WeaponDestroyed,
    WeaponInspected,
)
from tests.helpers import officers
from tests.helpers.exchanging import (
    enrolled,
    exchanging,
    served,
    sites,
)
from tests.helpers.nightly import nightly
from tests.helpers.registries import answering, open_registry, own_process
from tests.helpers.sites import (
    SiteKeys,
    a_move,
    a_weapon,
)

__all__ = ["served", "sites"]


def test_two_sites_come_to_the_same_register(registry, served, sites):
    one, two = sites("one"), sites("two")
    here, there = enrolled(registry, served, one), enrolled(registry, served, two)
    one.books.record([a_weapon("w1", serial="AB1"), a_weapon("w2", serial="AB2")], by=None)
    two.books.record([a_weapon("w3", serial="AB1")], by=None)
    sent = here.sync()
    assert (sent.sent, sent.receipt.number) == (3, 2)
    assert there.sync().sent == 2
    assert here.sync().taken >= 2
    two.books.record([a_move("w1", "north", *two.books.weapon("w1").heads.custody)], by=None)
    one.books.record([a_move("w1", "south", *one.books.weapon("w1").heads.custody)], by=None)
    for each in (here, there, here, there):
        last = each.sync()
    assert last.conflicts == 2
    assert dict(one.books.tips()) == dict(two.books.tips())
    for weapon in ("w1", "w2", "w3"):
        assert one.books.weapon(weapon) == two.books.weapon(weapon) == registry.books.weapon(weapon)
    assert (
        {raised.id for raised in one.books.conflicts()}
        == {raised.id for raised in two.books.conflicts()}
        == {raised.id for raised in registry.books.conflicts()}
    )
    assert {raised.kind for raised in one.books.conflicts()} == {
        "custody_fork", "possible_duplicate",
    }  # fmt: skip


def an_act(chance, weapon, step):
    """Something that may happen to a weapon as a site knows it."""
    heads = weapon.heads
    return chance.choice(
        (
            Draft(weapon.id, WeaponCounted("st", chance.choice("abc")), (), heads.custody),
            Draft(weapon.id, WeaponInspected("serviceable"), heads.condition),
            Draft(weapon.id, WeaponDestroyed("certificate"), heads.custody),
            a_move(weapon.id, chance.choice("abc"), *heads.custody),
            Draft(
                weapon.id,
                MarkingBegun(f"job{step}", "scheme", f"UG-{chance.randrange(4)}", step, "bench"),
                heads.marking,
            ),
        )
    )


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=nightly) for n in range(1, 8))])
def test_whatever_happens_where_all_registers_come_to_be_the_same(registry, served, sites, seed):
    chance, names = random.Random(seed), [f"w{number}" for number in range(6)]
    booked = [sites(f"site{number}", with_officers=True) for number in range(3)]
    talks = [enrolled(registry, served, one) for one in booked]
    for step in range(60):
        books, name = chance.choice(booked).books, chance.choice(names)
        if books.history(name) and chance.random() < 0.95:
            officers.by_two(books, [an_act(chance, books.weapon(name), step)])
        else:
            books.record([a_weapon(name, serial=chance.choice(["AA11", "BB22"]))], by=None)
        if chance.random() < 0.3:
            chance.choice(talks).sync()
    for talk in (*talks, *talks):
        talk.sync()
    everywhere = [*(one.books for one in booked), registry.books]
    for name in names:
        assert len({repr(books.weapon(name)) for books in everywhere}) == 1
    raised = [{one.id for one in books.conflicts()} for books in everywhere]
    assert raised[0]
    assert all(one == raised[0] for one in raised)


def test_a_session_repeated_sends_and_takes_nothing(registry, served, sites):
    one = sites("one")
    talk = enrolled(registry, served, one)
    talk.sync()
    again = talk.sync()
    assert (again.sent, again.taken) == (0, 0)
    assert again.receipt.number == one.books.tip().number
    assert one.books.peer(served).acknowledged == one.books.tip().number


def test_many_batches_arrive_whole(registry, served, sites):
    one = sites("one")
    talk = enrolled(registry, served, one)
    one.books.record([a_weapon(f"w{number}") for number in range(2500)], by=None)
    seen = []
    assert talk.sync(progress=lambda done, total: seen.append((done, total))).sent == 2501
    assert registry.books.tip(one.keys.node).hash == one.books.tip().hash
    assert seen[-1][0] == seen[-1][1]


def test_without_enrolment_there_is_no_exchange(sites):
    with pytest.raises(NotEnrolled):
        exchanging(sites("one")).sync()


def test_a_code_of_another_registry_is_not_even_sent(registry, served, sites):
    booked = sites("one")
    code = f"{'a' * 16}-abcd-efgh"
    with pytest.raises(CodeUnknown):
        exchanging(booked).enrol(served, code, "Kampala")
    assert not booked.books.peers()


def test_another_registry_at_the_same_address_is_nonsense(registry, served, sites, tmp_path):
    booked = sites("one")
    talk = enrolled(registry, served, booked)
    other = open_registry(str(tmp_path / "other.db"))
    peer = booked.books.peer(served)
    with answering(other.books) as url:
        booked.books.keep_peer(type(peer)(url, peer.registry, peer.registry_key))
        with pytest.raises(RegistryNonsense):
            talk.sync(url)
    other.database.close()


def test_a_node_that_is_older_than_the_registry_knows_it_learns_so(registry, served, sites):
    keys = SiteKeys()
    new = sites("new", keys)
    talk = enrolled(registry, served, new)
    new.books.record([a_weapon("w1")], by=None)
    talk.sync()
    old = sites("old", keys)
    old.books.keep_peer(new.books.peer(served))
    with pytest.raises((BooksRolledBack, ChainForked)):
        exchanging(old).sync()


def test_a_restored_registry_is_noticed_and_gets_everything_again(tmp_path, sites):
    kept = open_registry(str(tmp_path / "kept.db"))
    one, two = sites("one"), sites("two")
    with answering(kept.books) as url:
        here, there = enrolled(kept, url, one), enrolled(kept, url, two)
        here.sync()
        there.sync()
    kept.database.close()
    copies = {name: (tmp_path / name).read_bytes() for name in ("kept.db", "kept.db.key")}
    again = open_registry(str(tmp_path / "kept.db"))
    with answering(again.books) as moved:
        for booked in (one, two):
            booked.books.keep_peer(with_url(booked.books.peer(url), moved))
        one.books.record([a_weapon("after-backup")], by=None)
        assert here.sync(moved).rolled_back is None
        assert there.sync(moved).taken == 1
    again.database.close()
    for name, content in copies.items():
        (tmp_path / name).write_bytes(content)
    restored = open_registry(str(tmp_path / "kept.db"))
    with answering(restored.books) as last:
        for booked in (one, two):
            booked.books.keep_peer(with_url(booked.books.peer(moved), last))
        assert there.sync(last).rolled_back.had > restored.books.head().size
        noticed = here.sync(last)
        assert noticed.sent == 1
        assert noticed.rolled_back.had > noticed.rolled_back.has
        assert here.sync(last).rolled_back is None
        assert there.sync(last).rolled_back is None
        assert restored.books.weapon("after-backup").registered
    restored.database.close()


def with_url(peer, url):
    return type(peer)(
        url, peer.registry, peer.registry_key, peer.acknowledged, peer.cursor, peer.tree_head
    )


def begin(timer):
    if not timer.is_alive() and not timer.finished.is_set():
        timer.start()


@pytest.mark.parametrize("kills", [1, pytest.param(5, marks=nightly)])
def test_killed_in_the_middle_of_pushes_everything_arrives_once(registry_url, sites, kills):
    founded = open_registry(registry_url)
    one = sites("one")
    code = founded.enrolment.make_code("Kampala")
    founded.database.close()
    with own_process(registry_url) as (_running, url):
        exchanging(one).enrol(url, code, "Kampala")
        port = url.rpartition(":")[2]
    for number in range(50 * kills):
        one.books.record([a_weapon(f"w{number}-{n}") for n in range(20)], by=None)
    talk, chance = exchanging(one), random.Random(7)
    for _ in range(kills):
        with own_process(registry_url, f"127.0.0.1:{port}") as (running, _url):
            killing = threading.Timer(chance.uniform(0, 0.3), running.kill)
            with contextlib.suppress(RegistryUnreachable):
                talk.sync(progress=lambda _done, _total, killing=killing: begin(killing))
            killing.join()
    with own_process(registry_url, f"127.0.0.1:{port}"):
        talk.sync()
    after = open_registry(registry_url)
    try:
        held = after.books.entries(one.keys.node, 0, 1000)
        assert held == one.books.entries(one.keys.node, 0, 1000)
        assert after.books.tip(one.keys.node).hash == one.books.tip().hash
        assert after.books.rebuild() == one.books.tip().seq + 2
        assert not after.books.evidence()
    finally:
        after.database.close()


def test_the_service_stops_cleanly_when_told(tmp_path):
    with own_process(str(tmp_path / "registry.db")) as (running, url):
        running.terminate()
        assert running.wait() == 0
    assert url.startswith("http://127.0.0.1:")
