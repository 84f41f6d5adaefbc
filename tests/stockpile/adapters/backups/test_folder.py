from __future__ import annotations

import errno
import itertools
import os
import signal

import pytest

from stockpile.adapters.backups.folder import read, restore
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.domain.errors import (
    BackupDamaged,
    Cancelled,
    DiskFull,
    FileUnreadable,
    HomeExists,
)
from tests.helpers.books import Desk
from tests.stockpile.adapters.backups.conftest import DIGEST, folder_of

NAME = "KLA.backup"


def anchored(home, tip):
    AnchorFile(home).write(tip)


def backed_up(folder, to, name=NAME, at=1):
    return folder.write(to, name, at)


def test_a_backup_made_in_use_is_a_home_again(depot, folder, tmp_path):
    made = backed_up(folder, tmp_path / "stick")
    depot.register_weapon("LATER1")  # the desk goes on
    assert (made.weapons, made.photos, made.photos_missing) == (1, 1, 0)
    again = restore(made.file, tmp_path / "again", anchored)
    assert again == made
    home = tmp_path / "again"
    assert (home / "settings.toml").read_text() == 'language = "fr"\n'
    assert (home / "profiles" / "list-goma.toml").read_text() == "x = 1\n"
    assert (home / "photos" / DIGEST[:2] / DIGEST[2:]).read_bytes() == b"sealed"
    assert not list(tmp_path.glob(".again*"))
    restored = Desk(home)
    assert restored.books.tip() == made.tip
    assert restored.books.check(deep=True).weapons == 1
    restored.close()


def test_nothing_in_a_backup_can_be_read_without_the_key(folder, tmp_path):
    content = backed_up(folder, tmp_path / "stick").file.read_bytes()
    assert b"KB4471902" not in content
    assert b"SQLite format" not in content


def test_photos_are_copied_once(folder, tmp_path):
    to = tmp_path / "stick"
    backed_up(folder, to)
    kept = to / "photos" / DIGEST[:2] / DIGEST[2:]
    before = kept.stat().st_mtime_ns
    backed_up(folder, to, "second.backup", 2)
    assert kept.stat().st_mtime_ns == before


def test_a_photo_that_is_not_beside_it_is_told(folder, tmp_path):
    made = backed_up(folder, tmp_path / "stick")
    (tmp_path / "stick" / "photos" / DIGEST[:2] / DIGEST[2:]).unlink()
    assert folder.read(made.file).photos_missing == 1


def test_a_backup_that_lost_a_byte_anywhere_is_refused(folder, tmp_path):
    made = backed_up(folder, tmp_path / "stick")
    whole = made.file.read_bytes()
    for at in (3, 60, 400, len(whole) // 2, len(whole) - 1):
        made.file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BackupDamaged):
            folder.read(made.file)
        with pytest.raises(BackupDamaged):
            restore(made.file, tmp_path / "again", anchored)
        assert not (tmp_path / "again").exists()
    for cut in (whole[:-1], whole[: len(whole) // 3], whole + b"x", b""):
        made.file.write_bytes(cut)
        with pytest.raises(BackupDamaged):
            read(made.file)


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(FileUnreadable):
        read(tmp_path / "none.backup")


def test_a_home_is_never_overwritten(depot, folder, tmp_path):
    made = backed_up(folder, tmp_path / "stick")
    with pytest.raises(HomeExists):
        restore(made.file, depot.home, anchored)


def test_only_ones_own_backups_are_kept_in_order(folder, tmp_path):
    to = tmp_path / "stick"
    second = backed_up(folder, to, "b.backup", 2)
    first = backed_up(folder, to, "a.backup", 1)
    (to / "other.backup").write_bytes(b"something else")
    other = Desk(tmp_path / "other", "other")
    assert folder.held(to) == (first, second)
    folder.remove([first])
    assert folder.held(to) == (second,)
    other.close()


def test_stopped_anywhere_nothing_is_left(folder, tmp_path):
    to = tmp_path / "stick"
    calls = []

    def count(done, total):
        calls.append(done)

    folder.write(tmp_path / "first", NAME, 1, count)
    for stop in (1, len(calls) // 2, len(calls)):
        seen = []

        def stopping(done, _total, seen=seen, stop=stop):
            seen.append(done)
            if len(seen) >= stop:
                raise Cancelled

        with pytest.raises(Cancelled):
            folder.write(to, NAME, 1, stopping)
        left = [one for one in to.rglob("*") if one.is_file() and "photos" not in one.parts]
        assert left == []
        assert not (folder.home / ".backup-draft").exists()


def test_a_full_disk_leaves_nothing(folder, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        backed_up(folder, tmp_path / "stick")
    assert not [one for one in (tmp_path / "stick").rglob("*") if one.is_file()]


def test_a_disk_that_gives_back_something_else_does_not_count(folder, tmp_path, monkeypatch):
    real = os.fsync

    def lying(handle):
        real(handle)
        if os.fstat(handle).st_size > 10_000:
            os.ftruncate(handle, 9_000)

    monkeypatch.setattr(os, "fsync", lying)
    with pytest.raises(BackupDamaged):
        backed_up(folder, tmp_path / "stick")
    assert folder.held(tmp_path / "stick") == ()


def write_and_die(home, to, step):
    """Write a backup in this process, which is killed at a step; it never comes back."""
    steps = itertools.count(1)

    def told(_done, _total):
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        folder_of(Desk(home)).write(to, "second.backup", 2, told)
    finally:
        os._exit(1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that it forked")
@pytest.mark.parametrize("step", [1, 4])
def test_killed_in_the_middle_the_last_one_stands_and_the_next_one_sweeps(
    depot, folder, tmp_path, step
):
    to = tmp_path / "stick"
    before = backed_up(folder, to)
    depot.close()
    child = os.fork()
    if not child:
        write_and_die(depot.home, to, step)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert folder.held(to) == (before,)
    assert folder.read(before.file) == before
    after = backed_up(folder, to, "second.backup", 2)
    assert sorted(one.name for one in to.iterdir()) == [NAME, "photos", "second.backup"]
    assert not (depot.home / ".backup-draft").exists()
    assert folder.held(to) == (before, after)


def test_a_photo_that_no_backup_names_goes_with_the_last_that_did(folder, tmp_path):
    to = tmp_path / "stick"
    first = backed_up(folder, to, "a.backup", 1)
    (folder.home / "photos" / DIGEST[:2] / DIGEST[2:]).unlink()  # erased at home
    kept = to / "photos" / DIGEST[:2] / DIGEST[2:]
    second = backed_up(folder, to, "b.backup", 2)
    third = backed_up(folder, to, "c.backup", 3)
    folder.remove([second])
    assert kept.exists()
    (to / "torn.backup").write_bytes(b"STOCKPILE-BACKUP-1")
    folder.remove([first])
    assert kept.exists()  # what the torn one names, nobody knows
    (to / "torn.backup").unlink()
    folder.remove([third])
    assert not kept.exists()
