"""place add and list."""

from __future__ import annotations

from tests.helpers.commands import INIT, Shell


def test_places_are_opened_once_and_listed(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    room = shell.ok("place", "add", "Armoury", "--kind", "room")
    rack = shell.ok("place", "add", "Rack 1", "--within", "Armoury", "--code", "R1")
    assert shell.ok("place", "add", "rack 1", "--within", "Armoury") == rack
    assert room["id"] != rack["id"]
    names = [one["name"] for one in shell.ok("place", "list")]
    assert names == ["Armoury", "Kampala Central", "Rack 1"]
    assert shell.run("place", "add", "X", "--kind", "shelf").error["error"] == "FieldUnreadable"
