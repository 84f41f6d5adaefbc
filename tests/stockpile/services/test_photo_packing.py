"""Which photos go along by stick, in what order, and what stays behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.courier import Lacked
from stockpile.domain.errors import Cancelled, DiskFull, NodeUnknown, OfficerNotAuthorised
from stockpile.domain.photo_courier import photos_file
from stockpile.domain.values import WeaponId
from stockpile.services.ports import Correspondent, Peer
from tests.helpers.albums import a_photo
from tests.helpers.neighbours import introduced, two_depots
from tests.helpers.sites import SiteKeys

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


@pytest.fixture
def settled(pair, tmp_path):
    """The pair once each holds all of the other, photos too, and the other knows it."""
    one, other = pair
    for at, (here, there) in enumerate(((one, other), (other, one), (one, other))):
        packed, photos = here.pack_both(tmp_path / f"{at}.courier", there.node)
        there.load(packed.file)
        if photos.photos:
            there.load_photos(packed.file)
    other.pack(tmp_path / "3.courier", one.node)
    one.load(tmp_path / "3.courier")
    for file in tmp_path.iterdir():
        file.unlink()
    return pair


def digests(load):
    return [photo.digest for _weapon, photo in load.photos]


def to_load(one, other, about=()):
    return one.stockpile.photo_errands.packing.load(other.node, about)


def test_only_photos_that_the_receiver_is_not_known_to_hold_go_along(settled, tmp_path):
    one, other = settled
    assert to_load(one, other).photos == ()
    (weapon,) = one.stock(1, "NEW")
    photo = one.photograph(weapon, 1, **SMALL)
    assert digests(to_load(one, other)) == [photo]
    packed, photos = one.pack_both(tmp_path / "b.courier", other.node)
    assert (photos.photos, photos.left, photos.size) == (1, 0, to_load(one, other).size)
    assert photos.file == photos_file(packed.file)
    assert digests(to_load(one, other)) == [photo]  # nobody said that it came
    other.load_both(packed.file)
    other.pack(tmp_path / "back.courier", one.node)
    one.load(tmp_path / "back.courier")
    assert to_load(one, other).photos == ()


def test_what_was_lost_on_the_way_is_asked_for_and_sent_again(settled, tmp_path):
    one, other = settled
    (weapon,) = one.stock(1, "LOST")
    photo = one.photograph(weapon, 2, **SMALL)
    one.pack_both(tmp_path / "a.courier", other.node)
    other.load(tmp_path / "a.courier")  # its photos were left on the other stick
    other.stockpile.couriers.answer(tmp_path / "back.courier", one.node, by=other.by)
    one.load(tmp_path / "back.courier")
    assert digests(to_load(one, other)) == [photo]
    packed, _photos = one.pack_both(tmp_path / "a.courier", other.node)
    assert packed.facts == 0
    assert other.load_photos(packed.file).kept == 1
    other.stockpile.couriers.answer(tmp_path / "back.courier", one.node, by=other.by)
    one.load(tmp_path / "back.courier")
    assert to_load(one, other).photos == ()


def test_what_is_too_much_stays_behind_is_named_and_comes_the_next_time(settled, tmp_path):
    one, other = settled
    weapons = one.stock(3, "MUCH")
    taken = [one.photograph(weapon, 10 + at, **SMALL) for at, weapon in enumerate(weapons)]
    load = to_load(one, other, about=weapons[:1])
    assert digests(load) == [taken[0], taken[2], taken[1]]  # what is sent first, then the newest
    most = sum(photo.size for _weapon, photo in load.photos[:2])
    assert load.fitting(most) == (2, most)
    assert load.fitting(load.size) == (3, load.size)
    _packed, photos = one.pack_both(tmp_path / "a.courier", other.node, weapons[:1], most)
    assert (photos.photos, photos.size, photos.left) == (2, most, 1)
    found = other.stockpile.photo_errands.photos.beside(tmp_path / "a.courier")
    assert (len(found.fresh), found.stayed, found.size) == (2, 1, most)
    assert found.listed.stayed == (Lacked(weapons[1], taken[1]),)
    other.load_both(tmp_path / "a.courier")
    other.pack(tmp_path / "back.courier", one.node)
    one.load(tmp_path / "back.courier")
    assert digests(to_load(one, other)) == [taken[1]]
    one.pack_both(tmp_path / "a.courier", other.node)
    other.load_photos(tmp_path / "a.courier")
    assert all(map(other.shows, taken))


def test_who_asks_is_given_no_photo_of_another_weapon(settled, tmp_path):
    """A receiver that was taken over asks for whatever it likes."""
    one, other = settled
    (weapon,) = one.stock(1, "MINE")
    photo = one.photograph(weapon, 20, **SMALL)
    document = one.stockpile.photographs.keep(a_photo(21, **SMALL)).digest
    one.pack_both(tmp_path / "a.courier", other.node)
    other.load_both(tmp_path / "a.courier")
    other.pack(tmp_path / "b.courier", one.node)
    one.load(tmp_path / "b.courier")
    files = one.stockpile.couriers.files
    known = files.correspondent(other.node)
    asked = (Lacked(weapon, document), Lacked(WeaponId("nobody"), photo), Lacked(weapon, photo))
    files.keep(other.node, replace(known, lacks=asked))
    assert digests(to_load(one, other)) == [photo]


def test_a_photo_that_is_shown_no_more_or_not_here_does_not_go(settled):
    one, other = settled
    (weapon,) = one.stock(1, "GONE")
    first, second = (one.photograph(weapon, seed, **SMALL) for seed in (30, 31))
    one.stockpile.photographs.remove(weapon, first, "a face", by=one.by)
    assert digests(to_load(one, other)) == [second]
    one.stockpile.photographs.photos.forget(second)
    assert digests(to_load(one, other)) == []


def test_a_damaged_photo_is_passed_over_and_the_rest_goes(settled, tmp_path):
    one, other = settled
    (weapon,) = one.stock(1, "HURT")
    hurt, sound = (one.photograph(weapon, seed, **SMALL) for seed in (40, 41))
    file = one.house.home / "photos" / hurt[:2] / hurt[2:]
    file.write_bytes(file.read_bytes()[:-1])
    _packed, photos = one.pack_both(tmp_path / "a.courier", other.node)
    assert (photos.photos, photos.left) == (1, 0)
    other.load_both(tmp_path / "a.courier")
    assert (other.shows(sound), other.shows(hurt)) == (True, False)


def test_photos_of_an_earlier_file_of_that_name_are_put_away_and_nobody_elses(settled, tmp_path):
    one, other = settled
    (weapon,) = one.stock(1, "AWAY")
    one.photograph(weapon, 50, **SMALL)
    file = tmp_path / "a.courier"
    packed, photos = one.pack_both(file, other.node)
    theirs = photos.file.read_bytes()
    one.stockpile.photo_errands.packing.put_away(packed)
    assert not photos.file.exists()
    for content in (theirs, b"somebody's notes"):
        photos.file.write_bytes(content)
        other.stockpile.photo_errands.packing.put_away(packed)
        assert photos.file.read_bytes() == content


def test_who_stops_it_or_has_no_room_keeps_what_was_there(settled, tmp_path, monkeypatch):
    one, other = settled
    (weapon,) = one.stock(1, "STOP")
    one.photograph(weapon, 60, **SMALL)
    packed, photos = one.pack_both(tmp_path / "a.courier", other.node)
    before = photos.file.read_bytes()
    packing, load = one.stockpile.photo_errands.packing, to_load(one, other)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        packing.pack(packed, load, progress=stop, by=one.by)
    real = type(packing.couriers.files).lock_part

    def no_room(self, plain, key):
        raise OSError(28, "no room") if plain else real(self, plain, key)

    monkeypatch.setattr(type(packing.couriers.files), "lock_part", no_room)
    with pytest.raises(DiskFull):
        packing.pack(packed, load, by=one.by)
    assert photos.file.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.courier", "a.courier.photos"]


def test_who_may_not_exchange_packs_no_photos(settled, tmp_path):
    one, other = settled
    nobody = replace(one.by, officer=replace(one.by.officer, roles=()))
    packed = one.pack(tmp_path / "a.courier", other.node)
    with pytest.raises(OfficerNotAuthorised):
        one.stockpile.photo_errands.packing.pack(packed, to_load(one, other), by=nobody)
    with pytest.raises(NodeUnknown):
        one.stockpile.photo_errands.packing.load("x" * 16)


def test_to_a_registry_go_the_photos_that_it_was_not_heard_to_have(pair, tmp_path):
    """By stick or by line; where it lacked some when it was asked last, all may be lacking."""
    one, other = pair
    own = SiteKeys()
    (weapon,) = one.stock(1, "REG")
    first = one.photograph(weapon, 71, **SMALL)
    books, photos = one.stockpile.books, one.stockpile.photographs.photos
    peer = Peer("", own.node, own.public_key)
    packing = one.stockpile.photo_errands.packing
    books.keep_peer(peer)
    assert first in digests(packing.load(own.node))
    books.keep_peer(replace(peer, acknowledged=books.tip().number))
    assert packing.load(own.node).photos == ()
    later = one.photograph(weapon, 72, **SMALL)
    assert digests(packing.load(own.node)) == [later]
    photos.note_waiting(own.node, 1)
    assert set(digests(packing.load(own.node))) >= {first, later}
    photos.note_waiting(own.node, 0)
    known = Correspondent(lacks=(Lacked(weapon, first),))
    one.stockpile.couriers.files.keep(own.node, known)
    assert digests(packing.load(own.node)) == [first, later]
    # another depot's photo is not this one's to bring: its own node does
    theirs = other.photograph(other.stock(1, "THEIRS")[0], 73, **SMALL)
    other.pack_both(tmp_path / "a.courier", one.node)
    one.load_both(tmp_path / "a.courier")
    assert one.shows(theirs)
    assert theirs not in digests(packing.load(own.node))
