"""Papers lie in the clear for a day and no longer."""

from __future__ import annotations

import os

from stockpile.app import open_home
from stockpile.app.paper_room import FOLDER, KEPT_FOR, sweep_papers
from tests.helpers.house import PASSPHRASE

NOW = 1_790_000_000_000


def paper(home, name, age):
    file = home / FOLDER / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"%PDF")
    os.utime(file, ns=((NOW - age) * 1_000_000,) * 2)
    return file


def test_what_is_older_than_a_day_goes_and_the_rest_stays(tmp_path):
    sweep_papers(tmp_path, NOW)  # no folder yet
    old, new = paper(tmp_path, "old.pdf", KEPT_FOR + 1), paper(tmp_path, "new.pdf", KEPT_FOR)
    (tmp_path / FOLDER / "kept").mkdir()
    ahead = paper(tmp_path, "ahead.pdf", -KEPT_FOR)  # drawn before the clock was set back
    sweep_papers(tmp_path, NOW)
    assert not old.exists()
    assert new.exists()
    assert ahead.exists()
    assert (tmp_path / FOLDER / "kept").is_dir()


def test_a_home_that_is_opened_is_swept(house):
    old = paper(house.home, "receipt.pdf", 40 * KEPT_FOR)
    house.stockpile.close()
    house.stockpile = open_home(house.home, PASSPHRASE)
    assert not old.exists()
