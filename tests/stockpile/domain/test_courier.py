"""Nothing in a courier file is believed that its sender did not sign."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import dataclass, replace

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import courier, excerpts, wire
from stockpile.domain.courier import (
    ChainPart,
    Content,
    FeedRead,
    FeedStretch,
    Held,
    Lacked,
    Manifest,
)
from stockpile.domain.errors import CourierForged, CourierTooLarge
from stockpile.domain.exchange import BlockRequest, Receipt, TreeProof
from stockpile.domain.values import Digest, WeaponId
from tests.helpers.nightly import examples
from tests.helpers.sites import Site, SiteKeys

KEYS = SiteKeys()


@pytest.fixture(scope="module")
def content():
    site = Site(KEYS)
    site.found()
    site.fill(3)
    manifest = Manifest(
        1, "id-1", KEYS.node, KEYS.public_key.hex(), "Kampala", ("b" * 16,), 5,
        (ChainPart(KEYS.node, 1, 4),), 10,
    )  # fmt: skip
    return Content(manifest, (Held(KEYS.node, 4, site.tip.hash),), tuple(site.entries))


def test_what_was_packed_is_unpacked(content):
    whole = courier.sealed(content.manifest, b"locked\nwith lines", KEYS.sign)
    assert courier.unsealed(whole, "f") == (content.manifest, b"locked\nwith lines")
    plain = courier.packed(content)
    assert courier.unpacked(plain, content.manifest, "f") == content


def test_what_is_asked_of_a_registry_and_what_it_answers_comes_through(content):
    receipt = Receipt(KEYS.node, 4, content.holds[0].hash, 9, 12, Digest("a" * 64), 7, b"signed")
    whole = replace(
        content,
        read=FeedRead(KEYS.node, "ab.1", 3, 12),
        asks=(BlockRequest("scheme", 500, 2),),
        receipts=(receipt,),
        feed=FeedStretch("ab.1", 3, 8, 9),
        proof=TreeProof(3, 12, (bytes(32),)),
    )
    assert courier.unpacked(courier.packed(whole), whole.manifest, "f") == whole


def test_both_histories_of_a_computer_come_through_beside_the_chains(content, monkeypatch):
    whole = replace(content, beside=content.entries[1:])
    assert courier.unpacked(courier.packed(whole), whole.manifest, "f") == whole
    monkeypatch.setattr(courier, "MOST_BESIDE", 1)
    found = courier.unpacked(courier.packed(whole), whole.manifest, "f")
    assert found.beside == content.entries[1:2]


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_of_a_file_can_be_changed(place, change):
    manifest = Manifest(1, "i", KEYS.node, KEYS.public_key.hex(), "K", (), 5, (), 0)
    whole = bytearray(courier.sealed(manifest, b"locked content", KEYS.sign))
    whole[place % len(whole)] ^= change
    with pytest.raises(CourierForged):
        courier.unsealed(bytes(whole), "f")


@pytest.mark.parametrize("end", [0, 10, 40, 200, -1])
def test_no_file_can_be_cut_short(content, end):
    whole = courier.sealed(content.manifest, b"locked", KEYS.sign)
    with pytest.raises(CourierForged):
        courier.unsealed(whole[:end], "f")


def test_nobody_signs_for_another(content):
    stranger = SiteKeys()
    whole = courier.sealed(content.manifest, b"locked", stranger.sign)
    with pytest.raises(CourierForged):
        courier.unsealed(whole, "f")
    posing = replace(content.manifest, key=stranger.public_key.hex())
    with pytest.raises(CourierForged):
        courier.unsealed(courier.sealed(posing, b"locked", stranger.sign), "f")


def test_a_version_of_a_newer_program_is_not_guessed_at(content):
    newer = replace(content.manifest, v=2)
    with pytest.raises(CourierForged):
        courier.unsealed(courier.sealed(newer, b"locked", KEYS.sign), "f")


def test_the_content_is_bound_to_the_manifest_outside(content):
    plain = courier.packed(content)
    for other in (replace(content.manifest, to=()), replace(content.manifest, id="id-2")):
        with pytest.raises(CourierForged):
            courier.unpacked(plain, other, "f")
    lies = replace(content, manifest=replace(content.manifest, chains=()))
    with pytest.raises(CourierForged):
        courier.unpacked(courier.packed(lies), lies.manifest, "f")


def test_a_few_bytes_never_unfold_into_everything(content, monkeypatch):
    monkeypatch.setattr(courier, "MOST_UNFOLDED", 1 << 20)
    bomb = zstandard.ZstdCompressor().compress(bytes(2 << 20))
    with pytest.raises(CourierTooLarge):
        courier.unpacked(bomb, content.manifest, "f")
    with pytest.raises(CourierForged):
        courier.unpacked(b"no frame", content.manifest, "f")
    monkeypatch.setattr(courier, "MOST_UNFOLDED", 10)
    with pytest.raises(CourierTooLarge):
        courier.packed(content)
    monkeypatch.setattr(courier, "MOST_BYTES", 10)
    with pytest.raises(CourierTooLarge):
        courier.sealed(content.manifest, b"locked", KEYS.sign)


def test_an_entry_that_is_missing_inside_is_noticed(content):
    holes = replace(content, entries=(content.entries[0], *content.entries[2:]))
    with pytest.raises(CourierForged):
        courier.unpacked(courier.packed(holes), content.manifest, "f")
    cut = wire.squeeze(wire.unfold(courier.packed(content))[:-5])
    with pytest.raises(CourierForged):
        courier.unpacked(cut, content.manifest, "f")


def test_words_are_as_many_as_their_bytes_and_are_read_however_they_are_typed():
    words = courier.words_of(bytes(range(10)))
    assert [len(one) for one in words.split()] == [5] * courier.WORDS
    assert courier.tidied_words(words.upper().replace(" ", " - ")) == words
    assert courier.words_of(bytes.fromhex("7f000001")) == "lusab babad"  # the proquint of 127.0.0.1


# --- single facts --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_excerpts(content):
    third = Site()
    third.found()
    third.fill(2)
    cut = tuple(excerpts.excerpt_of(entry, [1]) for entry in third.entries[1:])
    return replace(content, excerpts=cut)


def test_single_facts_come_back_and_prove_themselves(with_excerpts):
    found = courier.unpacked(courier.packed(with_excerpts), with_excerpts.manifest, "f")
    assert found == with_excerpts


def test_a_program_that_knows_no_excerpts_reads_the_rest_of_the_file(content, with_excerpts):
    """Its shape of the second line has no excerpts; what it does not know, it passes over."""

    @dataclass(frozen=True, slots=True)
    class Before:
        holds: tuple[Held, ...]
        hot_lists: tuple[bytes, ...] = ()

    lines = wire.Lines(wire.unfold(courier.packed(with_excerpts)))
    assert lines.next() == wire.encode(content.manifest)
    assert wire.decode(lines.next(), Before) == Before(content.holds)
    read = []
    while not lines.at_end:
        read.append(wire.read_entry(lines.next))
    assert tuple(read) == content.entries


def test_a_file_of_a_program_that_knows_no_excerpts_opens_as_before(content):
    plain = wire.unfold(courier.packed(content))
    manifest, held, rest = plain.split(b"\n", 2)
    older = {name: value for name, value in json.loads(held).items() if name != "excerpts"}
    packed = wire.squeeze(b"\n".join((manifest, json.dumps(older).encode(), rest)))
    assert courier.unpacked(packed, content.manifest, "f") == content


@settings(max_examples=examples(400), deadline=None)
@given(st.integers(0, 100_000), st.binary(max_size=4), st.integers(0, 3))
def test_whatever_is_changed_under_the_lock_is_refused_by_name_or_another_content(
    with_excerpts, place, put, taken
):
    plain = wire.unfold(courier.packed(with_excerpts))
    at = place % len(plain)
    changed = wire.squeeze(plain[:at] + put + plain[at + taken :])
    try:
        found = courier.unpacked(changed, with_excerpts.manifest, "f")
    except (CourierForged, CourierTooLarge):
        return
    assert found.manifest == with_excerpts.manifest


@settings(max_examples=examples(400), deadline=None)
@given(st.binary(max_size=400))
def test_bytes_that_are_no_courier_file_are_refused_by_name(content, raw):
    for whole in (raw, courier.MAGIC + b"\n" + raw, raw.join([courier.MAGIC] * 3)):
        with pytest.raises(CourierForged):
            courier.unsealed(whole, "f")
    for packed in (raw, wire.squeeze(raw), wire.squeeze(wire.encode(content.manifest) + raw)):
        with pytest.raises((CourierForged, CourierTooLarge)):
            courier.unpacked(packed, content.manifest, "f")


def test_many_facts_in_excerpts_are_counted_like_those_of_entries(with_excerpts, monkeypatch):
    packed = courier.packed(with_excerpts)
    monkeypatch.setattr(courier, "MOST_FACTS", 1)
    with pytest.raises(CourierTooLarge):
        courier.unpacked(packed, with_excerpts.manifest, "f")


def test_a_hostile_file_takes_no_more_memory_than_a_bound_times_itself(content, monkeypatch):
    """A line of excerpts that is all brackets, escapes or paths: a few times its own size."""
    monkeypatch.setattr(courier, "MOST_UNFOLDED", 4 << 20)
    for text in ("[" * 300_000, "\\n" * 300_000, '{"p":[' + "[]," * 100_000, '{"p":[["AAAA' * 9):
        held = json.dumps({"holds": [], "hot_lists": [], "excerpts": text + "\n"}).encode()
        raw = wire.squeeze(b"\n".join((wire.encode(content.manifest), held, b"")))
        tracemalloc.start()
        try:
            with pytest.raises((CourierForged, CourierTooLarge)):
                courier.unpacked(raw, content.manifest, "f")
            assert tracemalloc.get_traced_memory()[1] < 64 << 20
        finally:
            tracemalloc.stop()


def test_photos_that_are_missed_come_back_and_earlier_programs_pass_them_over(content, monkeypatch):
    lacks = tuple(Lacked(WeaponId("w"), Digest(name * 64)) for name in "abc")
    asking = replace(content, lacks=lacks)
    packed = courier.packed(asking)
    assert courier.unpacked(packed, content.manifest, "f") == asking
    assert courier.unpacked(courier.packed(content), content.manifest, "f").lacks == ()

    @dataclass(frozen=True, slots=True)
    class Before:
        holds: tuple[Held, ...]
        hot_lists: tuple[bytes, ...] = ()
        excerpts: str = ""

    lines = wire.Lines(wire.unfold(packed))
    lines.next()
    assert wire.decode(lines.next(), Before) == Before(content.holds)
    monkeypatch.setattr(courier, "MOST_LACKED", 2)
    assert courier.unpacked(packed, content.manifest, "f").lacks == lacks[:2]
