"""backup, restore."""

from __future__ import annotations

import pytest

from stockpile.cli import main
from tests.helpers.commands import ENVIRONMENT, INIT, Shell


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    shell.ok("register", "--serial", "KB1")
    return shell


def test_a_backup_goes_where_it_is_told_and_says_what_it_holds(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick")
    assert made["weapons"] == 1
    named = shell.ok("backup", tmp_path / "stick" / "before.backup")
    usual = shell.ok("backup")
    assert usual["file"].startswith(str(tmp_path / "home-backups"))
    files = [one.name for one in (tmp_path / "stick").glob("*.backup")]
    assert len(files) == 2
    assert named["file"].endswith("before.backup")


def test_a_preview_writes_nothing_and_compares(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick")
    shell.ok("register", "--serial", "KB2")
    before = sorted(tmp_path.rglob("*"))
    said = shell.ok("restore", made["file"], "--preview")
    assert (said["weapons"], said["later_here"]) == (1, 1)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_restored_home_is_another_folder_and_never_an_old_one(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick")
    assert shell.run("restore", made["file"]).error["error"] == "FieldMissing"
    shell.ok("restore", made["file"], "--to", tmp_path / "again")
    again = Shell(tmp_path / "again")
    assert again.ok("check")["weapons"] == 1
    refused = again.run("restore", made["file"], "--to", tmp_path / "again")
    assert (refused.code, refused.error["error"]) == (1, "HomeExists")


def test_a_damaged_backup_is_refused_with_its_own_code(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick" / "x.backup")
    file = tmp_path / "stick" / "x.backup"
    file.write_bytes(file.read_bytes()[:-1])
    said = shell.run("restore", made["file"], "--preview")
    assert (said.code, said.error["error"]) == (4, "BackupDamaged")


def test_a_restored_home_says_so_each_time_it_is_opened(shell, tmp_path, monkeypatch, capsys):
    made = shell.ok("backup", tmp_path / "stick")
    shell.ok("restore", made["file"], "--to", tmp_path / "again")
    for name in ("STOCKPILE_PASSPHRASE", "STOCKPILE_PIN", "LANGUAGE"):
        monkeypatch.setenv(name, ENVIRONMENT[name])
    for home, told in ((tmp_path / "again", True), (tmp_path / "home", False)):
        with pytest.raises(SystemExit):
            main(["--home", str(home), "day", "show"])
        assert ("restored from a backup" in capsys.readouterr().err) is told
