"""Nothing in a photos' file is believed that its sender did not sign, and none is half a file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import photo_courier, wire
from stockpile.domain.courier import Lacked
from stockpile.domain.errors import CourierForged, CourierTooLarge
from stockpile.domain.photo_courier import LENGTH, MAGIC, Carried, PhotoList, PhotoManifest
from stockpile.domain.values import Digest, WeaponId
from tests.helpers.every import every
from tests.helpers.nightly import examples
from tests.helpers.sites import SiteKeys

KEYS = SiteKeys()
PICTURES = (b"a photo", b"another one", b"a third")
PARTS = (b"locked one", b"locked two", b"locked list")


def digest(content):
    return Digest(hashlib.sha256(content).hexdigest())


def carried(part, content, weapon="w"):
    return Carried(WeaponId(weapon), digest(content), part, len(content))


LISTED = PhotoList(
    KEYS.node, ("b" * 16,), 5, "AGE-SECRET-KEY-1",
    (carried(0, PICTURES[0]), carried(0, PICTURES[1]), carried(1, PICTURES[2])),
    (Lacked(WeaponId("w9"), digest(b"left")),),
)  # fmt: skip
MANIFEST = PhotoManifest(
    1, KEYS.node, KEYS.public_key.hex(), "Kampala", LISTED.to, LISTED.created,
    tuple(map(photo_courier.part_of, PARTS)), 3, sum(map(len, PICTURES)), 1,
)  # fmt: skip


def whole(manifest=MANIFEST, sign=KEYS.sign):
    return MAGIC + b"".join(PARTS) + photo_courier.sealed_end(manifest, sign)


def read(raw):
    """Read a file as whoever has it in pieces: its last bytes, its end, its parts."""

    def piece(offset, size):
        return raw[offset : offset + size]

    manifest = photo_courier.read_manifest(piece, len(raw), "f")
    for at, part in zip(photo_courier.places(manifest), manifest.parts, strict=True):
        photo_courier.demand_part(raw[at : at + part.size], part, "f")
    return manifest


def test_what_was_written_is_read():
    assert read(whole()) == MANIFEST
    listed = photo_courier.read_list(photo_courier.pack_list(LISTED), MANIFEST, "f")
    assert listed == LISTED
    found = photo_courier.cut(PICTURES[0] + PICTURES[1], listed.photos[:2], "f")
    assert [content for _one, content in found] == list(PICTURES[:2])


def test_photos_lie_beside_their_courier_file():
    assert photo_courier.photos_file(Path("/stick/a.courier")) == Path("/stick/a.courier.photos")


@settings(max_examples=examples(400), deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_of_a_file_can_be_changed(place, change):
    raw = bytearray(whole())
    raw[place % len(raw)] ^= change
    with pytest.raises(CourierForged):
        read(bytes(raw))


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, len(whole()) - 1))
def test_no_file_can_be_cut_short_or_go_on_beyond_its_end(end):
    with pytest.raises(CourierForged):
        read(whole()[:end])
    with pytest.raises(CourierForged):
        read(whole() + whole()[:end] + b"\n")


def test_parts_cannot_be_swapped():
    raw = MAGIC + PARTS[1] + PARTS[0] + PARTS[2] + photo_courier.sealed_end(MANIFEST, KEYS.sign)
    with pytest.raises(CourierForged) as refused:
        read(raw)
    assert refused.value.why == "part"


def test_nobody_signs_for_another():
    stranger = SiteKeys()
    posing = replace(MANIFEST, key=stranger.public_key.hex())
    for manifest in (MANIFEST, posing, replace(MANIFEST, key="no key")):
        with pytest.raises(CourierForged) as refused:
            read(whole(manifest, stranger.sign))
        assert refused.value.why == "signature"


def more(**said):
    return replace(MANIFEST, **said)


@every([
    more(v=2), more(parts=()), more(photos=-1), more(left=-1), more(photos=1 << 40),
    more(parts=(*MANIFEST.parts, photo_courier.Part(0, digest(b"")))),
    more(parts=(photo_courier.Part(1 << 40, digest(b"")),)),
    more(parts=MANIFEST.parts[:1] * 2_000),
])  # fmt: skip
def test_a_manifest_that_says_what_no_program_writes_is_refused(manifest):
    with pytest.raises(CourierForged):
        read(whole(manifest))


def listing(*photos, **said):
    return replace(LISTED, photos=photos or LISTED.photos, **said)


ONE, TWO, THREE = LISTED.photos


@every([
    listing(sender="c" * 16), listing(to=()), listing(created=6), listing(ONE, TWO),
    listing(ONE, THREE, TWO), listing(ONE, TWO, replace(THREE, size=6)),
    listing(ONE, TWO, replace(THREE, part=2)), listing(ONE, TWO, replace(THREE, part=-1)),
    listing(ONE, replace(ONE, size=TWO.size), THREE),
    listing(ONE, TWO, replace(THREE, digest="../etc/passwd")),
])  # fmt: skip
def test_a_list_that_is_not_of_this_file_is_refused(listed):
    with pytest.raises(CourierForged) as refused:
        photo_courier.read_list(photo_courier.pack_list(listed), MANIFEST, "f")
    assert refused.value.why == "list"


def test_photos_of_other_sizes_than_their_part_are_not_cut_out_of_it():
    for plain in (PICTURES[0], PICTURES[0] + PICTURES[1] + b"x"):
        with pytest.raises(CourierForged):
            list(photo_courier.cut(plain, LISTED.photos[:2], "f"))


def test_sizes_are_bounded_before_anything_is_read_or_unfolds():
    with pytest.raises(CourierTooLarge):
        photo_courier.end_length(b"00000100\n", photo_courier.MOST_BYTES + 1, "f")
    for last in (b"", b"00000000\n", b"0fffffff\n", b"-0000001\n", b"0x000010\n", b"0000_010\n",
                 b"000000AA\n", b"000000aax", "٠٠٠٠٠٠٠١\n".encode()):  # fmt: skip
        with pytest.raises(CourierForged):
            photo_courier.end_length(last, 1 << 20, "f")
    bomb = zstandard.ZstdCompressor().compress(bytes(64 << 20))
    with pytest.raises(CourierForged):
        photo_courier.read_list(bomb, MANIFEST, "f")


def test_a_list_is_no_longer_than_what_its_manifest_counts(monkeypatch):
    unfolded = []

    def unfold(squeezed, most):
        unfolded.append(most)
        return real(squeezed, most)

    real = wire.unfold
    monkeypatch.setattr(wire, "unfold", unfold)
    for counted, most in ((3, 1 << 13), (1_000, 1 << 20), (50_000, 24 << 20)):
        with pytest.raises(CourierForged):
            photo_courier.read_list(
                photo_courier.pack_list(LISTED), replace(MANIFEST, photos=counted, size=1), "f"
            )
        assert unfolded[-1] <= most


@settings(max_examples=examples(400), deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_photos_file_are_refused_by_name(raw):
    for tried in (raw, MAGIC + raw, MAGIC + raw + whole()[-LENGTH:]):
        with pytest.raises(CourierForged):
            read(tried)
    for tried in (raw, wire.squeeze(raw), wire.squeeze(wire.encode(LISTED)[:-1] + raw)):
        try:
            found = photo_courier.read_list(tried, MANIFEST, "f")
        except CourierForged:
            continue
        assert found == LISTED
