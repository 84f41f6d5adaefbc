"""The command line as a whole: shared options anywhere, exit codes, no tracebacks."""

from __future__ import annotations

import pytest

from stockpile.cli.commands import hoisted
from tests.helpers.commands import Shell


@pytest.mark.parametrize(
    ("words", "front"),
    [
        (["check", "--json"], ["--json", "check"]),
        (["find", "AK", "--home", "h"], ["--home", "h", "find", "AK"]),
        (["find", "AK", "--home=h", "--json"], ["--home", "h", "--json", "find", "AK"]),
        (["find", "--", "--json"], ["find", "--", "--json"]),
        (["find", "--limit", "3"], ["find", "--limit", "3"]),
    ],
)
def test_shared_options_may_stand_anywhere(words, front):
    assert hoisted(words) == front


@pytest.mark.parametrize("words", [("nonsense",), ("find", "--colour"), ("init",)])
def test_wrong_usage_exits_with_two(tmp_path, words):
    said = Shell(tmp_path).run(*words)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_help_lists_every_command(tmp_path):
    said = Shell(tmp_path).run("--help")
    assert said.code == 0
    names = (
        "init", "demo", "import", "register", "find", "show", "correct", "place", "move", "scheme",
        "numbers", "machine", "mark", "simulate", "label", "sync", "conflict", "registry", "check",
        "rebuild", "officer", "journey",
    )  # fmt: skip
    assert all(name in said.out for name in names)


def test_a_passphrase_can_come_from_a_file_and_a_missing_one_is_said(tmp_path):
    shell = Shell(tmp_path / "home")
    secret = tmp_path / "secret"
    secret.write_text("correct horse\n", "utf-8")
    words = ("init", "--country", "UG", "--site", "K", "--officer", "A")
    shell.ok(*words, "--passphrase-file", secret, STOCKPILE_PASSPHRASE="")
    assert shell.ok("check", "--passphrase-file", secret, STOCKPILE_PASSPHRASE="")["ok"]
    said = shell.run("check", STOCKPILE_PASSPHRASE="")
    assert (said.code, said.error["details"]) == (1, {"field": "passphrase"})
