"""Photos of a depot that no line ever reaches come to the registry itself, on the depot's stick.

The stick has little room and is pulled out too early once; the photos come before their record once
and twice once; a file is bent, forged, and for another. In the end the registry has each photo, the
depot knows it, and a depot with a line shows them.
"""

from __future__ import annotations

import pytest

from stockpile.domain.errors import CourierForged, CourierForOther, SenderNotEnrolled
from stockpile.domain.photo_courier import photos_file
from stockpile.registry import courier_photos
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos, folder_of
from tests.helpers.neighbours import introduced, two_depots
from tests.helpers.registries import answering
from tests.helpers.sticks import answer, enrolled, standing, take

SMALL = {"width": 320, "height": 240}


@pytest.fixture
def shelf(registry):
    return Photos(registry.books, PhotoFiles(folder_of(registry.books, None)))


@pytest.fixture
def depots(registry, tmp_path):
    """One that was enrolled by file, and one that the registry does not know."""
    remote, other = two_depots(tmp_path)
    enrolled(remote, registry, tmp_path, "Kampala Central", "KLA")
    yield remote, other
    for one in (remote, other):
        one.stockpile.close()


def opened(registry, stream, file):
    return courier_photos.opened(registry.books, stream, file.name)


def look(registry, shelf, file):
    with photos_file(file).open("rb") as stream:
        return courier_photos.look(registry.books, shelf, opened(registry, stream, file))


def take_photos(registry, shelf, file):
    with photos_file(file).open("rb") as stream:
        return courier_photos.take(registry.books, shelf, opened(registry, stream, file))


def test_from_the_first_stick_to_a_registry_that_has_every_photo(registry, shelf, depots, tmp_path):
    remote, _other = depots
    own, stick, back = registry.books.key.node, tmp_path / "a.courier", tmp_path / "b.courier"
    weapons = remote.stock(3)
    taken = [remote.photograph(one, at, **SMALL) for at, one in enumerate(weapons)]
    size = len(remote.stockpile.photographs.read(taken[0]))

    # The stick has room for two of three, the newest first; the third stays behind and is named.
    packed, beside = remote.pack_both(stick, own, most=2 * size + size // 2)
    assert (packed.to.id, beside.photos, beside.left) == (own, 2, 1)

    # The photos are looked at before their record came: they are not kept, and not lost.
    seen = look(registry, shelf, stick)
    assert (seen.fresh, seen.unshown, seen.stayed) == (0, 2, 1)
    assert take_photos(registry, shelf, stick).kept == 0

    # Pulled out too early, bent on the way: nothing of it is kept.
    whole = photos_file(stick).read_bytes()
    take(registry, stick)
    for spoilt in (whole[: len(whole) // 2], whole[:900] + b"x" + whole[901:]):
        photos_file(stick).write_bytes(spoilt)
        with pytest.raises(CourierForged):
            take_photos(registry, shelf, stick)
    assert shelf.present(taken) == frozenset()

    # Whole it comes in, and twice it does no harm.
    photos_file(stick).write_bytes(whole)
    way = take_photos(registry, shelf, stick)
    assert (way.kept, way.stayed, way.unshown) == (2, 1, 0)
    assert take_photos(registry, shelf, stick).kept == 0
    assert shelf.present(taken) == {taken[1], taken[2]}
    assert shelf.seen(taken[2]) == remote.stockpile.photographs.read(taken[2])

    # The answer says which one is missing: it waits at the depot, and goes with the next stick.
    answer(registry, remote, back, shelf)
    remote.load(back)
    assert "Waiting: \u20661\u2069 photo." in standing(remote)
    packed, beside = remote.pack_both(stick, own)
    assert (packed.facts, beside.photos, beside.left) == (0, 1, 0)
    take(registry, stick)
    assert take_photos(registry, shelf, stick).kept == 1
    answer(registry, remote, back, shelf)
    remote.load(back)
    assert "Waiting" not in standing(remote)
    assert remote.pack_both(stick, own)[1].photos == 0
    assert not photos_file(stick).exists()
    assert shelf.present(taken) == set(taken)
    assert remote.stockpile.checking.check(deep=True).entries


def test_what_is_not_for_the_registry_or_from_whom_it_knows_is_refused(
    registry, shelf, depots, tmp_path
):
    remote, other = depots
    introduced(remote, other, tmp_path)
    for number, one in enumerate((remote, other)):
        one.photograph(one.stock(1, "X")[0], 10 + number, **SMALL)
    remote.pack_both(tmp_path / "a.courier", other.node)
    with pytest.raises(CourierForOther):
        look(registry, shelf, tmp_path / "a.courier")
    packed, _beside = other.pack_both(tmp_path / "b.courier")  # locked with words
    with photos_file(packed.file).open("rb") as stream:
        file = courier_photos.opened(registry.books, stream, "b", packed.words)
        with pytest.raises(SenderNotEnrolled):
            courier_photos.look(registry.books, shelf, file)


def test_a_depot_with_a_line_shows_what_came_by_stick_and_sends_no_photo_twice(
    registry, shelf, depots, tmp_path
):
    remote, other = depots
    own, stick = registry.books.key.node, tmp_path / "a.courier"
    photo = remote.photograph(remote.stock(1)[0], 3, **SMALL)
    remote.pack_both(stick, own)
    take(registry, stick)
    take_photos(registry, shelf, stick)
    with answering(registry.books) as url:
        code = registry.enrolment.make_code("Gulu", "GUL", ("*",))
        other.stockpile.exchange.enrol(url, code, "Gulu", by=other.by)
        mine = other.photograph(other.stock(1, "GUL")[0], 4, **SMALL)
        other.stockpile.exchange.sync(by=other.by)
        assert other.shows(photo)
    # All of it went over the line: the stick takes no photo along. What is new since then goes.
    assert shelf.present([mine]) == {mine}
    assert other.pack_both(stick, own)[1].photos == 0
    later = other.photograph(other.stock(1, "NEW")[0], 5, **SMALL)
    assert other.pack_both(stick, own)[1].photos == 1
    take(registry, stick)
    take_photos(registry, shelf, stick)
    assert shelf.present([later]) == {later}
