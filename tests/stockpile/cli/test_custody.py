"""handover, repair, kit set."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_kit_is_set_once(shell):
    numbers = [shell.ok("register", "--serial", f"KB{one}")["number"] for one in range(2)]
    items = ("--item", "magazine=3", "--item", "sling")
    assert shell.ok("kit", "set", *numbers, *items)["changed"] == 2
    assert shell.ok("kit", "set", *numbers, *items)["changed"] == 0
    assert shell.run("kit", "set", numbers[0], "--item", "=").error["error"] == "FieldUnreadable"


def test_a_repair_is_written_down(shell):
    number = shell.ok("register", "--serial", "KB1")["number"]
    shell.ok("inspect", number, "--condition", "unserviceable", "--unfit", "--remarks", "bulged")
    shown = shell.ok("repair", number, "new barrel")
    assert shown["condition"] == "serviceable"
    said = shell.run("inspect", number, "--condition", "unserviceable", "--unfit")
    assert said.error["error"] == "FieldMissing"


def test_a_handover_needs_a_count_a_witness_and_an_officer(shell, tmp_path):
    shell.ok("officer", "add", "N. New", "--role", "storekeeper", STOCKPILE_NEW_PIN="2580")
    words = ("handover", "Kampala Central", "--to", "N. New", "--as", "A. Mbuyi")
    assert shell.run(*words).error["error"] == "SecondOfficerMissing"
    witness = ("--witness", "N. New")
    said = shell.run(*words, *witness, STOCKPILE_WITNESS_PIN="2580")
    assert said.error["error"] == "HandoverNeedsCount"
    said = shell.run("handover", "Kampala Central", "--to", "Nobody", "--as", "A. Mbuyi")
    assert said.error["error"] == "OfficerUnknown"
    waits = shell.run("--later", "in the field", *words)
    assert waits.error["error"] == "HandoverNeedsCount"
