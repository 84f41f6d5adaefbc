"""trace from a script: asked, completed, sent, answered, listed, drawn."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell

ONE = ("--as", "A. Mbuyi")


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    made = Shell(tmp_path_factory.mktemp("traces") / "home")
    made.ok(*INIT)
    made.ok("register", "--type", "ASR", "--serial", "KB 1", *ONE)
    return made


def test_a_request_goes_out_and_is_answered(shell, tmp_path):
    made = shell.ok("trace", "request", "KB 1", "--by", "Uganda", "--of", "Belgium", *ONE)
    number = made["number"]
    assert (made["state"], made["marks"], made["pages"] >= 1) == ("draft", ["KB 1"], True)
    early = shell.run("trace", "note", number, "sent", *ONE)
    assert early.error["error"] == "TraceRequestIncomplete"
    assert early.error["details"]["lacking"] == made["lacking"]
    whole = shell.ok(
        "trace", "request", "--amend", number, "--ground", "unmarked", "--basis", "Act 4",
        "--use", "court", "--searched", "not on record", "--searched-on", "2026-11-20",
        "--without-photos", "none taken", "--urgent", *ONE,
    )  # fmt: skip
    assert (whole["lacking"], whole["urgent"], whole["of_state"]) == ([], True, "Belgium")
    sent = shell.ok("trace", "note", number, "sent", "--on", "2020-11-21", *ONE)
    assert (sent["state"], sent["late"]) == ("sent", True)
    assert [one["number"] for one in shell.ok("trace", "list", "--late")] == [number]
    refused = ("trace", "answer", number, "refused", "--ground", "security")
    out = tmp_path / "answer.pdf"
    assert shell.ok(*refused, "--out", out, *ONE)["state"] == "refused"
    assert out.read_bytes().startswith(b"%PDF")
    assert shell.ok("trace", "list", "--late") == []
    shown = shell.ok("trace", "show", number)
    assert (shown["outcome"], shown["refusal"]) == ("refused", "security")
    assert [one["step"] for one in shown["notes"]] == ["sent"]
    for more in ((), ("--answer",)):
        assert shell.ok("trace", "paper", number, *more, "--out", out, *ONE)["pages"] >= 1


def test_a_request_comes_in_about_a_weapon_that_is_not_on_record(shell):
    asked = shell.ok(
        "trace", "request", "--direction", "in", "--by", "Chad", "--of", "Uganda", "--mark",
        "99?7", "--mark", "FN", "--reference", "TC/44", *ONE,
    )  # fmt: skip
    assert (asked["direction"], asked["state"], asked["marks"]) == (
        "in",
        "received",
        ["99?7", "FN"],
    )
    gone = shell.ok(
        "trace", "note", asked["number"], "withdrawn", "--remarks", "found at home", *ONE
    )
    assert gone["state"] == "withdrawn"
