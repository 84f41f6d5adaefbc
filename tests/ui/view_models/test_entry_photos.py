"""Photos of the weapon being entered: the camera's newest one, once."""

from __future__ import annotations

import os

import pytest
from PIL import Image

from ui.view_models.entry_photos import EntryPhotos
from ui.view_models.photos import Photos


@pytest.fixture
def photos(seat):
    pictures = Photos(seat.desk, seat.session)
    photos = EntryPhotos(seat.desk, seat.session, pictures)
    photos.pictures = pictures
    return photos


def taken(folder, name, at, colour=(1, 2, 3)):
    file = folder / name
    Image.new("RGB", (20, 10), colour).save(file)
    os.utime(file, (at, at))
    return file


def test_the_newest_photo_is_taken_and_not_a_second_time(photos, seat, qtbot, tmp_path):
    taken(tmp_path, "old.png", 1_700_000_000)
    taken(tmp_path, "new.JPG", 1_700_000_100, (90, 1, 1))
    (tmp_path / "notes.txt").write_text("none")
    seat.session.remember(photos=str(tmp_path))
    photos.take_newest()
    qtbot.waitUntil(lambda: len(photos.photos) == 1)
    with qtbot.waitSignal(photos.none_new):
        photos.take_newest()
    taken(tmp_path, "next.jpg", 1_700_000_200, (1, 90, 1))
    photos.take_newest()
    qtbot.waitUntil(lambda: len(photos.photos) == 2)


def test_where_no_folder_is_known_or_there_none_is_new(photos, seat, qtbot, tmp_path):
    with qtbot.waitSignal(photos.none_new):
        photos.take_newest()
    seat.session.remember(photos=str(tmp_path / "unplugged"))
    with qtbot.waitSignal(photos.none_new):
        photos.take_newest()


def test_the_folder_of_a_picked_file_is_the_cameras_from_then_on(photos, seat, qtbot, tmp_path):
    photos.take((taken(tmp_path, "left.png", 1_700_000_000),))
    assert photos.is_busy
    qtbot.waitUntil(lambda: not photos.is_busy)
    assert seat.session.settings.photos == str(tmp_path)
    photos.clear()
    assert photos.photos == ()


def test_what_is_no_photo_is_refused_and_holds_nothing_up(photos, qtbot, tmp_path):
    file = tmp_path / "left.jpg"
    file.write_text("no photo")
    with qtbot.waitSignal(photos.refused):
        photos.take((file,))
    assert not photos.is_busy
