"""Marks and photos of one weapon: out of sight until they are wanted."""

from __future__ import annotations

import pytest
from PIL import Image

from stockpile.domain.receiving import Description
from ui.pages.entry_extras import EntryExtras
from ui.view_models.entry_photos import EntryPhotos
from ui.view_models.photos import Photos


@pytest.fixture
def extras(seat, qtbot):
    pictures = Photos(seat.desk, seat.session)
    extras = EntryExtras(EntryPhotos(seat.desk, seat.session, pictures), pictures)
    extras.pictures = pictures
    qtbot.addWidget(extras)
    extras.resize(700, 700)
    extras.show()
    return extras


def test_nothing_is_in_the_way_until_it_is_wanted(extras):
    assert not extras._marks_card.isVisible()
    assert not extras._photo_box.isVisible()
    extras.show_marks()
    assert extras.marks.form.text.isVisible()
    extras.clear()
    assert not extras._marks_card.isVisible()


def test_a_photo_of_a_mark_is_the_marks_and_the_weapons(extras, seat, qtbot, tmp_path):
    Image.new("RGB", (40, 30), (10, 20, 30)).save(tmp_path / "mark.png")
    seat.session.remember(photos=str(tmp_path))
    extras.show_marks()
    qtbot.keyClicks(extras.marks.form.text.edit, "26")
    extras.marks._photo.click()
    qtbot.waitUntil(lambda: bool(extras._photos.photos) and not extras.is_busy)
    said = extras.described(Description(type="ASR"))
    assert said.marks[0].photo == said.photos[0].digest


def test_a_file_that_is_no_photo_is_told(extras, qtbot, tmp_path):
    (tmp_path / "left.jpg").write_text("no photo")
    extras.strip.added.emit((tmp_path / "left.jpg",))
    qtbot.waitUntil(lambda: not extras.is_busy and bool(extras._said.text()))
    assert extras._photos.photos == ()


def test_a_photo_can_be_left_out_again(extras, qtbot, tmp_path):
    Image.new("RGB", (40, 30)).save(tmp_path / "left.png")
    extras.strip.added.emit((tmp_path / "left.png",))
    qtbot.waitUntil(lambda: bool(extras._photos.photos))
    extras.strip.removed.emit(extras._photos.photos[0].digest, "blurred")
    assert extras._photos.photos == ()
