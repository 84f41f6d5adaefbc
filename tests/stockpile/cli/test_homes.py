"""init and demo."""

from __future__ import annotations

from tests.helpers.commands import INIT, Shell


def test_a_home_is_made_once(tmp_path):
    shell = Shell(tmp_path / "home")
    made = shell.ok(*INIT)
    assert made["site"] == "KLA"
    assert len(made["node"]) == 16
    again = shell.run(*INIT)
    assert (again.code, again.error["error"]) == (1, "HomeExists")


def test_a_practice_depot_asks_for_no_secrets_and_is_the_same_each_time(tmp_path):
    shell = Shell(tmp_path / "home")
    nothing = {"STOCKPILE_PASSPHRASE": "", "STOCKPILE_PIN": ""}
    told = shell.ok("demo", "--weapons", "60", "--seed", "3", **nothing)
    assert sum(told.values()) == 60
    assert shell.ok("demo", "--weapons", "60", "--seed", "3", **nothing) == told


def test_nonsense_numbers_are_a_usage_error(tmp_path):
    said = Shell(tmp_path / "home").run(*INIT, "--numbers", "many")
    assert said.code == 2
    assert not (tmp_path / "home").exists()
