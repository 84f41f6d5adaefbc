from __future__ import annotations

import errno
import os
from dataclasses import replace

import pytest

from stockpile.adapters.backups.media import MARK_FILE
from stockpile.domain.errors import (
    BackupDamaged,
    BackupPlaceMissing,
    Cancelled,
    DiskFull,
    DiskTrouble,
    OfficerNotAuthorised,
)
from stockpile.services import backup_words
from tests.helpers.house import PIN

DAY = 24 * 60 * 60 * 1000


def later(backups, days):
    """The same safe, so many days on by its clock."""

    class Ahead:
        def now(self):
            return backups.clock.now() + days * DAY

        def zone(self):
            return backups.clock.zone()

    return replace(backups, clock=Ahead())


def test_a_backup_is_named_kept_and_proved(house, tmp_path):
    house.register()
    backups = house.stockpile.backups
    assert backups.last(tmp_path / "stick") is None
    made = backups.write(tmp_path / "stick", by=house.officer)
    assert made.file.name.startswith("KLA-")
    assert backups.last(tmp_path / "stick") == made == backups.check(made.file)
    assert [one.is_checked for one in backups.held(tmp_path / "stick")] == [True]
    assert backups.is_same_disk(backups.usual_folder())
    assert backups.usual_folder().parent == house.home.parent


def test_older_ones_of_one_day_make_room_once_they_are_checked_and_strangers_stay(house, tmp_path):
    backups, to = house.stockpile.backups, tmp_path / "stick"
    first = backups.write(to, by=house.officer)
    kept = first.file.rename(to / "first.backup")  # nobody knows a file of this name
    (to / "notes.txt").write_text("mine")
    second = backups.write(to, by=house.officer)
    assert kept.exists()
    gone = backups.prune(backups.plan(to, by=house.officer))
    assert [one.file for one in gone] == [kept]
    assert sorted(one.name for one in to.glob("*.*")) == sorted([second.file.name, "notes.txt"])


def test_where_the_newest_is_torn_nothing_makes_room_and_the_torn_one_stays(house, tmp_path):
    backups, to = house.stockpile.backups, tmp_path / "stick"
    first = backups.write(to, by=house.officer)
    good = first.file.rename(to / "first.backup")
    torn = backups.write(to, by=house.officer).file
    torn.write_bytes(torn.read_bytes()[:-1])
    with pytest.raises(BackupDamaged):
        backups.prune(backups.plan(to, by=house.officer))
    assert {one.backup.file: one.is_checked for one in backups.held(to)} == {
        torn: False, good: False,
    }  # fmt: skip


def test_a_stopped_one_leaves_the_older(house, tmp_path):
    backups, to = house.stockpile.backups, tmp_path / "stick"
    first = backups.write(to, by=house.officer)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.write(to, by=house.officer, progress=stop)
    assert backups.last(to) == first
    assert not backups.safe(to).failed


def test_not_into_the_home_and_not_by_everybody(house):
    backups = house.stockpile.backups
    for refused in (backups.choose, lambda folder: backups.write(folder, by=house.officer)):
        with pytest.raises(DiskTrouble):
            refused(house.home / "backups")
    house.stockpile.people.appoint("E. Auditor", ("auditor",), PIN, by=house.officer)
    auditor = house.stockpile.people.sign_in("E. Auditor", PIN)
    with pytest.raises(OfficerNotAuthorised):
        backups.plan(house.home.parent, by=auditor)


def test_a_stick_that_is_not_here_is_told_once_and_written_to_when_it_is_back(house, tmp_path):
    backups, stick = house.stockpile.backups, tmp_path / "stick"
    identity = backups.choose(stick)
    away = (stick / MARK_FILE).rename(tmp_path / "away")  # unplugged: an empty folder is left
    assert not backups.is_ready("day", stick, identity)
    safe = backups.safe(stick, identity)
    assert (safe.is_here, safe.failed, safe.last) == (False, "missing", None)
    assert not backups.is_ready("day", stick, identity)
    assert backups.safe(stick, identity).failed_at == safe.failed_at
    with pytest.raises(BackupPlaceMissing):
        backups.make(backups.plan(stick, by=None, identity=identity))
    assert not list(stick.iterdir())
    away.rename(stick / MARK_FILE)
    assert backups.is_ready("day", stick, identity)
    made = backups.make(backups.plan(stick, by=None, identity=identity))
    safe = backups.safe(stick, identity)
    assert (safe.is_here, safe.failed, safe.last, safe.good_at) == (True, "", made, made.at)
    assert not backups.is_ready("day", stick, identity)
    assert later(backups, 1).is_ready("day", stick, identity)
    assert not later(backups, 400).is_ready("never", stick, identity)


def test_a_day_is_closed_without_its_stick_which_gets_its_own_when_it_is_back(house, tmp_path):
    backups, stick = house.stockpile.backups, tmp_path / "stick"
    identity = backups.choose(stick)
    away = (stick / MARK_FILE).rename(tmp_path / "away")
    _recorded, made = house.stockpile.days.close(stick, by=house.officer, identity=identity)
    assert made.file.parent == backups.usual_folder()
    safe = backups.safe(stick, identity)
    assert (safe.is_here, safe.failed, safe.good_at) == (False, "missing", made.at)
    away.rename(stick / MARK_FILE)
    assert backups.is_ready("day", stick, identity)
    backups.make(backups.plan(stick, by=None, identity=identity))
    assert not backups.is_ready("day", stick, identity)


def test_a_full_disk_is_a_sentence_leaves_the_older_and_is_tried_again_later(
    house, tmp_path, monkeypatch
):
    backups, stick = house.stockpile.backups, tmp_path / "stick"
    first = backups.write(stick, by=house.officer)
    tomorrow = later(backups, 1)
    plan = tomorrow.plan(stick, by=None)

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            tomorrow.make(plan)
    safe = tomorrow.safe(stick)
    assert (safe.last, safe.failed) == (first, "full")
    assert "full" in backup_words.safe_sentence(safe, plan.at)
    assert "day old" in backup_words.safe_sentence(safe, plan.at)
    assert not tomorrow.is_ready("day", stick)
    assert later(tomorrow, 1).is_ready("day", stick)


def test_the_words_say_when_the_last_good_one_was_and_what_is_missing(house, tmp_path):
    backups = house.stockpile.backups
    assert "yet" in backup_words.safe_sentence(backups.safe(tmp_path / "stick"), 0)
    made = backups.write(tmp_path / "stick", by=house.officer)
    said = backup_words.safe_sentence(backups.safe(tmp_path / "stick"), made.at)
    assert str(made.tip.number) in said
    assert "same disk" in said
