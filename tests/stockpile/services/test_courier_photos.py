"""Photos out of courier files: after the record, proved whole, and nothing else."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.courier.files import CourierCase
from stockpile.domain import photo_courier
from stockpile.domain.errors import (
    Cancelled,
    CourierForged,
    CourierForOther,
    CourierTooLarge,
    CourierWordsWrong,
    DiskFull,
    FileUnreadable,
    OfficerNotAuthorised,
    SenderUnknown,
    StockpileError,
)
from stockpile.domain.photo_courier import MAGIC, photos_file
from stockpile.services.courier_photos import read_manifest
from stockpile.services.photo_packing import PhotoPacking
from tests.helpers.albums import a_photo, digest_of
from tests.helpers.neighbours import introduced, two_depots, two_strangers
from tests.helpers.nightly import examples

SMALL = {"width": 64, "height": 48}


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two depots that were introduced: shared by the tests, which only add to their records."""
    folder = tmp_path_factory.mktemp("neighbours")
    depots = two_depots(folder)
    introduced(*depots, folder)
    yield depots
    for one in depots:
        one.stockpile.close()


_seeds = iter(range(100, 10_000))


def a_file(one, other, folder, count=3, part=6_000):
    """Pack a courier file with new photos in small parts; return it and their digests."""
    weapons = one.stock(count, f"F{next(_seeds)}")
    taken = [one.photograph(weapon, next(_seeds), **SMALL) for weapon in weapons]
    packing = replace(one.stockpile.photo_errands.packing, part=part)
    load = packing.load(other.node)
    mine = tuple(one for one in load.photos if one[1].digest in taken)
    packed = one.pack(folder / "a.courier", other.node)
    packing.pack(packed, replace(load, photos=mine), by=one.by)
    return packed.file, taken


def here(depot, taken):
    return [one for one in taken if depot.shows(one)]


def test_photos_are_kept_once_the_record_shows_them_and_twice_is_as_once(pair, tmp_path):
    one, other = pair
    file, taken = a_file(one, other, tmp_path)
    found = other.stockpile.photo_errands.photos.beside(file)
    assert (found.sender, len(found.fresh), found.stayed) == (
        one.stockpile.couriers.name(one.node),
        3,
        0,
    )
    assert found.size == found.manifest.size
    assert len(found.manifest.parts) > 2
    early = other.load_photos(file)
    assert (early.kept, early.unshown) == (0, 3)  # no record here shows them yet
    other.load(file)
    steps = []
    photos = other.stockpile.photo_errands.photos
    told = photos.take(photos.wanted(found), lambda *at: steps.append(at), by=other.by)
    assert (told.kept, told.held, told.unshown) == (3, 0, 0)
    assert here(other, taken) == taken
    assert steps == [(at, steps[-1][1]) for at in range(1, steps[-1][1] + 1)]
    again = other.load_photos(file)
    assert (again.kept, again.held) == (0, 3)
    assert other.stockpile.photo_errands.photos.beside(file).fresh == frozenset()


def test_they_come_in_any_order_of_files(pair, tmp_path):
    one, other = pair
    (tmp_path / "b").mkdir()
    first, taken = a_file(one, other, tmp_path)
    second, later = a_file(one, other, tmp_path / "b")
    other.load(second)  # all the record
    assert other.load_photos(second).kept == 3
    assert other.load_photos(first).kept == 3
    assert here(other, taken + later) == taken + later


def test_without_photos_beside_it_there_is_nothing_to_take(pair, tmp_path):
    one, other = pair
    one.pack(tmp_path / "a.courier", other.node)
    assert other.stockpile.photo_errands.photos.beside(tmp_path / "a.courier") is None


def test_words_open_both_files_and_other_words_neither(pair, tmp_path):
    one, other = pair
    (weapon,) = one.stock(1, "WORDS")
    photo = one.photograph(weapon, next(_seeds), **SMALL)
    packed, photos = one.pack_both(tmp_path / "a.courier", about=[weapon])
    assert photos.photos
    for words in ("", "babab babab babab babab babab"):
        with pytest.raises(CourierWordsWrong):
            other.stockpile.photo_errands.photos.beside(packed.file, words)
    other.load_both(packed.file, packed.words.upper())
    assert other.shows(photo)


def test_for_another_it_stays_shut_and_of_a_stranger_nothing_is_taken(pair, tmp_path):
    one, other = pair
    file, _taken = a_file(one, other, tmp_path)
    with pytest.raises(CourierForOther):
        one.stockpile.photo_errands.photos.beside(file)
    strangers = two_strangers(tmp_path / "strangers")
    (weapon,) = strangers[0].stock(1, "STRANGE")
    strangers[0].photograph(weapon, next(_seeds), **SMALL)
    packed, _photos = strangers[0].pack_both(tmp_path / "s.courier")
    with pytest.raises(SenderUnknown):
        other.load_photos(packed.file, packed.words)
    for each in strangers:
        each.stockpile.close()


@pytest.fixture(scope="module")
def loaded(pair, tmp_path_factory):
    """A file with photos in three parts whose record is here, and whose photos are not."""
    one, other = pair
    file, taken = a_file(one, other, tmp_path_factory.mktemp("loaded"))
    other.load(file)
    return photos_file(file).read_bytes(), taken


def refused(other, file, raw):
    """Load what somebody made of the photos; return the refusal."""
    photos_file(file).write_bytes(raw)
    with pytest.raises((CourierForged, CourierTooLarge)) as said:
        other.load_photos(file)
    return said.value


def test_a_truncated_file_gives_its_name_and_nothing(pair, loaded, tmp_path):
    raw, taken = loaded
    for end in (0, 1, len(MAGIC), len(MAGIC) + 50, len(raw) // 2, len(raw) - 9, len(raw) - 1):
        error = refused(pair[1], tmp_path / "a.courier", raw[:end])
        assert error.path.endswith("a.courier.photos")
    assert here(pair[1], taken) == []


def test_parts_that_are_swapped_or_of_another_file_give_nothing(pair, loaded, tmp_path):
    raw, taken = loaded
    one, other = pair
    file, _more = a_file(one, other, tmp_path)
    theirs = photos_file(file).read_bytes()
    manifest = read_manifest(other.stockpile.couriers.files, photos_file(file))
    first, size = photo_courier.places(manifest)[0], manifest.parts[0].size
    swapped = raw[:first] + theirs[first : first + size] + raw[first + size :]
    assert refused(other, tmp_path / "b.courier", swapped).why in {"part", "length"}
    turned = theirs[:first] + theirs[first : first + size][::-1] + theirs[first + size :]
    other.load(file)
    assert refused(other, tmp_path / "b.courier", turned).why == "part"
    assert here(other, taken) == []


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, 1 << 20), st.integers(1, 255))
def test_no_byte_can_be_changed_on_the_way(pair, loaded, tmp_path_factory, place, change):
    raw, taken = bytearray(loaded[0]), loaded[1]
    raw[place % len(raw)] ^= change
    refused(pair[1], tmp_path_factory.mktemp("one") / "a.courier", bytes(raw))
    assert here(pair[1], taken) == []


def test_an_oversized_file_is_refused_before_it_is_read(pair, tmp_path):
    file = photos_file(tmp_path / "a.courier")
    with file.open("wb") as out:
        out.write(MAGIC)
        out.truncate(photo_courier.MOST_BYTES + 1)
    tracemalloc.start()
    try:
        with pytest.raises(CourierTooLarge):
            pair[1].load_photos(tmp_path / "a.courier")
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_what_is_no_file_is_said(pair, tmp_path):
    photos = pair[1].stockpile.photo_errands.photos
    with pytest.raises(FileUnreadable):
        photos.open(tmp_path / "none.photos")
    (tmp_path / "folder.photos").mkdir()
    with pytest.raises(StockpileError):
        photos.open(tmp_path / "folder.photos")
    (tmp_path / "notes.photos").write_bytes(b"")
    with pytest.raises(CourierForged):
        photos.open(tmp_path / "notes.photos")


class Lying(PhotoPacking):
    """A sender with a program of its own: it signs whatever it likes."""

    def lie(self, packed, contents, sizes=None):
        """Write a signed file whose first part is what these contents are, under others' names."""
        files, keys = self.couriers.files, self.couriers.keys
        load = self.load(packed.to.id)
        key = files.new_key()
        plain = b"".join(contents)
        named = [photo for _weapon, photo in load.photos][: len(contents)]
        sizes = sizes or [len(content) for content in contents]
        listed = photo_courier.PhotoList(
            keys.node, (packed.to.id,), 5, key,
            tuple(
                photo_courier.Carried(weapon, photo.digest, 0, size)
                for (weapon, photo), size in zip(load.photos, sizes, strict=False)
            ),
        )  # fmt: skip
        locked = [
            files.lock_part(plain, key),
            files.lock(photo_courier.pack_list(listed), [packed.to.key], ""),
        ]
        manifest = photo_courier.PhotoManifest(
            1, keys.node, keys.public_key.hex(), "K", (packed.to.id,), 5,
            tuple(map(photo_courier.part_of, locked)), len(named), sum(sizes),
        )  # fmt: skip
        end = photo_courier.sealed_end(manifest, keys.sign)
        photos_file(packed.file).write_bytes(MAGIC + b"".join(locked) + end)


def test_a_sender_that_lies_under_its_own_signature_brings_nothing(pair, tmp_path):
    """A true photo first, then other bytes under a name that the record shows: neither is kept."""
    one, other = pair
    for _at in range(2):
        (weapon,) = one.stock(1, f"LIE{next(_seeds)}")
        one.photograph(weapon, next(_seeds), **SMALL)
    packed = one.pack(tmp_path / "a.courier", other.node)
    other.load(packed.file)
    lying = Lying(one.stockpile.couriers, one.stockpile.photo_errands.packing.named)
    first, second = (photo for _weapon, photo in lying.load(other.node).photos[:2])
    true = one.stockpile.photographs.read(first.digest)
    for contents, sizes in (
        ([true, a_photo(1)], None), ([true, b"MZ a program"], None),
        ([true, b"x"], [len(true), 5]), ([true], [len(true) + 1]),
    ):  # fmt: skip
        lying.lie(packed, contents, sizes)
        with pytest.raises(CourierForged):
            other.load_photos(packed.file)
        assert here(other, [first.digest, second.digest]) == []


def test_memory_holds_one_part_at_a_time(pair, tmp_path):
    """A file of some parts of noise: it takes what some parts take."""
    one, other = pair
    (weapon,) = one.stock(1, "MEMORY")
    for _at in range(8):
        one.photograph(weapon, next(_seeds), width=640, height=480)
    packing = replace(one.stockpile.photo_errands.packing, part=1)
    packed = one.pack(tmp_path / "a.courier", other.node)
    load = packing.load(other.node, [weapon])
    size = replace(load, photos=load.photos[:8]).size
    tracemalloc.start()
    try:
        packing.pack(packed, replace(load, photos=load.photos[:8]), by=one.by)
        assert tracemalloc.get_traced_memory()[1] < size
        other.load(packed.file)
        photos = other.stockpile.photo_errands.photos
        wanted = photos.wanted(photos.beside(packed.file))
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        assert photos.take(wanted, by=other.by).kept == 8
        assert tracemalloc.get_traced_memory()[1] - before < size
    finally:
        tracemalloc.stop()


def test_who_stops_while_it_is_proved_kept_nothing_and_goes_on_the_next_time(pair, tmp_path):
    one, other = pair
    file, taken = a_file(one, other, tmp_path)
    other.load(file)
    photos = other.stockpile.photo_errands.photos
    wanted = photos.wanted(photos.beside(file))

    def stop(done, total):
        if done * 2 == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        photos.take(wanted, stop, by=other.by)
    assert here(other, taken) == []
    nobody = replace(other.by, officer=replace(other.by.officer, roles=()))
    with pytest.raises(OfficerNotAuthorised):
        photos.take(wanted, by=nobody)
    assert photos.take(wanted, by=other.by).kept == 3


def test_a_full_disk_keeps_whole_photos_and_goes_on_the_next_time(pair, tmp_path, monkeypatch):
    one, other = pair
    file, taken = a_file(one, other, tmp_path)
    other.load(file)
    album = type(other.stockpile.photo_errands.photos.named.photos)
    real, left = album.accept, [1]

    def accept(self, digest, content):
        if not left:
            raise DiskFull("there")
        left.pop()
        real(self, digest, content)

    monkeypatch.setattr(album, "accept", accept)
    with pytest.raises(DiskFull):
        other.load_photos(file)
    assert len(here(other, taken)) == 1
    monkeypatch.setattr(album, "accept", real)
    assert other.load_photos(file).kept == 2
    assert digest_of(other.stockpile.photographs.read(taken[0])) == taken[0]


def test_a_stick_that_changes_between_the_proof_and_the_keeping_is_noticed(
    pair, tmp_path, monkeypatch
):
    one, other = pair
    file, taken = a_file(one, other, tmp_path, count=1)
    other.load(file)
    photos = other.stockpile.photo_errands.photos
    wanted = photos.wanted(photos.beside(file))
    real = CourierCase.piece

    def changed(_done, _total):
        monkeypatch.setattr(CourierCase, "piece", lambda self, *at: real(self, *at)[:-1] + b"\0")

    with pytest.raises(CourierForged):
        photos.take(wanted, changed, by=other.by)
    assert here(other, taken) == []
