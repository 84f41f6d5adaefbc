"""A photos' file at the registry: nothing of it is believed that its sender did not sign."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import replace

import pytest

from stockpile.domain import photo_courier, wire
from stockpile.domain.errors import (
    CourierBrokenOff,
    CourierForged,
    CourierForOther,
    CourierTooLarge,
    CourierWordsWrong,
    NodeQuarantined,
    PhotosFull,
    PhotosNowhere,
    SenderNotEnrolled,
)
from stockpile.registry import courier_photos, courier_taking
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos
from tests.helpers.albums import a_photo, digest_of, shows, shows_no_more
from tests.helpers.sites import Site, SiteKeys, a_weapon
from tests.helpers.sticks import a_photos_file
from tests.stockpile.registry.test_photo_rows import sent

FIRST, OTHER, THIRD = (a_photo(one, 64, 48) for one in (1, 2, 3))
ALL = (("w1", FIRST), ("w1", OTHER), ("w2", THIRD))
SMALL = len(FIRST) + 10
"""So little in a part that each photo has one of its own."""


@pytest.fixture
def photos(registry, tmp_path):
    return Photos(registry.books, PhotoFiles(tmp_path / "photos"))


@pytest.fixture
def depot(registry, site):
    """The site shows three photos, and a file brings them."""
    sent(registry, site, a_weapon("w1"), a_weapon("w2"), *(shows(*one) for one in ALL))
    return site


def opened(registry, whole, words=""):
    return courier_photos.opened(registry.books, io.BytesIO(whole), "a.photos", words)


def look(registry, photos, whole, words=""):
    return courier_photos.look(registry.books, photos, opened(registry, whole, words))


def take(registry, photos, whole, words="", heard=courier_taking.unheard):
    return courier_photos.take(registry.books, photos, opened(registry, whole, words), heard)


def counts(seen):
    return seen.photos, seen.fresh, seen.held, seen.unshown


def here(photos):
    return photos.present([digest_of(content) for _weapon, content in ALL])


def test_it_says_what_it_would_bring_and_brings_it(registry, photos, depot):
    whole = a_photos_file(registry, depot, ALL, part=SMALL)
    seen = look(registry, photos, whole)
    assert (seen.sender, seen.name, seen.parts) == (depot.node, "Kampala", 3)
    assert counts(seen) == (3, 3, 0, 0)
    assert seen.size == seen.fresh_size == len(FIRST) + len(OTHER) + len(THIRD)
    assert here(photos) == frozenset()
    steps = []
    way = take(registry, photos, whole, heard=lambda *one: steps.append(one))
    assert (way.kept, way.unshown, way.state) == (3, 0, "done")
    assert steps == [(one, 6) for one in (1, 2, 3, 4, 5, 6, 6)]
    assert photos.seen(digest_of(OTHER)) == OTHER


def test_taken_twice_it_changes_nothing(registry, photos, depot):
    whole = a_photos_file(registry, depot, ALL)
    take(registry, photos, whole)
    assert counts(look(registry, photos, whole)) == (3, 0, 3, 0)
    assert take(registry, photos, whole).kept == 0
    assert len(here(photos)) == 3


def test_before_their_record_nothing_is_kept_and_after_it_all_of_it(registry, photos, site):
    whole = a_photos_file(registry, site, ALL)
    assert counts(look(registry, photos, whole)) == (3, 0, 0, 3)
    way = take(registry, photos, whole)
    assert (way.kept, way.unshown) == (0, 3)
    sent(registry, site, a_weapon("w1"), *(shows(*one) for one in ALL[:2]))
    way = take(registry, photos, whole)
    assert (way.kept, way.unshown) == (2, 1)
    assert here(photos) == {digest_of(FIRST), digest_of(OTHER)}


def test_a_photo_goes_on_where_a_line_broke_off(registry, photos, depot):
    known = registry.books.node(depot.node)
    photos.add(known, digest_of(FIRST), 0, len(FIRST), OTHER[:100])  # a line that bent it
    assert take(registry, photos, a_photos_file(registry, depot, ALL)).kept == 3


def test_what_stayed_behind_is_told(registry, photos, depot):
    seen = look(registry, photos, a_photos_file(registry, depot, ALL, left=7))
    assert seen.stayed == 7


@pytest.mark.parametrize("at", [30, 0.4, 0.7, -300, -20, -2])
def test_of_a_file_with_a_flipped_byte_nothing_is_kept(registry, photos, depot, at):
    whole = bytearray(a_photos_file(registry, depot, ALL, part=SMALL))
    whole[int(at * len(whole)) if isinstance(at, float) else at] ^= 1
    with pytest.raises(CourierForged):
        take(registry, photos, bytes(whole))
    assert here(photos) == frozenset()


def test_of_half_a_file_nothing_is_kept(registry, photos, depot):
    whole = a_photos_file(registry, depot, ALL, part=SMALL)
    for size in (0, 1, 27, 40, len(whole) // 2, len(whole) - 1):
        with pytest.raises(CourierForged):
            opened(registry, whole[:size])


def test_what_another_signed_is_forged(registry, photos, depot):
    with pytest.raises(CourierForged):
        opened(registry, a_photos_file(registry, depot, ALL, sign=SiteKeys().sign))


def test_a_photo_that_is_another_than_the_list_says_is_found_before_any_is_kept(
    registry, photos, depot
):
    def another(parts):
        return [*parts[:-1], a_photo(9, 64, 48)[: len(THIRD)].ljust(len(THIRD), b"\0")]

    with pytest.raises(CourierForged):
        take(registry, photos, a_photos_file(registry, depot, ALL, part=SMALL, plain=another))
    assert here(photos) == frozenset()


def test_a_list_that_does_not_fit_its_parts_is_refused(registry, photos, depot):
    def bent(**change):
        return lambda one: replace(one, photos=(replace(one.photos[0], **change), *one.photos[1:]))

    for change in ({"part": 7}, {"part": -1}, {"size": 0}, {"size": 5}, {"digest": "../x"}):
        with pytest.raises(CourierForged):
            take(registry, photos, a_photos_file(registry, depot, ALL, listed=bent(**change)))
    longer = a_photos_file(
        registry, depot, ALL, plain=lambda parts: [*parts[:-1], parts[-1] + b"more"]
    )
    with pytest.raises(CourierForged):
        take(registry, photos, longer)
    assert here(photos) == frozenset()


def test_a_list_that_unfolds_into_more_than_it_counts_is_not_unfolded(registry, photos, depot):
    bomb = wire.squeeze(bytes(1 << 30))
    assert len(bomb) < 200_000
    with pytest.raises(CourierForged):
        opened(registry, a_photos_file(registry, depot, ALL, squeezed=bomb))


def test_a_file_that_says_it_is_larger_than_any_is_not_read(registry, photos, depot):
    class Endless(io.BytesIO):
        def seek(self, offset, whence=0):
            super().seek(offset, whence)
            return (3 << 30) if whence else offset

    with pytest.raises(CourierTooLarge):
        courier_photos.opened(
            registry.books, Endless(a_photos_file(registry, depot, ALL)), "a.photos"
        )


def test_a_file_for_another_is_not_opened(registry, photos, depot):
    with pytest.raises(CourierForOther):
        opened(registry, a_photos_file(registry, depot, ALL, to=("b" * 16,)))


def test_words_open_it_and_other_words_do_not(registry, photos, depot):
    whole = a_photos_file(registry, depot, ALL, words="babab cacac")
    for wrong in ("", "babab dadad"):
        with pytest.raises(CourierWordsWrong):
            opened(registry, whole, wrong)
    assert take(registry, photos, whole, "BABAB-cacac").kept == 3


def test_of_a_sender_that_is_not_enrolled_or_not_trusted_nothing_is_kept(registry, photos, depot):
    stranger = Site()
    with pytest.raises(SenderNotEnrolled):
        look(registry, photos, a_photos_file(registry, stranger, ALL))
    whole = a_photos_file(registry, depot, ALL, part=SMALL)
    file = opened(registry, whole)
    way = courier_photos.begin(courier_photos.look(registry.books, photos, file))
    going = courier_photos.steps(registry.books, photos, file, way)
    for _part in range(4):
        next(going)
    assert len(here(photos)) == 1
    registry.enrolment.revoke(depot.node, "stolen")  # while it is taken in
    with pytest.raises(NodeQuarantined):
        list(going)
    with pytest.raises(NodeQuarantined):
        look(registry, photos, whole)
    assert len(here(photos)) == 1


def test_a_sender_brings_no_photo_of_a_weapon_that_it_is_not_told_of(registry, photos, depot):
    other = Site()
    registry.enrol(other, "GUL", ["GUL"])
    assert counts(look(registry, photos, a_photos_file(registry, other, ALL))) == (3, 0, 0, 3)
    assert take(registry, photos, a_photos_file(registry, other, ALL)).kept == 0
    country = Site()
    registry.enrol(country, "HQ", ["*"])
    assert take(registry, photos, a_photos_file(registry, country, ALL)).kept == 3


def test_a_registry_without_a_folder_says_so(registry, depot):
    with pytest.raises(PhotosNowhere):
        look(registry, Photos(registry.books, None), a_photos_file(registry, depot, ALL))


def test_what_one_node_may_bring_ends_it_and_it_goes_on_once_there_is_room(registry, photos, depot):
    whole = a_photos_file(registry, depot, ALL, part=SMALL)
    narrow = replace(photos, most=len(FIRST) + 10)
    with pytest.raises(PhotosFull):
        take(registry, narrow, whole)
    assert here(photos) == {digest_of(FIRST)}
    assert take(registry, photos, whole).kept == 2


def test_it_goes_on_from_any_part(registry, photos, depot):
    whole = a_photos_file(registry, depot, ALL, part=SMALL)
    way = courier_photos.begin(look(registry, photos, whole))
    said = []
    while way.state != "done":
        steps = courier_photos.steps(registry.books, photos, opened(registry, whole), way)
        way = next(steps)
        said.append((way.proved, way.gone, way.kept, way.part))
    assert said == [
        (1, 0, 0, 16), (2, 0, 0, 33), (3, 0, 0, 50), (3, 1, 1, 66), (3, 2, 2, 83), (3, 3, 3, 100),
        (3, 3, 3, 100),
    ]  # fmt: skip


def test_what_changes_between_two_looks_counts_as_it_is_now(registry, photos, depot):
    whole = a_photos_file(registry, depot, ALL, part=SMALL)
    file = opened(registry, whole)
    way = courier_photos.begin(courier_photos.look(registry.books, photos, file))
    going = courier_photos.steps(registry.books, photos, file, way)
    for _part in range(3):
        next(going)
    sent(registry, depot, shows_no_more("w1", OTHER))
    *_rest, last = going
    assert (last.kept, last.unshown) == (2, 1)
    assert here(photos) == {digest_of(FIRST), digest_of(THIRD)}


def test_a_disk_that_gives_other_bytes_later_is_found_and_what_came_before_stays(
    registry, photos, depot
):
    whole = bytearray(a_photos_file(registry, depot, ALL, part=SMALL))
    stream = io.BytesIO(whole)
    file = courier_photos.opened(registry.books, stream, "a.photos")
    way = courier_photos.begin(courier_photos.look(registry.books, photos, file))
    going = courier_photos.steps(registry.books, photos, file, way)
    for _part in range(4):
        next(going)
    place = photo_courier.places(file.manifest)[1] + 9
    stream.getbuffer()[place] ^= 1
    with pytest.raises(CourierBrokenOff):
        list(going)
    assert here(photos) == {digest_of(FIRST)}


def test_memory_holds_one_part_at_a_time(registry, photos, depot, tmp_path):
    many = [(f"w{at}", a_photo(300 + at, 320, 240)) for at in range(30)]
    sent(registry, depot, *(a_weapon(name) for name, _one in many), *(shows(*one) for one in many))
    part = 4 * len(many[0][1])
    file = tmp_path / "a.photos"
    file.write_bytes(a_photos_file(registry, depot, many, part=part))
    with file.open("rb") as stream:
        courier_photos.look(
            registry.books, photos, courier_photos.opened(registry.books, stream, "a.photos")
        )
        tracemalloc.start()
        try:
            found = courier_photos.opened(registry.books, stream, "a.photos")
            assert courier_photos.take(registry.books, photos, found).kept == len(many)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert file.stat().st_size > 7 * part
    assert most < 4 * part + (1 << 20)


def test_a_sender_that_lies_under_its_own_signature_brings_nothing(registry, photos, depot):
    program = b"\x7fELF" + bytes(2_000)
    sent(registry, depot, shows("w1", program))
    with pytest.raises(CourierForged):
        take(registry, photos, a_photos_file(registry, depot, [*ALL, ("w1", program)], part=SMALL))
    assert here(photos) == frozenset()


def test_it_is_known_by_its_first_line(registry, depot):
    whole = io.BytesIO(a_photos_file(registry, depot, ALL))
    assert courier_photos.is_photos(whole)
    assert whole.tell() == 0
    assert not courier_photos.is_photos(io.BytesIO(b"STOCKPILE-COURIER-1\n"))
