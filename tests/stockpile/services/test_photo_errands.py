"""Photos of an exchange: seen before, carried after the record, and nobody held up."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import Cancelled, CourierForged, CourierWordsWrong, DiskFull
from stockpile.domain.photo_courier import photos_file
from stockpile.services.courier_meetings import CourierMeetings
from stockpile.services.photo_errands import Errand, PhotosSeen
from tests.helpers.neighbours import introduced, two_depots

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


_seeds = iter(range(1_000, 10_000))


def shot(depot):
    """Put a new weapon with a photo on record."""
    (weapon,) = depot.stock(1, f"S{next(_seeds)}")
    return depot.photograph(weapon, next(_seeds), **SMALL)


def errands(depot):
    return depot.stockpile.photo_errands


def carry(depot, errand, **said):
    return errands(depot).carry(errand, by=depot.by, **said)


def test_photos_are_seen_before_and_carried_after_the_record(pair, tmp_path):
    one, other = pair
    photo = shot(one)
    load = errands(one).loads([other.node])
    packed = one.pack(tmp_path / "a.courier", other.node)
    written = carry(one, errands(one).of_packed([packed]))
    assert (written.written, written.size, written.left) == (len(load.photos), load.size, 0)
    seen = errands(other).look(packed.file)
    assert (seen.fresh, seen.size, seen.stayed) == (written.written, written.size, 0)
    assert errands(other).look(photos_file(packed.file)) == seen
    assert not other.shows(photo)
    early = carry(other, errands(other).of_file(packed.file))
    assert (early.kept, early.unshown) == (0, 1)
    other.load(packed.file)
    done = carry(other, errands(other).of_file(packed.file))
    assert (done.kept, done.unshown, done.refused) == (1, 0, ())
    assert errands(other).look(packed.file).fresh == 0


def test_where_none_shall_go_along_those_of_an_earlier_file_are_put_away(pair, tmp_path):
    one, other = pair
    shot(one)
    packed = one.pack(tmp_path / "a.courier", other.node)
    carry(one, errands(one).of_packed([packed]))
    assert photos_file(packed.file).exists()
    done = carry(one, errands(one).of_packed([packed], along=False))
    assert (done.written, photos_file(packed.file).exists()) == (0, False)
    assert errands(other).look(packed.file) == PhotosSeen()
    assert errands(other).of_file(packed.file) == Errand()


def test_a_refused_file_of_photos_is_named_and_the_rest_goes_on(pair, tmp_path, monkeypatch):
    one, other = pair
    photo = shot(one)
    (tmp_path / "b").mkdir()
    files = [one.pack(tmp_path / name, other.node) for name in ("a.courier", "b/b.courier")]
    carry(one, errands(one).of_packed(files))
    other.load(files[0].file)
    spoilt = photos_file(files[0].file)
    spoilt.write_bytes(spoilt.read_bytes()[:-1])
    (refused,) = errands(other).look(files[0].file).refused
    assert (refused.file, type(refused.error)) == (spoilt, CourierForged)
    ours = errands(other)
    both = Errand(ours.of_file(files[1].file).take, refused=ours.of_file(files[0].file).refused)
    done = carry(other, both)
    assert (done.kept >= 1, [one.file for one in done.refused]) == (True, [spoilt])
    assert other.shows(photo)

    def full(*_):
        raise DiskFull("there")

    shot(one)
    monkeypatch.setattr(type(one.stockpile.couriers.files), "write_pieces", full)
    done = carry(one, errands(one).of_packed(files))
    assert [type(one.error) for one in done.refused] == [DiskFull, DiskFull]


def test_who_stops_it_is_heard_and_progress_runs_over_all_files(pair, tmp_path):
    one, other = pair
    shot(one)
    (tmp_path / "b").mkdir()
    files = [one.pack(tmp_path / name, other.node) for name in ("a.courier", "b/b.courier")]
    errand = errands(one).of_packed(files)
    steps = []
    carry(one, errand, progress=lambda *at: steps.append(at))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]

    def stop(done, total):
        if done * 2 >= total:
            raise Cancelled

    for file in files:
        photos_file(file.file).unlink()
    with pytest.raises(Cancelled):
        carry(one, errand, progress=stop)
    assert not photos_file(files[1].file).exists()
    other.load(files[0].file)
    carry(one, errand)
    with pytest.raises(Cancelled):
        carry(other, errands(other).of_file(files[0].file), progress=stop)


def test_words_that_do_not_open_the_photos_are_said_before(pair, tmp_path):
    one, other = pair
    photo = shot(one)
    packed = one.pack(tmp_path / "a.courier")
    carry(one, errands(one).of_packed([packed]))
    (refused,) = errands(other).look(packed.file).refused
    assert isinstance(refused.error, CourierWordsWrong)
    other.load(packed.file, packed.words)
    carry(other, errands(other).of_file(packed.file, packed.words))
    assert other.shows(photo)


def test_two_computers_meet_and_each_has_the_others_photos(pair, tmp_path):
    one, other = pair
    theirs, ours = shot(one), shot(other)
    for depot in (one, other, one):
        meetings = CourierMeetings(depot.stockpile.couriers)
        seen = errands(depot).look_in(tmp_path)
        met = meetings.exchange(tmp_path, by=depot.by)[1]
        done = carry(depot, errands(depot).of_meeting(tmp_path, met.packed))
        assert done.refused == ()
        assert done.kept == seen.fresh
    assert other.shows(theirs)
    assert one.shows(ours)
    strange = photos_file(tmp_path / "strange.courier")
    (tmp_path / "strange.courier").write_bytes(b"no courier file")
    strange.write_bytes(b"nor this")
    assert [refused.file for refused in errands(one).look_in(tmp_path).refused] == [strange]
