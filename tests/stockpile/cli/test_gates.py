"""A day at the gate, by commands."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def test_a_patrol_gets_its_voucher_and_its_gate_pass(shell, tmp_path):
    shell.ok("register", "--type", "ASR", "--serial", "KB1")
    shell.ok("holder", "add", "P. Otim", "--card", "C1", "--cleared", "*")
    receipt = shell.ok("issue", "C1", "KB1", "--unsigned", "no ink")["receipt"]
    voucher = tmp_path / "voucher.pdf"
    assert shell.ok("paper", "voucher", receipt, "--out", voucher)["file"] == str(voucher)
    made = shell.ok("gate", "pass", "--receipt", receipt, "--vehicle", "UAA 123X")
    assert (made["bearer"], made["about"], made["state"]) == ("P. Otim", receipt, "open")
    assert [one["number"] for one in shell.ok("gate", "list")] == [made["number"]]
    assert shell.ok("gate", "close", made["number"])["state"] == "left"
    assert shell.run("gate", "close", made["number"]).error["error"] == "GatePassSettled"
    assert shell.ok("gate", "list") == []
    assert len(shell.ok("gate", "list", "--all")) == 1
    paper = tmp_path / "pass.pdf"
    assert shell.ok("gate", "paper", made["number"], "--out", paper)["pages"] == 1
    boxes = shell.ok("gate", "pass", "--goods", "two boxes", "--bearer", "C. Driver")
    assert shell.run("gate", "pass", "--bearer", "C. Driver").code != 0
    withdrawn = ("gate", "close", boxes["number"], "--outcome", "withdrawn")
    assert shell.run(*withdrawn).error["error"] == "ReasonMissing"
