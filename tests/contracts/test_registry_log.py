"""The registry's log before witnesses and mirrors, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import pytest
from nacl.signing import SigningKey

from stockpile.domain import tiles, tlog, tree, wire, witnessing
from stockpile.domain.errors import (
    HeadNeverWas,
    NoteUnreadable,
    QuantityUnreadable,
    TileUnknown,
    WitnessUnknown,
)
from stockpile.domain.ledger import TreeHead
from stockpile.domain.witnessing import Witness
from stockpile.registry import cosigning, intake, log_rows, sightings
from tests.helpers.naive_trees import NaiveTree
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site

WITNESS, OTHER = SigningKey(bytes([7]) * 32), SigningKey(bytes([8]) * 32)


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrol(made)
    made.found()
    return made


def send(registry, site, entries=None):
    packed = wire.pack(site.entries if entries is None else entries)
    return intake.take(registry.books, site.node, wire.squeeze(packed))


def naive(registry):
    """The log as anybody reads it from its bundles."""
    size = registry.books.head().size
    entries = []
    with registry.books.reading() as connection:
        for one in tiles.tiles_of(size):
            if one.level == tiles.ENTRIES:
                raw = log_rows.tile(connection, one)
                entries += [raw[at + 2 : at + 34] for at in range(0, len(raw), 34)]
    return NaiveTree(entries)


def signer(key, name="Inspectorate"):
    return Witness(name, bytes(key.verify_key), is_attested=False).keys[0]


def sign(key):
    return lambda message: key.sign(message).signature


def cosigned(registry, key=WITNESS, old=0, second=1_790_000_000):
    made = cosigning.offer(registry.books, old)
    return witnessing.cosigned(made, signer(key), second, sign(key)).to_bytes()


def name(registry, key=WITNESS, *, withdrawn=False):
    cosigning.name_witness(
        registry.books, "Inspectorate", bytes(key.verify_key), withdrawn=withdrawn
    )


def test_tiles_and_proofs_are_those_of_a_tree_that_is_written_down_naively(registry, site):
    site.fill(300, weapons=1)
    send(registry, site)
    size, whole = registry.books.head().size, naive(registry)
    assert len(whole.entries) == size > tiles.WIDTH
    assert whole.root(size) == registry.books.head().root
    with registry.books.reading() as connection:
        for one in tiles.tiles_of(size):
            if one.level >= 0:
                raw, span = log_rows.tile(connection, one), tiles.WIDTH**one.level
                parts = [
                    NaiveTree(whole.entries[at * span : (at + 1) * span]).root(span)
                    for at in range(one.first, one.first + one.width)
                ]
                assert raw.hex() == "".join(parts)
        for asked in (1, 2, 255, 256, 257, size):
            assert log_rows.root_at(connection, asked) == whole.root(asked)
    for position, at in ((1, 1), (1, size), (256, 256), (257, size), (size, size), (7, 100)):
        proof = cosigning.inclusion(registry.books, position, at)
        assert proof.steps == whole.inclusion(position - 1, at)
    for old in (1, 2, 100, 255, 256, size):
        assert cosigning.offer(registry.books, old).steps == whole.consistency(old, size)


def test_no_tile_is_given_that_there_is_not(registry, site):
    send(registry, site)
    size = registry.books.head().size
    with registry.books.reading() as connection:
        for path in (f"0/000.p/{size + 1}", "0/000", "1/000.p/1", "0/001", "63/000",
                     "entries/000", "0/x999/x999/x999/999"):  # fmt: skip
            with pytest.raises(TileUnknown):
                log_rows.tile(connection, tiles.read_path(path))


def test_nothing_is_proved_beyond_what_there_is(registry, site):
    send(registry, site)
    size = registry.books.head().size
    for position, at in ((0, size), (size + 1, size + 1), (2, 1), (1, 2**62), (-1, size), (1, 0)):
        with pytest.raises(QuantityUnreadable):
            cosigning.inclusion(registry.books, position, at)
    for old in (-1, size + 1, 2**62):
        with pytest.raises(QuantityUnreadable):
            cosigning.offer(registry.books, old)


def test_a_receipt_is_proved_in_every_later_head(registry, site):
    receipt = send(registry, site)
    site.fill(20)
    send(registry, site)
    head = registry.books.head()
    proof = cosigning.inclusion(registry.books, receipt.position, head.size)
    entry = bytes.fromhex(receipt.hash)
    assert tree.includes(entry, receipt.position - 1, head.size, proof.steps, head.root)


def test_a_head_is_signed_at_most_once_a_second_and_every_process_shows_the_same(registry, site):
    send(registry, site)
    first = cosigning.signed_head(registry.books)
    site.fill(3)
    send(registry, site)
    other = open_registry(registry.url)
    try:
        other.clock.at = registry.clock.at = registry.clock.at + 500
        assert cosigning.signed_head(registry.books) == first
        assert cosigning.signed_head(other.books) == first
        registry.clock.at += 1000
        second = cosigning.signed_head(registry.books)
        assert tlog.read_checkpoint(second.text).head == (
            registry.books.head().size, registry.books.head().root,
        )  # fmt: skip
        assert cosigning.signed_head(other.books) == second
    finally:
        other.database.close()


def test_a_clock_that_was_set_back_stops_no_head(registry, site):
    send(registry, site)
    cosigning.signed_head(registry.books)
    site.fill(3)
    send(registry, site)
    registry.clock.at -= 3_600_000
    now = tlog.read_checkpoint(cosigning.signed_head(registry.books).text)
    assert now.size == registry.books.head().size


def test_what_a_named_witness_cosigned_is_handed_on(registry, site):
    send(registry, site)
    name(registry)
    registry.clock.at += 2000
    taken = cosigning.take(registry.books, cosigned(registry))
    assert [one.key for one in taken] == [bytes(WITNESS.verify_key)]
    note = cosigning.signed_head(registry.books)
    assert tlog.cosigned_at(note, signer(WITNESS)) == 1_790_000_000
    site.fill(3)
    send(registry, site)
    registry.clock.at += 2000
    assert tlog.cosigned_at(cosigning.signed_head(registry.books), signer(WITNESS)) is None
    (kept,) = cosigning.cosigned_heads(registry.books).notes
    assert kept.encode() == note.to_bytes()


def test_each_witness_is_shown_with_its_newest_head(registry, site):
    name(registry)
    name(registry, OTHER)
    cosigning.take(registry.books, cosigned(registry, OTHER))
    send(registry, site)
    registry.clock.at += 2000
    cosigning.take(registry.books, cosigned(registry, WITNESS))
    heads = [tlog.read_note(one.encode()) for one in cosigning.cosigned_heads(registry.books).notes]
    sizes = [tlog.read_checkpoint(one.text).size for one in heads]
    assert len(heads) == 2
    assert sizes == sorted(sizes, reverse=True)
    assert tlog.cosigned_at(heads[0], signer(WITNESS))
    assert tlog.cosigned_at(heads[1], signer(OTHER))


def test_a_witness_whom_nobody_named_and_one_withdrawn_are_not_heard(registry, site):
    with pytest.raises(WitnessUnknown):
        cosigning.take(registry.books, cosigned(registry))
    name(registry)
    cosigning.take(registry.books, cosigned(registry))
    name(registry, withdrawn=True)
    with pytest.raises(WitnessUnknown):
        cosigning.take(registry.books, cosigned(registry, second=1_790_000_009))
    assert cosigning.cosigned_heads(registry.books).notes == ()


def test_an_older_word_that_comes_again_changes_nothing(registry, site):
    name(registry)
    early, late = cosigned(registry, second=5), cosigned(registry, second=9)
    cosigning.take(registry.books, late)
    shown = cosigning.cosigned_heads(registry.books)
    cosigning.take(registry.books, early)
    assert cosigning.cosigned_heads(registry.books) == shown
    send(registry, site)
    registry.clock.at += 2000
    cosigning.take(registry.books, cosigned(registry, second=10))
    newest = cosigning.cosigned_heads(registry.books)
    cosigning.take(registry.books, late)
    assert cosigning.cosigned_heads(registry.books) == newest


def test_a_head_that_never_was_is_taken_from_nobody(registry, site):
    name(registry)
    key, node = registry.books.key, registry.books.key.node
    size = registry.books.head().size
    for head in ((size, "ab" * 32), (size + 1, "ab" * 32), (2**53 - 1, "ab" * 32), (0, "cd" * 32)):
        note = tlog.signed_head(node, key.public_key, head, key.sign)
        line = tlog.cosigned(note.text, signer(WITNESS), 5, sign(WITNESS))
        with pytest.raises(HeadNeverWas):
            cosigning.take(registry.books, note.with_signatures([line]).to_bytes())
    elsewhere = tlog.signed_head("z" * 16, key.public_key, (0, "ab" * 32), key.sign)
    with pytest.raises(HeadNeverWas):
        cosigning.take(registry.books, elsewhere.to_bytes())


def test_a_forged_cosignature_in_a_witnesss_name_is_refused(registry, site):
    name(registry)
    good = tlog.read_note(cosigned(registry))
    made = tlog.cosigned(good.text, signer(WITNESS), 5, sign(OTHER))
    with pytest.raises(NoteUnreadable):
        cosigning.take(registry.books, tlog.Note(good.text, (made,)).to_bytes())


# --- heads that nodes were shown ------------------------------------------------------------------


def seen_by(registry, size=None, root=None, log=None):
    head = registry.books.head()
    own = registry.books.key.node
    return TreeHead(head.size if size is None else size, root or head.root, log or own)


def test_a_head_that_this_log_had_is_no_alarm(registry, site):
    send(registry, site)
    site.seen = seen_by(registry)
    site.fill(4)
    send(registry, site)
    with registry.books.reading() as connection:
        assert sightings.count(connection) == 0


@pytest.mark.logs_warnings
def test_a_head_that_this_log_never_had_is_kept_once_with_who_saw_it(registry, site):
    send(registry, site)
    site.seen = seen_by(registry, root="ab" * 32)
    site.fill(3)
    site.seen = seen_by(registry, size=10**9, root="cd" * 32)
    site.fill(2)
    send(registry, site)
    send(registry, site)
    with registry.books.reading() as connection:
        found = {one.size: one for one in sightings.all_seen(connection)}
        assert sightings.count(connection) == len(found) == 2
    assert (found[3].node, found[3].number) == (site.node, 2)
    assert (found[10**9].root, found[10**9].number) == ("cd" * 32, 5)
    assert registry.books.tip(site.node).number == 6


@pytest.mark.logs_warnings
def test_a_node_that_invents_heads_costs_no_endless_work(registry, site):
    for number in range(sightings.MOST_HEADS + 20):
        site.seen = seen_by(registry, size=1000 + number, root="ab" * 32)
        site.fill(1, weapons=1)
    send(registry, site)
    with registry.books.reading() as connection:
        found = [one.size for one in sightings.all_seen(connection)]
    assert len(found) == sightings.MOST_HEADS
    assert max(found) == 1000 + sightings.MOST_HEADS + 19


def test_heads_of_other_logs_are_left_aside(registry, site):
    site.seen = seen_by(registry, root="ab" * 32, log="z" * 16)
    site.fill(2)
    site.seen = TreeHead(1, "ab" * 32)
    site.fill(2)
    send(registry, site)
    with registry.books.reading() as connection:
        assert sightings.count(connection) == 0
