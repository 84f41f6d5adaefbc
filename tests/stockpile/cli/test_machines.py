"""machine: put on record, asked who it is, approved, commissioned, and how fast it is."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.wires import wire_words

COMMISSION = ("machine", "commission", "bench", "--on", "2026-11-28")


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_machine_is_asked_who_it_is_and_approved_and_stays_so_under_new_settings(shell, tmp_path):
    with shell.serving("simulate", "tl07", *wire_words(tmp_path / "m")) as ready:
        add = ("machine", "add", "bench", "--url", ready["url"], "--driver")
        shell.ok(*add, "tl07")
        probed = shell.ok("machine", "probe", "bench")
        bound = shell.ok("machine", "bind", "bench")
    assert (probed["name"], probed["state"]) == ("bench", "ready")
    assert bound["identity"] == probed["identity"] != ""
    assert len(bound["fingerprint"]) == 64
    again = shell.ok(*add, "tl07", "--read-back-every", "5")
    assert (again["identity"], again["fingerprint"]) == (bound["identity"], bound["fingerprint"])
    assert again["read_back_every"] == 5
    other = shell.ok(*add, "couth")
    assert (other["identity"], other["fingerprint"]) == ("", "")


def test_a_machine_is_commissioned_by_its_checklist(shell):
    shell.ok("machine", "add", "bench", "--driver", "by_hand")
    passed = ("--passed", "1", "--passed", "2", "--passed", "3")
    machine = shell.ok(*COMMISSION, *passed, "--failed", "7", "--failed", "3")
    assert machine["witness_proven"]
    for step in ("0", "11"):
        assert shell.run(*COMMISSION, "--failed", step).error["error"] == "FieldUnreadable"
    assert shell.ok("machine", "list") == [machine]
    assert [(one["step"], one["result"]) for one in machine["commissioning"]["checks"]] == [
        (1, "passed"), (2, "passed"), (3, "failed"), (7, "failed"),
    ]  # fmt: skip
    assert shell.ok("machine", "pace") == []


def test_what_is_not_there_is_said(shell):
    add = ("machine", "add", "bench", "--driver")
    assert shell.run(*add, "magic").error["error"] == "MachineUnknown"
    assert shell.run(*COMMISSION).error["error"] == "MachineUnknown"
    shell.ok(*add, "tl07", "--url", "/dev/nobody")
    for asked in ("probe", "bind"):
        said = shell.run("machine", asked, "bench")
        assert (said.code, said.error["error"]) == (3, "PortMissing")
