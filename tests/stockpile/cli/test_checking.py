"""check, rebuild, conflict list."""

from __future__ import annotations

from tests.helpers.commands import INIT, Shell


def test_a_home_is_checked_and_rebuilt_with_the_same_numbers(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    first = shell.ok("register", "--serial", "KB 1", "--model", "AKM")
    second = shell.ok("register", "--serial", "KB 1", "--model", "AKM")
    checked = shell.ok("check", "--deep")
    assert checked["ok"] is True
    assert shell.ok("check", "--if-due") == {"ok": True, "due": False, "days": 0}
    assert checked["first_damage"] is None
    assert (checked["entries"], checked["weapons"], checked["conflicts"]) == (3, 2, 1)
    assert shell.ok("rebuild")["facts"] == checked["facts"]
    (conflict,) = shell.ok("conflict", "list")
    assert conflict["class"] == "possible_duplicate"
    assert sorted(conflict["weapons"]) == sorted([first["number"], second["number"]])


def test_there_is_nothing_to_check_without_a_home(tmp_path):
    said = Shell(tmp_path / "nowhere").run("check")
    assert (said.code, said.error["error"]) == (1, "HomeMissing")
