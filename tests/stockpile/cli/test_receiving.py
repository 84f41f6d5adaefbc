"""register, correct, move."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_weapon_is_registered_corrected_moved_and_shown(shell):
    made = shell.ok("register", "--type", "ASR", "--make", "Izhmash", "--model", "AK",
                    "--serial", "KB 4471902")  # fmt: skip
    number = made["number"]
    corrected = shell.ok("correct", number, "model=AKM", "--reason", "misread")
    assert corrected["model"] == "AKM"
    shell.ok("place", "add", "Rack 4")
    assert shell.ok("move", number, "--to", "rack 4")["moved"] == 1
    assert shell.ok("move", number, "--to", "rack 4")["moved"] == 0
    shown = shell.ok("show", "kb4471902")
    assert [one["kind"] for one in shown["history"]] == [
        "weapon.registered", "weapon.corrected", "weapon.relocated",
    ]  # fmt: skip
    assert shown["place"] == "Rack 4"
    assert shown["history"][0]["by"] == "A. Mbuyi"


def test_a_look_alike_is_named(shell):
    first = shell.ok("register", "--serial", "KB0O1")
    second = shell.ok("register", "--serial", "KBOO1")
    assert [one["number"] for one in second["look_alikes"]] == [first["number"]]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("register",), 1, "FieldMissing"),
        (("register", "--type", "GUN"), 1, "FieldUnreadable"),
        (("show", "nothing"), 1, "WeaponUnknown"),
        (("move", "nothing", "--to", "nowhere"), 1, "PlaceUnknown"),
        (("register", "--serial", "1", "--as", "Nobody"), 1, "OfficerUnknown"),
    ],
)
def test_refusals_name_their_reason(shell, words, code, error):
    said = shell.run(*words)
    assert (said.code, said.error["error"], said.out) == (code, error, "")
    assert said.error["message"]


def test_a_wrong_pin_and_a_wrong_passphrase_are_told_apart(shell):
    assert shell.run("register", "--serial", "1", STOCKPILE_PIN="0000").error["error"] == "WrongPin"
    said = shell.run("check", STOCKPILE_PASSPHRASE="guess")
    assert said.error["error"] == "WrongPassphrase"
