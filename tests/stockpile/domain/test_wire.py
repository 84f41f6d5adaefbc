from __future__ import annotations

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import excerpts, exchange, ledger, wire
from stockpile.domain.errors import BatchTooLarge, MessageUnreadable
from tests.helpers.every import every
from tests.helpers.nightly import examples
from tests.helpers.sites import Site, SiteKeys, a_move, a_weapon


@pytest.fixture(scope="module")
def site():
    made = Site()
    made.found()
    made.fill(3)
    made.entries[1] = ledger.countersigned(made.entries[1], "officer-1", made.keys.sign)
    return made


def test_entries_come_back_verbatim(site):
    assert wire.unpack(wire.pack(site.entries), 100) == tuple(site.entries)
    assert wire.unpack(wire.pack([]), 100) == ()


def test_signatures_are_one_line_and_come_back(site):
    line = wire.signatures(site.entries[1])
    assert b"\n" not in line
    entry = site.entries[1]
    assert wire.read_signatures(line) == (entry.signature, entry.officer_signatures)


@given(cut=st.integers(0, 10_000), inserted=st.binary(max_size=3))
def test_lines_that_are_not_whole_entries_never_pass_for_them(site, cut, inserted):
    raw = wire.pack(site.entries)
    at = cut % len(raw)
    changed = raw[:at] + inserted + raw[at + 1 :]
    try:
        entries = wire.unpack(changed, 100)
    except MessageUnreadable:
        return
    assert wire.pack(entries) == changed or changed.count(b"\n") == raw.count(b"\n")


def test_a_batch_cut_anywhere_is_noticed(site):
    raw = wire.pack(site.entries)
    whole = {len(wire.pack(site.entries[:count])) for count in range(5)}
    for end in set(range(len(raw))) - whole:
        with pytest.raises(MessageUnreadable):
            wire.unpack(raw[:end], 100)


def test_more_facts_than_allowed_are_refused(site):
    assert wire.unpack(wire.pack(site.entries), 10)
    with pytest.raises(BatchTooLarge):
        wire.unpack(wire.pack(site.entries), 9)


@pytest.mark.parametrize("count", [0, -1, 1001, 2**40])
def test_a_header_may_not_claim_any_number_of_facts(site, count):
    header = site.entries[0].header.replace(b'"k":1', b'"k":%d' % count)
    with pytest.raises(MessageUnreadable):
        wire.unpack(header + b"\n", 100)


@given(st.binary(max_size=4000))
def test_what_was_squeezed_unfolds(raw):
    assert wire.unfold(wire.squeeze(raw)) == raw


def test_a_bomb_does_not_unfold():
    bomb = wire.squeeze(bytes(wire.MOST_UNFOLDED + 1))
    assert len(bomb) < 10_000
    with pytest.raises(BatchTooLarge):
        wire.unfold(bomb)
    assert len(wire.unfold(wire.squeeze(bytes(10)), 10)) == 10
    with pytest.raises(BatchTooLarge):
        wire.unfold(wire.squeeze(bytes(11)), 10)


def test_a_window_that_wants_too_much_memory_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    greedy = zstandard.ZstdCompressor(compression_params=parameters)
    stream = greedy.compressobj()
    with pytest.raises(MessageUnreadable):
        wire.unfold(stream.compress(bytes(1000)) + stream.flush())


@pytest.mark.parametrize("noise", [b"", b"noise", b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08"])
def test_noise_is_unreadable(noise):
    with pytest.raises(MessageUnreadable):
        wire.unpack(wire.unfold(noise) + b"\n", 1)


@pytest.mark.parametrize("raw", [b"", b"[", b"[" * 100_000, b'{"registry":1}', b"\xff"])
def test_a_message_of_another_shape_is_unreadable(raw):
    with pytest.raises(MessageUnreadable):
        wire.decode(raw, exchange.Hello)


# --- excerpts ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def excerpt(site):
    whole = max(site.entries, key=lambda entry: len(entry.facts))
    signed = ledger.countersigned(whole, "officer-1", site.keys.sign)
    return excerpts.excerpt_of(signed, {0, len(signed.facts) - 1})


def test_an_excerpt_comes_back_verbatim_and_is_told_from_an_entry(site, excerpt):
    raw = wire.pack_excerpt(excerpt)
    assert wire.read_excerpt(wire.Lines(raw).next) == excerpt
    assert wire.is_excerpt(raw)
    assert not wire.is_excerpt(wire.pack(site.entries))
    lines = wire.Lines(wire.pack(site.entries[:1]) + raw + wire.pack(site.entries[1:2]))
    found = [wire.read_any(lines) for _ in range(3)]
    assert found == [site.entries[0], excerpt, site.entries[1]]
    assert lines.at_end
    with pytest.raises(MessageUnreadable):
        wire.read_any(lines)


@settings(max_examples=examples(400))
@given(cut=st.integers(0, 10_000), inserted=st.binary(max_size=3))
def test_an_excerpt_changed_anywhere_is_unreadable_or_another(excerpt, cut, inserted):
    raw = wire.pack_excerpt(excerpt)
    at = cut % len(raw)
    changed = raw[:at] + inserted + raw[at + 1 :]
    try:
        found = wire.read_excerpt(wire.Lines(changed).next)
    except MessageUnreadable:
        return
    assert found != excerpt or changed.startswith(raw) or raw.count(b"\n") != changed.count(b"\n")


@settings(max_examples=examples(400))
@given(st.binary(max_size=300))
def test_bytes_that_are_no_excerpt_are_only_unreadable(raw):
    for beginning in (b"", b'{"p":'):
        with pytest.raises(MessageUnreadable):
            wire.read_excerpt(wire.Lines(beginning + raw + b"\n").next)


@every(
    [
        b'{"p":[],"x":[]}',
        b'{"p":[[]],"x":[0,1]}',
        b'{"p":[%s],"x":[%s]}' % (b",".join([b"[]"] * 1001), b",".join([b"1"] * 1001)),
        b'{"p":[[]],"x":[1000]}',
        b'{"p":[[]],"x":[-1]}',
        b'{"p":[["YWJj"]],"x":[0]}',
        b'{"p":[[%s]],"x":[0]}' % b",".join([b'"%s="' % (b"A" * 43)] * 11),
        b'{"p":[[]],"x":[0],"y":1}',
        b'{"p":' + b"[" * 5000,
    ]
)
def test_a_line_that_places_no_facts_is_refused(line):
    with pytest.raises(MessageUnreadable):
        wire.read_excerpt(wire.Lines(line + b"\n").next)


def test_a_days_moves_travel_in_few_bytes():
    """Ten facts an entry, each naming the one that it replaces: digests are most of it."""
    moved = Site(SiteKeys(bytes(range(32))))
    moved.found()
    for first in range(0, 400, 10):
        moved.write(*(a_weapon(f"w{one}") for one in range(first, first + 10)))
        heads = [(fact.subject, fact.hash) for fact in moved.facts[-10:]]
        moved.write(*(a_move(weapon, "rack-7", head) for weapon, head in heads))
    raw = wire.pack(moved.entries)
    assert len(wire.squeeze(raw)) < 60 * len(moved.facts)
    assert len(wire.squeeze(raw)) < len(zstandard.ZstdCompressor(level=3).compress(raw))


def test_no_more_officers_are_read_than_sign_and_none_of_a_line_longer_than_theirs(site):
    """Each empty pair in a list takes sixteen times its bytes once it is read."""
    header, _signatures, *facts = wire.pack(site.entries[:1]).splitlines()

    def read(officers, ended=b""):
        line = b'{"o":[' + b",".join([b'["",""]'] * officers) + b'],"s":""' + ended + b"}"
        return wire.unpack(b"".join(one + b"\n" for one in (header, line, *facts)), 100)

    assert len(read(excerpts.MOST_OFFICERS)[0].officer_signatures) == excerpts.MOST_OFFICERS
    for said in ((excerpts.MOST_OFFICERS + 1,), (3_000_000,), (1, b" " * (1 << 14))):
        with pytest.raises(MessageUnreadable):
            read(*said)
    with pytest.raises(MessageUnreadable, match="length"):
        wire.read_excerpt(wire.Lines(b'{"p":[' + b"[]," * 200_000 + b'[]],"x":[0]}\n').next)
