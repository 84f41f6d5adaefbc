from __future__ import annotations

import pytest

from stockpile.domain.errors import Cancelled, DiskTrouble, OfficerNotAuthorised
from tests.helpers.house import PIN


def test_a_backup_is_named_kept_and_proved(house, tmp_path):
    house.register()
    backups = house.stockpile.backups
    assert backups.last(tmp_path / "stick") is None
    made = backups.write(tmp_path / "stick", by=house.officer)
    assert made.file.name.startswith("KLA-")
    assert backups.last(tmp_path / "stick") == made == backups.check(made.file)
    assert backups.is_same_disk(backups.usual_folder())
    assert backups.usual_folder().parent == house.home.parent


def test_older_ones_of_one_day_make_room_and_strangers_stay(house, tmp_path):
    backups, to = house.stockpile.backups, tmp_path / "stick"
    first = backups.write(to, by=house.officer)
    kept = first.file.rename(to / "first.backup")
    (to / "notes.txt").write_text("mine")
    second = backups.write(to, by=house.officer)
    assert not kept.exists()
    assert sorted(one.name for one in to.glob("*.*")) == sorted([second.file.name, "notes.txt"])


def test_a_stopped_one_leaves_the_older(house, tmp_path):
    backups, to = house.stockpile.backups, tmp_path / "stick"
    first = backups.write(to, by=house.officer)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.write(to, by=house.officer, progress=stop)
    assert backups.last(to) == first


def test_not_into_the_home_and_not_by_everybody(house):
    backups = house.stockpile.backups
    with pytest.raises(DiskTrouble):
        backups.write(house.home / "backups", by=house.officer)
    house.stockpile.people.appoint("E. Auditor", ("auditor",), PIN, by=house.officer)
    auditor = house.stockpile.people.sign_in("E. Auditor", PIN)
    with pytest.raises(OfficerNotAuthorised):
        backups.plan(house.home.parent, by=auditor)
