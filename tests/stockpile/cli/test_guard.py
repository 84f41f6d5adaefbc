"""guard: rules, set, proposals, confirm, refuse, unheeded, judge."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell

SECOND = {"STOCKPILE_WITNESS_PIN": "1357"}


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    shell = Shell(tmp_path_factory.mktemp("guarded") / "home")
    shell.ok(*INIT)
    words = ("--as", "A. Mbuyi", "officer", "add", "S. Second", "--role", "commander")
    shell.ok(*words, STOCKPILE_NEW_PIN="1357")
    return shell


def first(shell, *words, **environment):
    return shell.ok("--as", "A. Mbuyi", *words, **environment)


def test_rules_are_shown_and_set_and_what_is_not_named_stays(shell):
    assert shell.ok("guard", "rules")["lock_after"] == 10
    said = first(shell, "guard", "set", "--two", "correct", "--two", "merge", "--retain", "24")
    assert said["two_officers"] == ["correct", "merge"]
    said = first(shell, "guard", "set", "--lock-after", "0")
    assert (said["two_officers"], said["lock_after"], said["retain_persons"]) == (
        ["correct", "merge"], 0, 24,
    )  # fmt: skip
    assert said["tracing_allowed"]
    said = first(shell, "guard", "set", "--no-tracing")
    assert (said["tracing_allowed"], said["retain_persons"]) == (False, 24)
    refused = shell.run("--as", "A. Mbuyi", "guard", "set", "--two", "walk")
    assert (refused.code, refused.error["error"]) == (1, "FieldUnreadable")


def test_an_act_by_rule_is_signed_by_two_now_or_confirmed_later(shell):
    first(shell, "guard", "set", "--two", "correct")
    number = first(shell, "register", "--serial", "KB 4471902")["number"]
    words = ("correct", number, "model=AKMS", "--reason", "misread")
    alone = shell.run("--as", "A. Mbuyi", *words)
    assert (alone.code, alone.error["error"]) == (1, "SecondOfficerMissing")
    assert first(shell, "--witness", "S. Second", *words, **SECOND)["model"] == "AKMS"
    words = ("correct", number, "model=AKM", "--reason", "looked again")
    assert first(shell, "--later", "alone tonight", *words)["act"] == "correct"
    assert shell.ok("show", number)["model"] == "AKMS"
    (waits,) = shell.ok("guard", "proposals")
    assert (waits["act"], waits["by"], waits["stale"]) == ("correct", "A. Mbuyi", False)
    assert waits["writes"][0]["changes"][0]["after"]
    own = shell.run("--as", "A. Mbuyi", "guard", "confirm", waits["id"])
    assert own.error["error"] == "SecondOfficerMissing"
    shell.ok("--as", "S. Second", "guard", "confirm", waits["id"], STOCKPILE_PIN="1357")
    assert shell.ok("show", number)["model"] == "AKM"


def test_an_act_is_refused_with_a_reason_and_ones_own_taken_back(shell):
    first(shell, "guard", "set", "--two", "none")
    for serial, officer, outcome in (("R-1", "S. Second", "refused"),
                                     ("R-2", "A. Mbuyi", "withdrawn")):  # fmt: skip
        number = first(shell, "register", "--serial", serial)["number"]
        first(shell, "--later", "x", "correct", number, "year=1999", "--reason", "misread")
        (waits,) = shell.ok("guard", "proposals")
        pin = "1357" if officer == "S. Second" else "2580"
        words = ("guard", "refuse", waits["id"], "--reason", "no")
        said = shell.ok("--as", officer, *words, STOCKPILE_PIN=pin)
        assert said["outcome"] == outcome
    assert shell.ok("guard", "proposals") == []


def test_nothing_stands_in_doubt_in_an_honest_home(shell):
    assert shell.ok("guard", "unheeded") == []
    words = ("guard", "judge", "00", "--accept", "--reason", "x")
    said = shell.run("--as", "A. Mbuyi", "--witness", "S. Second", *words, **SECOND)
    assert said.error["error"] == "EntryNotInDoubt"
    assert shell.run("guard", "judge", "00", "--reason", "x").code != 0
