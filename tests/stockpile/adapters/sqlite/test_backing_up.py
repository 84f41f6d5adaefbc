from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.backing_up import copy_books, copy_database
from stockpile.domain.errors import BooksDamaged, Cancelled, DiskTrouble


def test_a_copy_is_what_was_committed_while_the_desk_writes_on(depot, tmp_path):
    depot.found()
    depot.register_weapon("A1")
    tip = depot.books.tip()
    source, key = depot.home / "stockpile.db", depot.keys.database_key
    checked = copy_books(source, key, tmp_path / "copy.db")
    depot.register_weapon("A2")
    assert dict(checked.tips)[depot.node] == tip
    assert checked.weapons == 1
    assert not (tmp_path / "copy.db-wal").exists()


def test_a_copy_can_be_stopped(depot, tmp_path):
    depot.found()
    for number in range(40):
        depot.register_weapon(f"A{number}")

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        copy_database(
            depot.home / "stockpile.db", depot.keys.database_key, tmp_path / "copy.db", stop
        )
    depot.register_weapon("B1")  # and the desk goes on


def test_a_place_that_cannot_be_written_is_the_disks_trouble(depot, tmp_path):
    depot.found()
    with pytest.raises(DiskTrouble):
        copy_database(
            depot.home / "stockpile.db", depot.keys.database_key, tmp_path / "no" / "copy.db"
        )


def test_another_key_opens_nothing(depot, tmp_path):
    depot.found()
    with pytest.raises(BooksDamaged):
        copy_database(depot.home / "stockpile.db", b"x" * 32, tmp_path / "copy.db")
