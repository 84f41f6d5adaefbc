"""photo add, list, get and remove, as a script calls them."""

from __future__ import annotations

import hashlib

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.shots import SECRET, a_file, drawn, encoded, remarked


@pytest.fixture
def shell(tmp_path):
    opened = Shell(tmp_path / "home")
    opened.ok(*INIT)
    opened.ok("register", "--type", "ASR", "--make", "Izhmash", "--serial", "KB4471902")
    return opened


def test_a_photo_goes_in_is_listed_comes_out_and_is_taken_off(shell, tmp_path):
    taken = encoded("JPEG", drawn(2000, 1000), exif=remarked())
    file = a_file(tmp_path, "left.jpg", taken)
    added = shell.ok("photo", "add", "KB4471902", file, "--view", "left", "--caption", "left side")
    assert (added["view"], added["caption"]) == ("left", "left side")
    assert (added["width"], added["height"]) == (1600, 800)
    assert shell.ok("photo", "list", "KB4471902") == [added]
    out = tmp_path / "out.jpg"
    got = shell.ok("photo", "get", added["digest"], "--out", out)
    assert got["size"] == added["size"] == out.stat().st_size
    assert hashlib.sha256(out.read_bytes()).hexdigest() == added["digest"]
    assert SECRET not in out.read_bytes()
    assert shell.ok("check")["photos"] == 1
    words = ("photo", "remove", "KB4471902", added["digest"])
    assert shell.ok(*words, "--reason", "another weapon")["left"] == 0
    assert shell.ok("photo", "list", "KB4471902") == []


def test_the_mark_that_a_photo_shows_is_named_by_its_number(shell, tmp_path):
    words = ("photo", "add", "KB4471902", a_file(tmp_path), "--view", "mark")
    assert shell.ok(*words, "--mark", "1")["view"] == "mark"
    for number in ("2", "-1"):
        assert shell.run(*words, "--mark", number).error["error"] == "FieldUnreadable"


def test_what_is_wrong_is_said_and_nothing_is_kept(shell, tmp_path):
    text = a_file(tmp_path, "list.jpg", b"KB4471902\n")
    said = shell.run("photo", "add", "KB4471902", text)
    assert (said.code, said.error["error"]) == (1, "PhotoUnreadable")
    assert "JPEG" in said.error["message"]
    assert "no_picture" not in said.error["message"]
    photo = a_file(tmp_path)
    view = shell.run("photo", "add", "KB4471902", photo, "--view", "inside")
    assert view.error["error"] == "FieldUnreadable"
    assert shell.run("photo", "add", "KB9", photo).error["error"] == "WeaponUnknown"
    assert shell.ok("check")["photos"] == 0


def test_a_photo_is_not_written_over_another_file(shell, tmp_path):
    photo = shell.ok("photo", "add", "KB4471902", a_file(tmp_path))
    said = shell.run("photo", "get", photo["digest"], "--out", a_file(tmp_path, "there.jpg"))
    assert (said.code, said.error["error"]) == (3, "DiskTrouble")
    missing = shell.run("photo", "get", "0" * 64, "--out", tmp_path / "new.jpg")
    assert missing.error["error"] == "PhotoMissing"
    assert shell.run("photo", "get", "xyz", "--out", tmp_path / "n.jpg").code == 1
    assert not (tmp_path / "new.jpg").exists()


def test_photos_are_listed_for_people_too(shell, tmp_path, capsys):
    shell.ok("photo", "add", "KB4471902", a_file(tmp_path), "--caption", "as found")
    said = shell.run("photo", "list", "KB4471902")
    assert said.json[0]["caption"] == "as found"
    assert said.json[0]["held"] is True
