"""Photos fetched and kept beside the books lane."""

from __future__ import annotations

import threading

import pytest

from tests.helpers.shots import a_file, drawn, encoded, opened
from ui.view_models.photos import Photos


@pytest.fixture
def photos(seat):
    return Photos(seat.desk, seat.session)


def record_of(seat, weapon):
    return seat.on_books(lambda: seat.stockpile.photographs.of(weapon))


def test_photos_are_added_told_to_every_screen_and_fetched(photos, seat, qtbot, tmp_path):
    weapon, told = seat.register("KB1"), []
    seat.desk.recorded.connect(told.append)
    ends = []
    photos.add(weapon, [a_file(tmp_path), encoded("PNG", drawn(300, 100))], "left", "", ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    shown = record_of(seat, weapon)
    assert ends[0].photos == shown
    assert len(told[-1].facts) == 2
    with qtbot.waitSignal(photos.thumbnail) as small:
        photos.want_thumbnail(shown[1].digest, 60)
    assert small.args[0] == shown[1].digest
    assert opened(small.args[1]).size == (60, 20)
    with qtbot.waitSignal(photos.picture) as whole:
        photos.want_picture(shown[1].digest)
    assert opened(whole.args[1]).size == (300, 100)


def test_what_cannot_be_read_is_told_and_the_rest_is_taken(photos, seat, qtbot):
    weapon, ends, refused = seat.register("KB1"), [], []
    photos.refused.connect(refused.append)
    photos.add(weapon, [b"no picture", encoded()], done=ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert [error.why for error in refused] == ["no_picture"]
    assert len(record_of(seat, weapon)) == 1


def test_an_officer_who_may_not_is_told_and_the_page_goes_on(photos, seat, qtbot):
    weapon, ends, refused = seat.register("KB1"), [], []
    seat.sit_down("I. Auditor", "auditor")
    photos.refused.connect(refused.append)
    photos.add(weapon, [encoded()], done=ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    assert [type(error).__name__ for error in refused] == ["OfficerNotAuthorised"]
    assert ends[0].photos == ()


def test_a_photo_that_is_not_here_is_missing(photos, seat, qtbot):
    with qtbot.waitSignal(photos.missing) as missing:
        photos.want_thumbnail("0" * 64, 60)
    assert missing.args == ["0" * 64]


def test_the_books_go_on_while_photos_are_kept(photos, seat, qtbot):
    held, answers = threading.Event(), []
    seat.desk.ask(seat.desk, held.wait, answers.append, lane="photos")
    photos.keep(encoded(), "mark", "", answers.append)
    weapon = seat.register("KB1")  # written while the photo waits
    assert answers == []
    held.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers[1].view == "mark"
    assert record_of(seat, weapon) == ()


def test_a_file_kept_for_entry_can_be_refused_to_its_own_place(photos, seat, qtbot):
    said, own = [], []
    photos.refused.connect(said.append)
    photos.keep(b"x", "left", "", pytest.fail, own.append)
    qtbot.waitUntil(lambda: bool(own))
    photos.keep(b"x", "left", "", pytest.fail)
    qtbot.waitUntil(lambda: bool(said))


def test_a_photo_is_removed_with_a_reason(photos, seat, qtbot):
    weapon, ends = seat.register("KB1"), []
    photos.add(weapon, [encoded()], done=ends.append)
    qtbot.waitUntil(lambda: bool(ends))
    (photo,) = ends[0].photos
    photos.remove(weapon, photo.digest, "a face", lambda: ends.append("removed"))
    qtbot.waitUntil(lambda: ends[-1] == "removed")
    assert record_of(seat, weapon) == ()
    with qtbot.waitSignal(photos.refused):
        photos.remove(weapon, photo.digest, "again")
