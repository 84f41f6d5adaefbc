"""officer add and list."""

from __future__ import annotations

from tests.helpers.commands import INIT, Shell


def test_an_officer_is_appointed_and_then_acts_by_name(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    shell.ok("officer", "add", "P. Ilunga", "--role", "clerk", STOCKPILE_NEW_PIN="1357")
    assert [one["name"] for one in shell.ok("officer", "list")] == ["A. Mbuyi", "P. Ilunga"]
    assert shell.run("register", "--serial", "1").error["error"] == "FieldMissing"
    made = shell.ok("--as", "P. Ilunga", "register", "--serial", "1", STOCKPILE_PIN="1357")
    assert made["history"][0]["by"] == "P. Ilunga"
    refused = shell.run(
        "officer", "add", "X", "--as=P. Ilunga", STOCKPILE_PIN="1357", STOCKPILE_NEW_PIN="2468"
    )
    assert (refused.code, refused.error["error"]) == (1, "OfficerNotAuthorised")
