"""officer appoint, list, roles, badge, suspend, reinstate, pin, unlock, retire."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    made = Shell(tmp_path / "home")
    made.ok(*INIT)
    made.ok("officer", "add", "P. Ilunga", "--role", "clerk", STOCKPILE_NEW_PIN="1357")
    return made


def test_an_officer_is_appointed_and_then_acts_by_name(shell):
    assert [one["name"] for one in shell.ok("officer", "list")] == ["A. Mbuyi", "P. Ilunga"]
    assert shell.run("register", "--serial", "1").error["error"] == "FieldMissing"
    made = shell.ok("--as", "P. Ilunga", "register", "--serial", "1", STOCKPILE_PIN="1357")
    assert made["history"][0]["by"] == "P. Ilunga"
    refused = shell.run(
        "officer", "appoint", "X", "--as=P. Ilunga", STOCKPILE_PIN="1357", STOCKPILE_NEW_PIN="2468"
    )
    assert (refused.code, refused.error["error"]) == (1, "OfficerNotAuthorised")


def test_an_office_goes_through_all_its_changes(shell, tmp_path):
    def change(*said, **secrets):
        return shell.ok("--as", "A. Mbuyi", "officer", *said, **secrets)

    who = "P. Ilunga"
    new = change("roles", who, "--role", "armourer", "--role", "clerk", "--reason", "new work")
    assert new["roles"] == ["clerk", "armourer"]
    card = tmp_path / "badge.pdf"
    assert change("badge", who, "--out", str(card))["file"] == str(card)
    assert card.is_file()
    assert change("suspend", who, "--reason", "inquiry")["state"] == "suspended"
    assert change("reinstate", who, "--reason", "cleared")["state"] == "in_office"
    assert change("pin", who, "--reason", "forgotten", STOCKPILE_NEW_PIN="8642")["badge"]
    shell.run("--as", who, "register", "--serial", "1", STOCKPILE_PIN="0000")
    assert change("unlock", who)["waits"] == 0
    assert change("pin", "A. Mbuyi", STOCKPILE_NEW_PIN="9999")["name"] == "A. Mbuyi"
    left = change("retire", who, "--reason", "moved", STOCKPILE_PIN="9999")
    assert left["state"] == "left"
    assert [one["name"] for one in shell.ok("officer", "list")] == ["A. Mbuyi"]
    assert len(shell.ok("officer", "list", "--all")) == 2


def test_an_appointment_waits_and_what_cannot_wait_says_so(shell, tmp_path):
    mine = ("--as", "A. Mbuyi")
    shell.ok(*mine, "officer", "roles", "P. Ilunga", "--role", "commander", "--reason", "acting")
    later = ("--later", "the commander is away", *mine)
    waits = shell.ok(
        *later, "officer", "appoint", "N. New", "--role", "clerk", STOCKPILE_NEW_PIN="2580"
    )
    shell.ok(*later, "officer", "badge", "P. Ilunga", "--out", str(tmp_path / "badge.pdf"))
    assert "N. New" not in {one["name"] for one in shell.ok("officer", "list")}
    shell.ok("guard", "confirm", waits["proposal"], "--as", "P. Ilunga", STOCKPILE_PIN="1357")
    assert "N. New" in {one["name"] for one in shell.ok("officer", "list")}
    for words in (
        ("keys", "rotate"), ("keys", "new-node", "--reason", "year"),
        ("officer", "suspend", "N. New", "--reason", "x"),
        ("backup", "restore", str(tmp_path / "none"), "--to", str(tmp_path / "there")),
    ):  # fmt: skip
        assert shell.run(*later, *words).error["error"] == "NeverLater", words
