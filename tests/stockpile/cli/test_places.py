"""place add, change, close, list, show and card."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def register(shell, serial, place):
    return shell.ok(
        "register", "--type", "ASR", "--make", "Izhmash", "--model", "AKM", "--calibre",
        "7.62x39 mm", "--serial", serial, "--place", place,
    )  # fmt: skip


def test_places_are_opened_once_and_listed(shell):
    room = shell.ok("place", "add", "Armoury", "--kind", "room")
    rack = shell.ok("place", "add", "Rack 1", "--within", "Armoury", "--code", "R1")
    assert shell.ok("place", "add", "rack 1", "--within", "Armoury") == rack
    assert room["id"] != rack["id"]
    names = [one["name"] for one in shell.ok("place", "list")]
    assert names == ["Armoury", "Kampala Central", "Rack 1"]
    assert shell.run("place", "add", "X", "--kind", "shelf").error["error"] == "FieldUnreadable"


def test_a_row_of_racks_is_opened_by_one_command(shell):
    row = shell.ok("place", "add", "Rack 1..12", "--code", "R1..12", "--capacity", "20",
                   "--holds", "AKM")  # fmt: skip
    assert [one["name"] for one in row] == [f"Rack {n}" for n in range(1, 13)]
    assert (row[11]["code"], row[11]["capacity"], row[11]["holds"]) == ("R12", 20, ["AKM"])
    assert shell.ok("place", "add", "Rack 1..12", "--code", "R1..12") == []


def test_a_place_is_changed_and_what_is_not_named_stays(shell):
    shell.ok("place", "add", "Room", "--kind", "room")
    shell.ok("place", "add", "Rack 1", "--code", "R1", "--capacity", "20")
    changed = shell.ok(
        "place", "change", "R1", "--name", "Rack North", "--within", "Room", "--kind", "crate",
        "--holds", "PKM", "--across", "2", "--down", "3", "--reason", "moved",
    )  # fmt: skip
    assert (changed["name"], changed["code"], changed["capacity"]) == ("Rack North", "R1", 20)
    assert (changed["kind"], changed["holds"], changed["across"]) == ("crate", ["PKM"], 2)
    bare = shell.ok("place", "change", "R1", "--capacity", "0", "--code", "")
    assert (bare["code"], bare["capacity"], bare["down"]) == ("", 0, 3)
    refused = shell.run("place", "change", "Room", "--within", "Rack North")
    assert refused.error["error"] == "PlaceWithinItself"


def test_what_stands_in_a_place_is_shown_and_it_is_closed_only_when_empty(shell):
    shell.ok("place", "add", "Rack 1", "--capacity", "1", "--holds", "PKM")
    shell.ok("place", "add", "Rack 2")
    numbers = {register(shell, serial, "Rack 1")["number"] for serial in ("A1", "A2")}
    shown = shell.ok("place", "show", "Rack 1")
    assert set(shown["here"]) == numbers
    assert (shown["over"], shown["strangers"], shown["out"], shown["lost"]) == (1, 2, [], [])
    assert shell.run("place", "close", "Rack 1", "--reason", "sold").error["error"] == (
        "PlaceOccupied"
    )
    shell.ok("place", "close", "Rack 2", "--reason", "sold")
    assert [one["name"] for one in shell.ok("place", "list")] == ["Kampala Central", "Rack 1"]


def test_cards_of_a_room_are_one_file_and_name_the_racks(shell, tmp_path):
    shell.ok("place", "add", "Room", "--kind", "room")
    shell.ok("place", "add", "Rack 1..3", "--within", "Room")
    out = str(tmp_path / "cards.pdf")
    made = shell.ok("place", "card", "--within", "Room", "--out", out)
    assert (made["cards"], made["pages"]) == (3, 1)
    tags = {one["name"]: one["tag"] for one in shell.ok("place", "list")}
    assert all(tags[f"Rack {n}"] for n in (1, 2, 3))
    assert not tags["Room"]
    assert shell.ok("place", "show", tags["Rack 2"])["name"] == "Rack 2"
    assert shell.run("place", "card", "--out", out).error["error"] == "FieldMissing"
