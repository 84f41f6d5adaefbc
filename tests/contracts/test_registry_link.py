from __future__ import annotations

import contextlib
import random
import socket
import threading
from contextlib import contextmanager

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import exchange, ledger, tree, wire
from stockpile.domain.errors import (
    BatchTooLarge,
    BooksRolledBack,
    ChainBroken,
    ChainForked,
    ChainGap,
    CodeUnknown,
    FieldUnreadable,
    NodeQuarantined,
    NodeUnknown,
    NotEnrolled,
    RegistryNonsense,
    RegistryRefused,
    RegistryUnreachable,
)
from stockpile.domain.facts import (
    Draft,
    MarkingBegun,
    WeaponCounted,
    WeaponDestroyed,
    WeaponInspected,
)
from stockpile.registry import books as registry_books
from stockpile.services.exchange import Exchanging
from tests.helpers import officers
from tests.helpers.nightly import nightly
from tests.helpers.registries import answering, open_registry, own_process
from tests.helpers.sites import (
    CountingChance,
    SettableClock,
    Site,
    SiteKeys,
    a_move,
    a_weapon,
    open_site,
)
from tests.helpers.talks import Talk


@pytest.fixture
def served(registry):
    """The registry's address, with a real server behind it."""
    with answering(registry.books) as url:
        yield url


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrol(made)
    made.found()
    return made


@contextmanager
def linked(url, keys, clock, registry_key=None, patience=10.0):
    link = HttpRegistryLinks(keys, clock, CountingChance(), patience).open(url, registry_key)
    try:
        yield link
    finally:
        link.close()


@pytest.fixture
def link(registry, served, site):
    with linked(served, site.keys, registry.clock, registry.books.key.public_key) as opened:
        yield opened


@pytest.fixture
def sites(tmp_path):
    """Opens sites with real books, and closes them."""
    opened = []

    def new(name, keys=None, **how):
        opened.append(open_site(tmp_path / name, keys, **how))
        return opened[-1]

    yield new
    for one in opened:
        one.close()


def exchanging(booked):
    links = HttpRegistryLinks(booked.keys, booked.clock, CountingChance(), 10.0)
    return Talk(Exchanging(booked.books, booked.keys, links, booked.clock))


def enrolled(registry, url, booked):
    """Enrol a site with books over the wire and return its exchange."""
    made = exchanging(booked)
    made.enrol(url, registry.enrolment.make_code("Kampala"), "Kampala")
    return made


# --- the protocol -------------------------------------------------------------------------------


def test_hello_says_who_and_how_much(registry, link):
    said = link.hello()
    assert said.registry == registry.books.key.node
    assert (said.log_size, said.log_root) == (
        registry.books.head().size,
        registry.books.head().root,
    )
    assert said.oldest <= exchange.PROTOCOL_1 <= said.newest


def test_a_wrong_clock_shuts_nobody_out(registry, served, site):
    site_clock = type(registry.clock)(at=0)
    with linked(served, site.keys, site_clock) as opened:
        opened.hello()
        assert opened.tip(site.node).status == "enrolled"


def test_a_request_of_another_time_is_refused(registry, served, site):
    site_clock = type(registry.clock)(at=0)
    with linked(served, site.keys, site_clock) as opened, pytest.raises(RegistryRefused) as refused:
        opened.tip(site.node)
    assert refused.value.reason == "stale"


def test_push_tip_and_feed(registry, link, site):
    site.fill(3)
    assert link.tip(site.node).number == 0
    receipt = link.push(site.node, site.entries)
    assert exchange.receipt_names(receipt, site.node, site.tip)
    assert link.tip(site.node).hash == site.tip.hash
    page = link.feed(0, 100)
    assert {item.public_key for item in page.items} == {registry.books.key.public_key}
    assert page.last == page.log_size == receipt.log_size


def test_the_registry_proves_that_its_log_only_grows(registry, link, site):
    site.fill(6, weapons=1)
    heads = [registry.books.head()]
    for entry in site.entries:
        link.push(site.node, [entry])
        heads.append(registry.books.head())
    shown = [(head.size, head.root) for head in heads]
    for old in shown[:-1]:
        said = link.consistency(old[0], shown[-1][0])
        assert tree.begins(old, shown[-1], said.steps)
        assert not tree.begins((old[0], "ab" * 32), shown[-1], said.steps)
    for old, size in ((0, 1), (3, 2), (1, 10**6), (-1, -1)):
        with pytest.raises(RegistryRefused):
            link.consistency(old, size)


def test_a_node_gets_its_own_chain_back_and_nobody_elses(registry, link, site, monkeypatch):
    site.fill(6, weapons=2)
    link.push(site.node, site.entries)
    assert link.entries(site.node, 2) == tuple(site.entries[2:])
    assert link.entries(site.node, len(site.entries)) == ()
    monkeypatch.setattr(registry_books, "MOST_FACTS_A_BATCH", 4)
    assert link.entries(site.node, 1) == tuple(site.entries[1:3])
    with pytest.raises(NodeUnknown):
        link.entries(registry.books.key.node, 0)


def test_each_no_has_its_own_meaning(registry, link, site):
    site.fill(2)
    with pytest.raises(ChainGap):
        link.push(site.node, site.entries[1:])
    broken = ledger.Entry(site.entries[0].header, bytes(64), site.entries[0].facts)
    with pytest.raises(ChainBroken):
        link.push(site.node, [broken])
    with pytest.raises(NodeUnknown):
        link.tip("a" * 16)
    clone = site.copy()
    clone.write(a_weapon("clone-only"))
    site.fill(1)
    link.push(site.node, site.entries)
    with pytest.raises(ChainForked):
        link.push(site.node, clone.entries)
    with pytest.raises(NodeQuarantined):
        link.push(site.node, site.entries)
    with pytest.raises(NodeQuarantined):
        link.feed(0, 10)
    assert link.tip(site.node).status == "quarantined"


def test_too_large_a_batch_is_refused(link, site):
    for _ in range(6):
        site.write(*(a_weapon(f"w{len(site.facts)}-{n}") for n in range(1000)))
    with pytest.raises(BatchTooLarge):
        link.push(site.node, site.entries)
    assert link.push(site.node, site.entries[:5]).number == 5


def test_a_stranger_is_not_answered(registry, served, site):
    stranger = SiteKeys()
    with linked(served, stranger, registry.clock) as opened, pytest.raises(NodeUnknown):
        opened.tip(stranger.node)


def test_nobody_asks_in_anothers_name(registry, served, site):
    thief = SiteKeys()
    thief.node = site.node
    with linked(served, thief, registry.clock) as opened, pytest.raises(RegistryRefused) as refused:
        opened.tip(site.node)
    assert refused.value.reason == "signature"


def test_a_code_lets_in_one_node_once(registry, served):
    code = registry.enrolment.make_code("Kampala Central", "KLA")
    first, second = SiteKeys(), SiteKeys()
    with linked(served, first, registry.clock) as opened:
        certificate = opened.enrol(first.request(code))
        assert certificate.name == "Kampala Central"
        assert opened.enrol(first.request(code)).node == first.node
        with pytest.raises(CodeUnknown):
            opened.enrol(second.request(code))
        with pytest.raises(CodeUnknown):
            opened.enrol(second.request("not-a-code"))
        forged = exchange.signed(second.request(code), first.sign)
        with pytest.raises(RegistryRefused):
            opened.enrol(forged)


def test_guessing_codes_is_slowed_down(registry, served):
    guesser = SiteKeys()
    with linked(served, guesser, registry.clock) as opened:
        for number in range(20):
            with pytest.raises(CodeUnknown):
                opened.enrol(guesser.request(f"guess-{number}"))
        with pytest.raises(RegistryUnreachable):
            opened.enrol(guesser.request(registry.enrolment.make_code("right")))


@pytest.mark.parametrize(
    "url", ["", "registry", "ftp://x", "http://", "http://a b", "http://x/?q", "javascript:1"]
)
def test_an_address_that_is_none(url):
    with pytest.raises(FieldUnreadable):
        HttpRegistryLinks(SiteKeys(), None, None).open(url, None)


@pytest.fixture
def registry_clock():
    return SettableClock()


# --- whoever else answers -----------------------------------------------------------------------


@contextmanager
def saying(answer: bytes):
    """Listen on a port and give every caller the same bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_all():
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller:
                    caller.recv(65536)
                    caller.sendall(answer)

        thread = threading.Thread(target=answer_all)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers)
    return "\r\n".join((*lines, "", "")).encode() + body


NONSENSE = {
    "html": http(b"<html>Log in to the hotel's network</html>"),
    "another JSON": http(b'{"ok": true}'),
    "a list": http(b"[1, 2]"),
    "deep JSON": http(b"[" * 100_000),
    "redirect": http(b"", "302 Found", "location: http://127.0.0.1:1/"),
    "not found": http(b"nothing here", "404 Not Found"),
    "no HTTP": b"220 mail.example ESMTP\r\n\r\n",
    "gzip": http(b"\x1f\x8b\x08\x00", "200 OK", "content-encoding: gzip"),
    "empty": http(b""),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_called_nonsense(what, registry_clock):
    keys = SiteKeys()
    with saying(NONSENSE[what]) as url, linked(url, keys, registry_clock) as opened:
        for ask in (
            opened.hello,
            lambda: opened.tip(keys.node),
            lambda: opened.push(keys.node, []),
            lambda: opened.feed(0, 1),
            lambda: opened.enrol(keys.request("code")),
        ):
            with pytest.raises(RegistryNonsense):
                ask()


def test_a_bomb_in_the_feed_is_nonsense(registry_clock):
    bomb = wire.squeeze(bytes(wire.MOST_UNFOLDED + 1))
    with (
        saying(http(bomb)) as url,
        linked(url, SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryNonsense),
    ):
        opened.feed(0, 1)


def test_an_endless_answer_is_cut_off(registry_clock):
    with (
        saying(http(bytes(9 << 20))) as url,
        linked(url, SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryNonsense),
    ):
        opened.hello()


def test_a_receipt_signed_by_another_is_nonsense(registry, served, site):
    with (
        linked(served, site.keys, registry.clock, SiteKeys().public_key) as opened,
        pytest.raises(RegistryNonsense),
    ):
        opened.push(site.node, site.entries)


def test_nobody_listens(registry_clock):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with (
        linked(f"http://127.0.0.1:{port}", SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryUnreachable),
    ):
        opened.hello()


@pytest.mark.parametrize(
    "answer",
    [
        http(b"bad gateway", "502 Bad Gateway"),
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf",
    ],
)
def test_a_server_in_trouble_is_unreachable(answer, registry_clock):
    with (
        saying(answer) as url,
        linked(url, SiteKeys(), registry_clock) as opened,
        pytest.raises(RegistryUnreachable),
    ):
        opened.hello()


# --- whole sessions -----------------------------------------------------------------------------


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
