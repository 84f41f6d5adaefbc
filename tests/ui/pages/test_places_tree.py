"""The rooms beside the plan: those that hold places, each with how much is in it."""

from __future__ import annotations

import pytest

from stockpile.domain.places import Branch, Place
from stockpile.domain.values import PlaceId
from ui.pages.places_tree import PlacesTree


def branch(name, kind, here=0, *branches):
    return Branch(Place(PlaceId(name), name, kind, None), here, branches)


@pytest.fixture
def tree(light, qtbot):
    tree = PlacesTree()
    qtbot.addWidget(tree)
    tree.show()
    rack = branch("Rack", "rack", 5)
    slotted = branch("Slotted rack", "rack", 0, branch("Slot", "slot", 2))
    tree.show_places(
        [branch("Site", "site", 1, branch("Room", "room", 0, rack, slotted))], PlaceId("Room")
    )
    return tree


def test_rooms_and_what_holds_places_are_listed_with_their_figures(tree):
    assert {name: row.accessibleName() for name, row in tree.rows.items()} == {
        "Site": "Site 8", "Room": "Room 7", "Slotted rack": "Slotted rack 2",
    }  # fmt: skip
    assert tree.rows["Room"].isChecked()
    assert not tree.rows["Site"].isChecked()


def test_a_room_is_chosen_and_pressed_again_it_stays(tree, qtbot):
    for _turn in range(2):
        with qtbot.waitSignal(tree.chosen) as told:
            tree.rows["Site"].click()
        assert told.args == ["Site"]
        assert tree.rows["Site"].isChecked()


def test_rows_are_made_anew_only_where_rooms_are_others(tree):
    before = tree.rows["Site"]
    tree.show_places(
        [branch("Site", "site", 4, branch("Room", "room"),
                branch("Slotted rack", "rack", 0, branch("Slot", "slot")))], None
    )  # fmt: skip
    assert tree.rows["Site"] is not before
    again = tree.rows["Site"]
    tree.show_places(
        [branch("Site", "site", 9, branch("Room", "room"),
                branch("Slotted rack", "rack", 0, branch("Slot", "slot")))], PlaceId("Site")
    )  # fmt: skip
    assert tree.rows["Site"] is again
    assert again.accessibleName() == "Site 9"
