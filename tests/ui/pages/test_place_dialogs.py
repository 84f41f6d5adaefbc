"""The form of a place: what it says, and what it says back when the core refuses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldMissing, PlaceCodeTaken, PlaceWithinItself
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from ui.pages.place_dialogs import PlaceDialog

ROOM = Place(PlaceId("room"), "Room", "room", PlaceId("site"))
SITE = Place(PlaceId("site"), "Site", "site", None)
RACK = Place(
    PlaceId("rack"), "Rack 1", "rack", ROOM.id, code="R1", capacity=20, holds=("AKM", "PKM")
)


@pytest.fixture
def made(light, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)

    def make(place=None):
        dialog = PlaceDialog([SITE, ROOM, RACK], ROOM.id, place, parent)
        dialog.open()
        return dialog

    yield make
    parent.close()


def test_a_new_rack_needs_its_name_alone(made, qtbot):
    dialog = made()
    assert not dialog.save.isEnabled()
    qtbot.keyClicks(dialog.name.edit, "Rack 1..25")
    with qtbot.waitSignal(dialog.decided) as told:
        qtbot.keyClick(dialog.name.edit, Qt.Key.Key_Return)
    said = told.args[0]
    assert (said["name"], said["kind"], said["within"]) == ("Rack 1..25", "rack", ROOM.id)
    assert said["capacity"] == 0
    assert dialog.save.is_busy


def test_a_place_that_is_changed_stands_in_the_form(made):
    said = made(RACK).said()
    assert said["capacity"] == 20
    assert [one.strip() for one in said["holds"]] == ["AKM", "PKM"]
    assert (said["name"], said["code"], said["within"]) == ("Rack 1", "R1", ROOM.id)


def test_the_site_stands_in_nothing_and_no_place_in_itself(made):
    dialog = made(SITE)
    assert not dialog.within.isVisible()
    assert "within" not in dialog.said()
    dialog = made(ROOM)
    dialog.within.set_value(ROOM.id)
    assert dialog.within.value() == ""


def test_a_number_that_is_none_is_said_at_once(made, qtbot):
    dialog = made(RACK)
    dialog.capacity.set_text("many")
    with qtbot.assertNotEmitted(dialog.decided):
        dialog.accept()
    assert not dialog.save.is_busy


@pytest.mark.parametrize(
    "error", [PlaceCodeTaken("R1", "Rack 2"), FieldMissing("name"), PlaceWithinItself("Room")]
)
def test_a_refusal_is_said_and_what_was_typed_stays(made, error):
    dialog = made(RACK)
    dialog.accept()
    dialog.show_error(error)
    assert not dialog.save.is_busy
    assert dialog.isVisible()
    assert dialog.name.text() == "Rack 1"
    assert dialog._trouble.isVisible() == isinstance(error, PlaceWithinItself)
    dialog.end()
    assert not dialog.isVisible()
