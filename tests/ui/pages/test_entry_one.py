"""One weapon after the other: further marks and photos go on record with their serial."""

from __future__ import annotations

from functools import partial

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from tests.helpers.readable import faults
from ui.pages.entry_extras import EntryExtras
from ui.pages.entry_one import OnePane
from ui.view_models.entry import EntryModel
from ui.view_models.entry_photos import EntryPhotos
from ui.view_models.photos import Photos

Key = Qt.Key


@pytest.fixture
def pane(seat, qtbot):
    rack = seat.open_place("Rack 01")
    model = EntryModel(*seat.made_with)
    pictures = Photos(seat.desk, seat.session)
    extras = EntryExtras(EntryPhotos(seat.desk, seat.session, pictures), pictures)
    pane = OnePane(model, extras, tuple)
    pane.kept = (model, pictures)
    qtbot.addWidget(pane)
    pane.resize(760, 640)
    model.offered.connect(pane.fields.offer)
    model.start()
    pane.show()
    qtbot.waitUntil(lambda: bool(pane.fields._places))
    pane.fields.place.set_value(rack.id)
    pane.activateWindow()
    pane.serial.setFocus()
    return pane


def saved(pane):
    return [line for line in pane.kept[0].lines if line.state == "saved"]


def enter(pane, qtbot, serial):
    qtbot.keyClicks(pane.serial.edit, serial)
    qtbot.keyClick(pane.serial.edit, Key.Key_Return)


def test_further_marks_go_on_record_with_the_serial_and_are_gone_for_the_next(pane, seat, qtbot):
    pane.extras.show_marks()
    qtbot.keyClicks(pane.extras.marks.form.text.edit, "26")
    qtbot.keyClick(pane.extras.marks.form.text.edit, Key.Key_Return)
    assert pane.serial.edit.hasFocus()
    enter(pane, qtbot, "KB1")
    qtbot.waitUntil(lambda: len(saved(pane)) == 1)
    weapon = saved(pane)[0].weapon
    stands = seat.on_books(partial(seat.stockpile.books.weapon, weapon))
    assert [mark.text for mark in stands.marks] == ["KB1", "26"]
    enter(pane, qtbot, "KB2")
    qtbot.waitUntil(lambda: len(saved(pane)) == 2)
    assert saved(pane)[1].said.marks == ()


def test_the_newest_photo_of_the_camera_is_one_key_and_goes_on_record(pane, seat, qtbot, tmp_path):
    Image.new("RGB", (64, 48), (90, 120, 30)).save(tmp_path / "left.jpg")
    seat.session.remember(photos=str(tmp_path))
    with qtbot.waitSignal(pane.extras._photos.changed):
        pane.extras.add_photo()
    enter(pane, qtbot, "KB1")  # its Enter waits until the photo is kept
    qtbot.waitUntil(lambda: len(saved(pane)) == 1)
    weapon = saved(pane)[0].weapon
    stands = seat.on_books(partial(seat.stockpile.books.weapon, weapon))
    assert [(photo.width, photo.height) for photo in stands.photos] == [(64, 48)]
    assert pane.extras._photos.photos == ()


def test_a_weapon_that_looks_alike_is_shown_by_its_photo(pane, seat, qtbot, tmp_path):
    Image.new("RGB", (64, 48), (90, 120, 30)).save(tmp_path / "left.jpg")
    seat.session.remember(photos=str(tmp_path))
    pane.extras.add_photo()
    qtbot.waitUntil(lambda: bool(pane.extras._photos.photos))
    enter(pane, qtbot, "KB4471902")
    qtbot.waitUntil(lambda: len(saved(pane)) == 1)
    assert not pane.photos.isVisible()
    qtbot.keyClicks(pane.serial.edit, "KB4471902")
    qtbot.waitUntil(pane.photos.isVisible)
    assert len(pane.photos.tiles()) == 1
    pane.empty()
    qtbot.waitUntil(pane.photos.isHidden)


def test_a_run_is_handed_on_and_leaves_the_field_empty(pane, qtbot):
    with qtbot.waitSignal(pane.run_typed) as told:
        enter(pane, qtbot, "KB1..KB9")
    assert told.args[0].count == 9
    assert pane.serial.text() == ""


def test_what_was_said_of_the_serial_before_is_not_drawn_anew(pane, qtbot):
    qtbot.keyClick(pane.serial.edit, Key.Key_Return)
    assert pane.serial.message
    qtbot.keyClicks(pane.serial.edit, "K")
    assert not pane.serial.message


@pytest.mark.usefixtures("tongue")
def test_everything_that_can_be_said_fits_the_smallest_window(pane, qtbot):
    pane.resize(508, 560)  # the smallest window, the list beside it
    pane.fields.fit(492)
    pane.extras.fit(492)
    pane.fields.show_more(more=True)
    pane.fields.more.remnant.setChecked(True)
    pane.extras.show_marks()
    assert faults(pane) == []
