"""person held, export, due and erase."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.house import TOLD

AS = ("--as", TOLD.officer)


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A home with two officers and a person."""
    shell = Shell(tmp_path_factory.mktemp("persons") / "home")
    shell.ok(*INIT)
    shell.ok("holder", "add", "Ilunga Paul", "--number", "A-118", "--card", "C1")
    shell.ok("officer", "add", "S. Second", "--role", "commander", STOCKPILE_NEW_PIN="7139")
    return shell


def test_what_is_held_is_shown_and_handed_out_by_two(shell, tmp_path):
    held = shell.ok("person", "held", "a118", *AS)
    assert held["details"]["Card"] == "C1"
    words = ("person", "export", "a118", "--to", "their lawyer", "--ground", "own request", *AS)
    out = ("--out", str(tmp_path / "out"))
    assert shell.run(*words, *out).error["error"] == "SecondOfficerMissing"
    signed = ("--witness", "S. Second")
    made = shell.ok(*words, *out, *signed, STOCKPILE_WITNESS_PIN="7139")
    assert made["code"].startswith("PD-")
    told = json.loads(Path(made["json"]).read_text("utf-8"))
    assert told["handed_out"]["to"] == "their lawyer"
    assert Path(made["paper"]).is_file()
    assert shell.run("person", "held", "nobody", *AS).error["error"] == "HolderUnknown"


def test_nobody_is_due_without_a_rule_and_one_is_erased_by_name(shell):
    assert shell.ok("person", "due") == []
    assert shell.ok("person", "erase", "--due", *AS) == {"erased": 0}
    assert shell.run("person", "erase", "a118", *AS).error["error"] == "ReasonMissing"
    assert shell.ok("person", "erase", "a118", "--reason", "left", *AS) == {"erased": 1}
    assert shell.ok("holder", "list") == []
