"""The door of the books: what is refused before anybody may write."""

from __future__ import annotations

import shutil

import pytest

from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.sqlite.opening import open_books
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import (
    BooksDamaged,
    BooksInUse,
    BooksRolledBack,
    BooksTooNew,
    ChainBroken,
    HomeMissing,
)
from stockpile.domain.ledger import Tip
from stockpile.domain.values import Digest
from stockpile.services.ports import RegisterFilter
from tests.helpers.books import Desk

ALL = RegisterFilter()


def test_what_was_written_is_there_after_closing(depot):
    rack = depot.found()
    weapon = depot.register_weapon(place=rack)
    tip = depot.books.tip()
    depot.close()
    assert depot.books.tip() == tip
    assert depot.books.weapon(weapon.id) == weapon
    assert depot.register.count(ALL) == 1


def test_the_log_file_is_empty_after_closing_and_nothing_is_in_the_clear(depot):
    depot.register_weapon("KB4471902")
    depot.close()
    assert not depot.home.joinpath("stockpile.db-wal").exists()
    assert b"KB4471902" not in depot.home.joinpath("stockpile.db").read_bytes()
    assert not depot.home.joinpath("stockpile.db").read_bytes().startswith(b"SQLite format")


def test_one_process_at_a_time(depot):
    depot.open()
    second = Desk(depot.home)
    with pytest.raises(BooksInUse):
        second.open()
    depot.close()
    second.open()
    second.close()


def test_there_must_be_a_home(depot, tmp_path):
    with pytest.raises(HomeMissing):
        open_books(
            tmp_path / "nowhere", depot.keys.database_key, keys=depot.keys, clock=depot.clock,
            chance=depot.chance, anchor=AnchorFile(tmp_path),
        )  # fmt: skip


def test_another_key_does_not_open_it(depot):
    depot.register_weapon()
    depot.close()
    with pytest.raises(BooksDamaged):
        open_books(
            depot.home, b"o" * 32, keys=depot.keys, clock=depot.clock, chance=depot.chance,
            anchor=AnchorFile(depot.home),
        )  # fmt: skip
    assert depot.books.check(deep=True).weapons == 1  # and the lock was let go


def test_a_newer_programs_file_is_refused(depot):
    depot.register_weapon()
    depot.close()
    store = Store(depot.home / "stockpile.db", depot.keys.database_key)
    store.connection.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(BooksTooNew) as newer:
        depot.open()
    assert newer.value.theirs == 99
    assert newer.value.ours < 99


def test_a_restored_backup_is_noticed(depot):
    depot.register_weapon("A1")
    depot.open().back_up(depot.home / "backup.db")
    depot.register_weapon("A2")
    depot.close()
    shutil.copy(depot.home / "backup.db", depot.home / "stockpile.db")
    with pytest.raises(BooksRolledBack) as rolled:
        depot.open()
    assert (rolled.value.anchored, rolled.value.found) == (2, 1)


def test_a_rewritten_chain_of_the_same_length_is_noticed(depot):
    depot.register_weapon("A1")
    tip = depot.books.tip()
    depot.close()
    AnchorFile(depot.home).write(Tip(tip.number, tip.seq, Digest("ab" * 32)))
    with pytest.raises(BooksRolledBack):
        depot.open()


def test_an_old_or_lost_anchor_is_harmless(depot):
    for n in range(3):
        depot.register_weapon(f"A{n}")
    tip = depot.books.tip()
    first = depot.books.chains.tip_at(depot.node, 1)
    depot.close()
    AnchorFile(depot.home).write(first)
    assert depot.books.tip() == tip
    depot.close()
    depot.home.joinpath("anchor.json").unlink()
    assert depot.books.tip() == tip


def test_a_backup_is_whole_and_opens_with_the_same_key(depot, tmp_path):
    rack = depot.found()
    weapon = depot.register_weapon(place=rack)
    copy = tmp_path / "copy"
    copy.mkdir()
    depot.open().back_up(copy / "stockpile.db")
    shutil.copy(depot.home / "keys.json", copy / "keys.json")
    twin = Desk(copy)
    assert twin.books.weapon(weapon.id) == weapon
    assert twin.books.check(deep=True).weapons == 1
    twin.close()


def test_a_damaged_file_is_told_at_the_door(depot):
    for n in range(50):
        depot.register_weapon(f"A{n}")
    depot.close()
    file = depot.home / "stockpile.db"
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    with pytest.raises(BooksDamaged):
        depot.open()


def test_the_last_entries_are_verified_at_the_door(depot):
    depot.register_weapon()
    depot.close()
    store = Store(depot.home / "stockpile.db", depot.keys.database_key)
    store.connection.execute("DROP TRIGGER cm_is_never_edited")
    store.connection.execute("UPDATE cm SET sig = zeroblob(64)")
    store.close()
    with pytest.raises(ChainBroken):
        depot.open()
