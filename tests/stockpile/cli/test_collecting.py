"""A day at the hand-in table, by commands."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.shots import a_file


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_hand_in_is_recorded_listed_printed_and_taken_back(shell, tmp_path):
    said = shell.ok(
        "collect", "Okot David", "--weapon", "type=ASR;model=AKM;serial=none;condition=repairable",
        "--weapon", "type=PST;serial=TT-1951", "--rounds", "7.62x39 mm=60",
        "--rounds", "9x19 mm=4,unserviceable", "--category", "combatant", "--born", "1999",
        "--sex", "m", "--reads", "ar", "--site", "mobile", "--ineligible", "not of this group",
        "--thumbprint", a_file(tmp_path),
    )  # fmt: skip
    assert said["number"] == "CR-KLA-26-0001"
    assert (said["count"], said["rounds"], said["eligible"]) == (2, 64, False)
    assert (said["appeal"], said["signature"]) == ("CR-KLA-26-0001", "thumbprint")
    assert said["file"].endswith("CR-KLA-26-0001.pdf")
    (listed,) = shell.ok("collect", "list", "--day", said["on"])
    assert listed["person"] == "Okot David"
    again = tmp_path / "again.pdf"
    drawn = shell.ok("collect", "receipt", "cr-kla-26-0001", "--reads", "fr", "--out", again)
    assert (drawn["pages"], again.exists()) == (1, True)
    assert shell.ok("show", "TT-1951")["status"] == "collected"
    taken = shell.ok("collect", "undo", said["number"], "--reason", "wrong person")
    assert taken["withdrawn"] == "wrong person"
    assert shell.ok("collect", "show", said["number"])["withdrawn"] == "wrong person"


def test_what_a_hand_in_lacks_is_said_and_nothing_is_written(shell):
    words = ("collect", "Okello", "--weapon", "serial=A1")
    assert shell.run(*words).error["error"] == "ReasonMissing"  # nobody signed, and no reason
    child = shell.run(*words, "--unsigned", "no ink", "--born", "15")
    assert child.error["details"] == {"field": "child_protection"}
    for wrong in (("--weapon", "colour=red"), ("--rounds", "60"), ("--sex-of", "m")):
        assert shell.run(*words, "--unsigned", "no ink", *wrong).code != 0
    assert shell.run("collect", "Nobody", "--known", "--unsigned", "x").code != 0
    assert shell.ok("collect", "list") == []
