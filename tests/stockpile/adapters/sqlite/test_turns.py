"""How often the key file was written: kept over restarts, and never less than it was."""

from __future__ import annotations

import pytest
import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite.journal import SqliteMarkJournal
from tests.helpers.books import StillClock

KEY = b"k" * 32


def test_the_count_is_kept_and_goes_up_only(tmp_path):
    journal = SqliteMarkJournal(tmp_path / "journal.db", KEY, StillClock())
    turns = journal.turns()
    assert turns.read() == 0
    turns.write(7)
    with pytest.raises(driver.IntegrityError):
        turns.write(6)
    journal.close()
    journal = SqliteMarkJournal(tmp_path / "journal.db", KEY, StillClock())
    assert journal.turns().read() == 7
    journal.close()
