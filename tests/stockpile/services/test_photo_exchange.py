"""Photos between real nodes and a real registry: after the record, whole, on any line."""

from __future__ import annotations

import pytest

from stockpile.domain.courier import Lacked
from stockpile.domain.errors import (
    Cancelled,
    PhotosFull,
    RegistryRefused,
    RegistrySlow,
    RegistryUnreachable,
)
from stockpile.domain.photo_messages import PhotosHeld, PhotosWanted, PhotoWanted
from stockpile.domain.values import WeaponId
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos
from stockpile.services import photo_exchange
from tests.helpers.albums import Desk, a_photo, digest_of, shows_no_more
from tests.helpers.registries import answering, open_registry
from tests.helpers.talks import Talk


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


@pytest.fixture
def served(registry):
    with answering(registry.books) as url:
        yield url


@pytest.fixture
def desk(tmp_path, registry, served):
    """Open nodes that are enrolled; their lines may be bent."""
    opened = []

    def opening(name, at="Kampala", wrap=lambda link: link, scope=None):
        made = Desk(tmp_path / name, wrap)
        made.talk.enrol(served, registry.enrolment.make_code(name, at, scope), name, at)
        opened.append(made)
        return made

    yield opening
    for one in opened:
        one.site.close()


@pytest.fixture
def shelf(registry, tmp_path):
    """The registry's photos."""
    return Photos(registry.books, PhotoFiles(tmp_path / "registry.db.photos"))


class Bent:
    """A real line with a fault."""

    def __init__(self, real):
        self._real = real
        self.calls = []

    def __getattr__(self, name):
        self.calls.append(name)
        return getattr(self._real, name)


def test_photos_go_to_the_registry_and_from_there_to_who_is_told_of_the_weapon(desk, shelf):
    here, beside, elsewhere = desk("a"), desk("b"), desk("c", at="Gulu")
    one, two = here.photograph("w1", 1), here.photograph("w2", 2, width=640, height=480)
    moved = here.talk.sync().photos
    assert (moved.sent, moved.taken, moved.left) == (2, 0, 0)
    assert shelf.present([one, two]) == {one, two}
    moved = beside.talk.sync().photos
    assert (moved.sent, moved.taken) == (0, 2)
    assert beside.photos.read(two) == here.photos.read(two)
    assert elsewhere.talk.sync().photos.taken == 0
    assert not elsewhere.has(one)
    again = here.talk.sync().photos
    assert (again.sent, again.bytes) == (0, 0)


def test_every_photo_comes_however_many_weapons_there_are(desk, monkeypatch):
    monkeypatch.setattr(photo_exchange, "_WEAPONS_AT_ONCE", 2)
    monkeypatch.setattr(photo_exchange, "MOST_ASKED", 3)
    here, beside = desk("a"), desk("b")
    names = [here.photograph(f"w{one}", one, width=32, height=32) for one in range(7)]
    here.talk.sync()
    assert beside.talk.sync().photos.taken == 7
    assert beside.photos.held(names) == set(names)


def test_the_record_goes_first(desk):
    lines = []

    def noted(link):
        lines.append(Bent(link))
        return lines[-1]

    here = desk("a", wrap=noted)
    here.photograph("w1", 1)
    here.talk.sync()
    calls = lines[-1].calls
    after = calls[calls.index("photos_wanted") :]
    assert {"push", "feed"} & set(after) == set()
    assert "push" in calls


def test_a_line_that_breaks_off_in_a_photo_costs_a_piece_and_no_record(desk, registry, shelf):
    class Breaking(Bent):
        def send_photo(self, digest, offset, total, piece):
            if offset > 20_000:
                raise RegistryUnreachable("there", "line down")
            return self._real.send_photo(digest, offset, total, piece)

    here = desk("a", wrap=Breaking)
    name = here.photograph("w1", 1)
    done = here.talk.sync()
    assert (done.photos.sent, done.photos.left) == (0, 1)
    assert registry.books.tip(here.site.keys.node).number == here.site.books.tip().number
    assert here.photos.waiting(registry.books.key.node) == 1
    sent = []

    class Noting(Bent):
        def send_photo(self, digest, offset, total, piece):
            sent.append(offset)
            return self._real.send_photo(digest, offset, total, piece)

    here.wrap = Noting
    assert here.talk.sync().photos.sent == 1
    assert sent[0] > 0
    assert shelf.present([name]) == {name}
    assert here.photos.waiting(registry.books.key.node) == 0


def test_what_comes_goes_on_where_it_stopped_too(desk, registry):
    here = desk("a")
    name = here.photograph("w1", 1)
    here.talk.sync()
    asked = []

    class Breaking(Bent):
        def photo_piece(self, digest, offset, most):
            asked.append(offset)
            if len(asked) == 2:
                raise RegistryUnreachable("there", "line down")
            return self._real.photo_piece(digest, offset, most)

    beside = desk("b", wrap=Breaking)
    assert beside.talk.sync().photos.taken == 0
    assert beside.photos.arrived(name) == photo_exchange.FIRST_PIECE
    assert beside.talk.sync().photos.taken == 1
    assert asked[2] == photo_exchange.FIRST_PIECE
    assert beside.has(name)


def test_on_a_slow_line_pieces_become_small(desk):
    sizes = []

    class Slow(Bent):
        def send_photo(self, digest, offset, total, piece):
            sizes.append(len(piece))
            if len(piece) > 2_000 and len(sizes) < 10:
                raise RegistrySlow("there", "no answer in time")
            return self._real.send_photo(digest, offset, total, piece)

    here = desk("a", wrap=Slow)
    here.photograph("w1", 1)
    assert here.talk.sync().photos.sent == 1
    assert sizes[:3] == [16_384, 4_096, 1_024]


def test_photos_stop_for_an_act_that_was_written_meanwhile(desk):
    class Working(Bent):
        def send_photo(self, digest, offset, total, piece):
            if not offset:
                here.add("w1", 9)
            return self._real.send_photo(digest, offset, total, piece)

    here = desk("a", wrap=Working)
    for number in range(3):
        here.photograph(f"w{number}", number)
    moved = here.talk.sync().photos
    assert (moved.sent, moved.left) == (1, 2) or (moved.sent, moved.left) == (0, 3)
    here.wrap = lambda link: link
    assert here.talk.sync().photos.left == 0


def test_photos_stop_after_a_while(desk):
    class Waiting(Bent):
        def send_photo(self, digest, offset, total, piece):
            here.site.clock.at += photo_exchange.LONGEST
            return self._real.send_photo(digest, offset, total, piece)

    here = desk("a", wrap=Waiting)
    for number in range(3):
        here.photograph(f"w{number}", number, width=32, height=32)
    assert here.talk.sync().photos.left > 0


def test_whoever_stops_it_stops_between_two_pieces(desk, shelf):
    here = desk("a")
    name = here.photograph("w1", 1)
    lines = []

    def stopping(done, total):
        if lines and "send_photo" in lines[-1].calls:
            raise Cancelled

    def noted(link):
        lines.append(Bent(link))
        return lines[-1]

    here.wrap = noted
    with pytest.raises(Cancelled):
        here.talk.sync(progress=stopping)
    here.wrap = lambda link: link
    assert here.talk.sync().photos.sent == 1
    assert shelf.present([name]) == {name}


def test_a_registry_is_given_no_photo_but_of_weapons(desk):
    class Curious(Bent):
        def photos_wanted(self):
            return PhotosWanted(
                tuple(PhotoWanted(secret, WeaponId(one), 0) for one in ("w1", "unheard"))
            )

        def send_photo(self, digest, offset, total, piece):
            raise AssertionError("it was given away")

    here = desk("a", wrap=Curious)
    here.photograph("w1", 1)
    secret = here.photos.keep(a_photo(77)).digest
    assert here.talk.sync().photos.sent == 0


def test_what_a_lying_registry_gives_for_a_photo_is_not_kept(desk, shelf):
    here = desk("a")
    name = here.photograph("w1", 1)
    here.talk.sync()

    class Lying(Bent):
        def photo_piece(self, digest, offset, most):
            return self._real.photo_piece(digest, offset, most)[:-1] + b"!"

        def photos_held(self, digests):
            return PhotosHeld((*digests, digest_of(b"something else")))

    beside = desk("b", wrap=Lying)
    assert beside.talk.sync().photos.taken == 0
    assert not beside.has(name)
    assert beside.photos.arrived(name) == 0
    beside.wrap = lambda link: link
    assert beside.talk.sync().photos.taken == 1


def test_a_registry_without_room_or_of_another_mind_ends_no_exchange(desk):
    class Full(Bent):
        trouble = PhotosFull("disk")

        def send_photo(self, digest, offset, total, piece):
            raise self.trouble

    class Refusing(Full):
        trouble = RegistryRefused("there", "photo_wrong")

    class Unknowing(Bent):
        def photos_wanted(self):
            raise RegistryRefused("there", "not_found")

    here = desk("a", wrap=Full)
    here.photograph("w1", 1)
    assert here.talk.sync().photos.full
    here.wrap = Refusing
    assert here.talk.sync().photos == photo_exchange.PhotosMoved(left=1)
    here.wrap = Unknowing
    assert here.talk.sync().photos == photo_exchange.PhotosMoved()


def test_a_photo_that_is_lost_here_stops_no_other(desk, shelf):
    here = desk("a")
    lost, kept = here.photograph("w1", 1), here.photograph("w2", 2)
    here.photos.forget(lost)
    assert here.talk.sync().photos.sent == 1
    assert shelf.present([lost, kept]) == {kept}


def test_a_photo_taken_off_the_record_goes_from_the_registry_too(desk, shelf):
    here = desk("a")
    name = here.photograph("w1", 1)
    here.talk.sync()
    here.site.books.record([shows_no_more("w1", here.photos.read(name))], by=None)
    here.talk.sync()
    assert shelf.present([name]) == frozenset()
    assert not shelf.files.holds(name)


# --- what came by hand ----------------------------------------------------------------------------


class Counted(Bent):
    """A line that notes how many bytes of photos go over it."""

    sent = 0

    def send_photo(self, digest, offset, total, piece):
        type(self).sent += len(piece)
        return self._real.send_photo(digest, offset, total, piece)


@pytest.fixture
def counted():
    Counted.sent = 0
    return Counted


def by_hand(depot, office, digest, weapon="w1"):
    """The office holds the depot's record, and its photo came by a stick."""
    entries = depot.site.books.entries(depot.site.keys.node, 0, 99)
    office.site.books.trust(depot.site.keys.node, depot.site.keys.public_key)
    office.site.books.receive(entries)
    office.photos.accept(digest, depot.photos.read(digest))
    office.photos.note_brought([Lacked(WeaponId(weapon), digest)])


def sync_without_photos(depot):
    """Exchange the record alone, as on a dear line."""
    return Talk(depot.talk.exchanging.carrying_photos(carried=False)).sync()


def test_what_came_by_hand_is_passed_on_where_the_registry_knows_the_record(desk, shelf, counted):
    office = desk("office", at="HQ", scope=["*"], wrap=counted)
    depot = desk("depot", at="Gulu")
    name = depot.photograph("w1", 1)
    by_hand(depot, office, name)
    assert office.talk.sync().photos.sent == 0  # it has never heard of that weapon
    assert (counted.sent, len(office.photos.brought())) == (0, 1)
    sync_without_photos(depot)
    assert shelf.present([name]) == frozenset()
    moved = office.talk.sync().photos
    assert (moved.sent, counted.sent) == (1, len(office.photos.read(name)))
    assert shelf.present([name]) == {name}
    assert office.talk.sync().photos.sent == 0
    assert office.photos.brought() == ()


def test_what_came_by_hand_goes_on_as_long_as_it_is_wanted(desk, shelf, counted, monkeypatch):
    monkeypatch.setattr(photo_exchange, "MOST_OFFERED", 2)
    office = desk("office", at="HQ", scope=["*"], wrap=counted)
    depot, unheard = desk("depot", at="Gulu"), desk("unheard", at="Lira")
    names = [depot.photograph(f"w{one}", one, width=32, height=32) for one in range(5)]
    for at, name in enumerate(names):
        by_hand(depot, office, name, f"w{at}")
    strange = [unheard.photograph(f"x{one}", 20 + one, width=32, height=32) for one in range(5)]
    for at, name in enumerate(strange):
        by_hand(unheard, office, name, f"x{at}")
    sync_without_photos(depot)
    assert office.talk.sync().photos.sent == 5
    assert shelf.present([*names, *strange]) == set(names)
    assert {one.digest for one in office.photos.brought()} >= set(strange)


def test_of_what_came_by_hand_only_what_a_record_shows_is_offered(desk, counted):
    office, depot = desk("office", at="HQ", scope=["*"], wrap=counted), desk("depot", at="Gulu")
    name = depot.photograph("w1", 1)
    sync_without_photos(depot)
    by_hand(depot, office, name)
    stray = digest_of(a_photo(9))
    office.photos.accept(stray, a_photo(9))
    office.photos.note_brought([Lacked(WeaponId("w1"), stray), Lacked(WeaponId("none"), name)])
    assert office.talk.sync().photos.sent == 0
    assert counted.sent == 0
