"""Witnesses asked by net to cosign the registry's head: real processes that know C2SP alone."""

from __future__ import annotations

import json
import threading

import pytest
from sqlalchemy import delete, insert, select

from stockpile.domain import tlog, wire
from stockpile.domain.errors import FieldUnreadable, WitnessUnknown
from stockpile.registry import cosigning, intake, log, witness_rounds
from stockpile.registry.log_rows import COSIGNATURE, SIGNED_HEAD
from stockpile.registry.rows import keep_head
from stockpile.registry.standing import standing
from stockpile.registry.tables import CM, TREE
from stockpile.registry.witness_rounds import AGAIN, WITNESS_ADDRESS
from tests.helpers import tlog_witness
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site
from tests.helpers.tlog_witness import NAME, SECOND

MINUTE = 60_000


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrol(made)
    made.found()
    return made


@pytest.fixture
def log_key(registry):
    own = registry.books.key
    return tlog.log_key(tlog.origin_of(own.node), own.public_key).text


@pytest.fixture
def witness(registry, log_key, tmp_path):
    """A witness that follows the log, stands named and has an address."""
    with tlog_witness.running(tmp_path / "seen.json", log_key) as running:
        named(registry, running)
        yield running


def named(registry, running):
    key = tlog.read_key(running.vkey)
    cosigning.name_witness(registry.books, key.name, key.key)
    witness_rounds.set_address(registry.books, key, running.url)


def grown(registry, site, entries=3):
    site.fill(entries, weapons=1)
    held = registry.books.tip(site.node).number
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries[held:])))
    registry.clock.at += 5000
    return registry.books.head().size


def ask(registry):
    (one,) = witness_rounds.ask_all(registry.books)
    return one


def test_a_head_is_cosigned_and_handed_on_and_the_next_one_goes_on_from_it(registry, site, witness):
    for entries in (1, 2, 5, 40):
        size = grown(registry, site, entries)
        one = ask(registry)
        assert (one.trouble, one.witnessed.size, one.witnessed.second) == ("", size, SECOND)
        note = cosigning.signed_head(registry.books)
        assert tlog.cosigned_at(note, tlog.read_key(witness.vkey)) == SECOND
    assert "someone.else" not in cosigning.signed_head(registry.books).to_bytes().decode()


def test_a_witness_that_holds_another_size_is_asked_from_there(
    registry, site, witness, tmp_path, log_key
):
    """It cosigned for somebody else meanwhile, or this registry lost its word: it says 409."""
    grown(registry, site)
    ask(registry)
    size = grown(registry, site)
    other = open_registry(registry.url)
    other.clock.at = registry.clock.at
    try:
        ask(other)
    finally:
        other.database.close()
    with registry.books.writing() as connection:
        connection.execute(delete(COSIGNATURE))
    later = grown(registry, site)
    assert later > size
    one = ask(registry)
    assert (one.trouble, one.witnessed.size) == ("", later)


def test_a_witness_that_forgot_all_is_asked_from_nothing(registry, site, witness, tmp_path):
    grown(registry, site)
    ask(registry)
    (tmp_path / "seen.json").unlink()
    size = grown(registry, site)
    one = ask(registry)
    assert (one.trouble, one.witnessed.size) == ("", size)


@pytest.mark.logs_warnings
def test_a_witness_that_saw_a_longer_log_is_an_alarm_and_stays_one(
    registry, site, witness, tmp_path
):
    """What a registry meets that was restored to an earlier moment."""
    size = grown(registry, site)
    ask(registry)
    seen = tmp_path / "seen.json"
    held = json.loads(seen.read_text())
    (origin,) = held
    seen.write_text(json.dumps({origin: [size + 50, "ab" * 32]}))
    one = ask(registry)
    assert (one.trouble, one.seen) == ("ahead", size + 50)
    assert one.witnessed.size == size
    assert standing(registry.database).witness_alarms == 1
    seen.write_text(json.dumps(held))
    assert ask(registry).trouble == ""
    assert standing(registry.database).witness_alarms == 0


@pytest.mark.logs_warnings
@pytest.mark.parametrize("entries", [0, 3])
def test_a_log_that_was_rewritten_is_cosigned_by_nobody(registry, site, witness, entries):
    grown(registry, site)
    before = ask(registry)
    rewritten(registry)
    if entries:
        grown(registry, site, entries)
    registry.clock.at += 5000
    one = ask(registry)
    assert one.trouble == "split"
    assert one.witnessed == before.witnessed


def rewritten(registry):
    """Swap two entries of the log, by whoever owns database and key."""
    with registry.books.writing() as connection:
        asked = select(CM.c.hash).order_by(CM.c.leaf_pos)
        hashes = [bytes(one) for one in connection.execute(asked).scalars()]
        hashes[1], hashes[2] = hashes[2], hashes[1]
        head, made = log.append(log.Head(), hashes)
        connection.execute(delete(TREE))
        connection.execute(delete(SIGNED_HEAD))
        rows = [{"level": one.level, "idx": one.index, "hash": one.hash} for one in made]
        connection.execute(insert(TREE), rows)
        keep_head(connection, head)


@pytest.mark.logs_warnings
def test_a_witness_of_another_log_and_one_that_trusts_another_key(registry, site, tmp_path):
    own = registry.books.key
    origin = tlog.origin_of(own.node)
    grown(registry, site)
    for logs, trouble in (
        ([], "unknown_log"), ([tlog.log_key(origin, bytes(32)).text], "refused"),
    ):  # fmt: skip
        with tlog_witness.running(tmp_path / trouble, *logs) as running:
            named(registry, running)
            assert ask(registry).trouble == trouble
    assert ask(registry).trouble == "unreachable"  # the last one is gone


@pytest.mark.logs_warnings
def test_two_witnesses_are_asked_and_one_that_is_gone_hinders_nobody(
    registry, site, witness, log_key, tmp_path
):
    with tlog_witness.running(tmp_path / "second", log_key, seed=bytes([8]) * 32) as second:
        named(registry, second)
        size = grown(registry, site)
        found = witness_rounds.ask_all(registry.books)
        assert [(one.trouble, one.witnessed.size) for one in found] == [("", size)] * 2
    size = grown(registry, site)
    found = witness_rounds.ask_all(registry.books)
    assert sorted(one.trouble for one in found) == ["", "unreachable"]
    assert max(one.witnessed.size for one in found) == size


def test_who_is_due_is_asked_once_however_many_processes_there_are(registry, site, witness):
    size = grown(registry, site)
    others = [open_registry(registry.url) for _ in range(3)]
    found = []
    for one in others:
        one.clock.at = registry.clock.at

    def turn(one):
        found.extend(witness_rounds.ask_due(one.books, MINUTE))

    threads = [threading.Thread(target=turn, args=(one,)) for one in others]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for one in others:
        one.database.close()
    assert [one.witnessed.size for one in found] == [size]


def test_nobody_is_asked_before_it_is_due_and_an_old_word_is_renewed(registry, site, witness):
    grown(registry, site)
    books = registry.books
    registry.clock.at = SECOND * 1000
    assert len(witness_rounds.ask_due(books, MINUTE)) == 1
    registry.clock.at += MINUTE
    assert witness_rounds.ask_due(books, MINUTE) == ()  # nothing grew
    grown(registry, site)
    assert len(witness_rounds.ask_due(books, MINUTE)) == 1
    grown(registry, site)
    assert witness_rounds.ask_due(books, MINUTE) == ()  # it was asked just now
    registry.clock.at += MINUTE
    assert len(witness_rounds.ask_due(books, MINUTE)) == 1
    registry.clock.at += AGAIN
    assert len(witness_rounds.ask_due(books, MINUTE)) == 1


def test_only_who_stands_named_has_an_address(registry, site, witness):
    key = tlog.read_key(witness.vkey)
    with pytest.raises(WitnessUnknown):
        witness_rounds.set_address(registry.books, tlog.witness_key(NAME, bytes(32)), witness.url)
    with pytest.raises(WitnessUnknown):
        witness_rounds.set_address(
            registry.books, tlog.witness_key("another.name", key.key), witness.url
        )
    for url in ("ftp://x", "http://", "x", "http://a@b", "http://b?c", "http://[", "file:///etc"):
        with pytest.raises(FieldUnreadable):
            witness_rounds.set_address(registry.books, key, url)
    cosigning.name_witness(registry.books, NAME, key.key, withdrawn=True)
    assert witness_rounds.ask_all(registry.books) == ()
    witness_rounds.set_address(registry.books, key, "")
    with registry.books.reading() as connection:
        assert not connection.execute(select(WITNESS_ADDRESS)).all()
