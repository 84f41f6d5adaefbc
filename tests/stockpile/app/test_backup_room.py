from __future__ import annotations

import json

from stockpile.app import later_entries, open_home, restore_backup, restored_up_to
from tests.helpers.house import PASSPHRASE, PIN, TOLD
from tests.helpers.shots import encoded


def test_a_restored_home_opens_says_what_it_is_and_works_on(house, tmp_path):
    house.register()
    stockpile = house.stockpile
    made = stockpile.backups.write(tmp_path / "stick", by=house.officer)
    house.register("LATER")
    assert later_entries(made, house.home) == 1
    assert later_entries(made, tmp_path / "nowhere") is None
    assert restored_up_to(house.home) == 0
    again = tmp_path / "again"
    restore_backup(made.file, again)
    assert restored_up_to(again) == made.tip.number
    anchored = json.loads((again / "anchor.json").read_text())
    assert anchored["number"] == made.tip.number
    with open_home(again, PASSPHRASE) as opened:
        assert opened.books.tip() == made.tip
        assert opened.people.sign_in(TOLD.officer, PIN).officer.name == TOLD.officer
        assert opened.checking.check(deep=True).weapons == 1


def test_photos_come_back_readable(house, tmp_path):
    photos = house.stockpile.photographs
    photo = photos.photos.keep(encoded())
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    assert (made.photos, made.photos_missing) == (1, 0)
    restore_backup(made.file, tmp_path / "again")
    with open_home(tmp_path / "again", PASSPHRASE) as opened:
        assert opened.photographs.photos.read(photo.digest).startswith(b"\xff\xd8")
        assert opened.checking.check().photos == 1
