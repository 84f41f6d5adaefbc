"""backup make, list, check, prune, place, preview, restore."""

from __future__ import annotations

import pytest

from stockpile.cli.commands import main
from tests.helpers.commands import ENVIRONMENT, INIT, Shell
from tests.helpers.house import TOLD

AS = ("--as", TOLD.officer)


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    shell.ok("register", "--serial", "KB1")
    return shell


def test_a_backup_goes_where_it_is_told_and_says_what_it_holds(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick")
    assert made["weapons"] == 1
    named = shell.ok("backup", "make", tmp_path / "stick" / "before.backup")
    usual = shell.ok("backup", "make")
    assert usual["file"].startswith(str(tmp_path / "home-backups"))
    files = [one.name for one in (tmp_path / "stick").glob("*.backup")]
    assert len(files) == 2
    assert named["file"].endswith("before.backup")


def test_a_place_is_chosen_listed_checked_and_tidied(shell, tmp_path):
    placed = shell.ok("backup", "place", tmp_path / "stick", "--every", "week")
    assert (placed["here"], placed["every"]) == (True, "week")
    assert shell.run("backup", "place", "--every", "hour").error["error"] == "FieldUnreadable"
    made = shell.ok("backup")
    assert made["file"].startswith(str(tmp_path / "stick"))
    (listed,) = shell.ok("backup", "list")
    assert (listed["file"], listed["checked"]) == (made["file"], True)
    assert shell.ok("backup", "check", made["file"])["entries"] == made["entries"]
    assert shell.ok("backup", "prune")["gone"] == []
    (tmp_path / "stick").rename(tmp_path / "pulled")
    assert shell.run("backup").error["error"] == "BackupPlaceMissing"
    assert shell.ok("backup", "list") == []


def test_a_preview_writes_nothing_and_compares(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick")
    shell.ok("register", "--serial", "KB2")
    before = sorted(tmp_path.rglob("*"))
    for words in (("backup", "preview", made["file"]), ("restore", made["file"], "--preview")):
        said = shell.ok(*words)
        assert (said["weapons"], said["later_here"], said["lost"]) == (1, 1, 1)
        assert said["matters"]["weapons"] == {"held": 1, "later": 1, "lost": 1}
    assert sorted(tmp_path.rglob("*")) == before


def test_a_restored_home_is_another_folder_unless_it_replaces_the_old_one(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick")
    shell.ok("register", "--serial", "KB2")
    assert shell.run("restore", made["file"]).error["error"] == "FieldMissing"
    to = ("--to", tmp_path / "again")
    assert shell.run("restore", made["file"], *to).error["error"] == "FieldMissing"
    done = shell.ok("restore", made["file"], *to, *AS)
    assert done["new_node"] != done["node"] == made["node"]
    again = Shell(tmp_path / "again")
    assert again.ok("check")["weapons"] == 1
    refused = again.run("restore", made["file"], *to, *AS)
    assert (refused.code, refused.error["error"]) == (1, "HomeExists")
    replaced = shell.ok("backup", "restore", made["file"], "--replace", *AS)
    assert replaced["salvaged"] == 1
    assert replaced["aside"].startswith(str(tmp_path / "home-replaced-"))
    assert shell.ok("check")["weapons"] == 2


def test_a_damaged_backup_is_refused_with_its_own_code(shell, tmp_path):
    made = shell.ok("backup", tmp_path / "stick" / "x.backup")
    file = tmp_path / "stick" / "x.backup"
    file.write_bytes(file.read_bytes()[:-1])
    for words in (("backup", "check", made["file"]), ("restore", made["file"], "--preview")):
        said = shell.run(*words)
        assert (said.code, said.error["error"]) == (4, "BackupDamaged")


def test_a_restored_home_says_so_each_time_it_is_opened(shell, tmp_path, monkeypatch, capsys):
    made = shell.ok("backup", tmp_path / "stick")
    shell.ok("restore", made["file"], "--to", tmp_path / "again", *AS)
    for name in ("STOCKPILE_PASSPHRASE", "STOCKPILE_PIN", "LANGUAGE"):
        monkeypatch.setenv(name, ENVIRONMENT[name])
    for home, told in ((tmp_path / "again", True), (tmp_path / "home", False)):
        with pytest.raises(SystemExit):
            main(["--home", str(home), "day", "show"])
        assert ("restored from a backup" in capsys.readouterr().err) is told
