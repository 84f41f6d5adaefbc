"""day show, day clock, day close, head verify."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.adapters.clock import SystemClock
from tests.helpers.commands import INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    shell.ok("register", "--serial", "KB1")
    return shell


def test_a_day_is_shown_closed_and_its_code_verified(shell, tmp_path):
    assert not shell.ok("day", "show")["closed"]
    closed = shell.ok("day", "close", "--backups", tmp_path / "stick")
    assert Path(closed["backup"]).is_file()
    assert Path(closed["sheet"]).read_bytes().startswith(b"%PDF")
    day = shell.ok("day", "show")
    assert (day["closed"], day["in_store"], day["moved"]) == (True, 1, 0)
    assert shell.ok("head", "verify", closed["head"])["holds"]
    number, groups = closed["head"].split("-", 1)
    assert shell.ok("head", "verify", number, groups.upper())["holds"]
    wrong = shell.run("head", "verify", number, "aaaaa-aaaaa-aaaaa-aaaaa")
    assert (wrong.code, wrong.json["holds"]) == (1, False)
    assert shell.run("head", "verify", "nonsense").error["error"] == "FieldUnreadable"


def test_a_day_without_a_backup_stays_open(shell, tmp_path):
    (tmp_path / "file").write_text("")
    said = shell.run("day", "close", "--backups", tmp_path / "file" / "x")
    assert said.code == 3
    assert not shell.ok("day", "show")["closed"]


def test_a_clock_is_told_of_and_found_right(shell, monkeypatch):
    assert shell.ok("day", "clock") == {
        "doubted": False, "against": "", "now": 0, "last": 0, "offset": 0,
    }  # fmt: skip
    real = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda self: real(self) - 30 * 86_400_000)
    said = shell.ok("day", "clock")
    assert (said["doubted"], said["against"]) == (True, "own")
    assert said["now"] < said["last"]
    assert not shell.ok("day", "clock", "--right")["doubted"]
    assert not shell.ok("day", "clock")["doubted"]
