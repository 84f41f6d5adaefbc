"""Whoever changes a byte in a home's files finds the door shut; put right, nothing is lost."""

from __future__ import annotations

import shutil

import pytest

from stockpile.adapters.sqlite.journal import SqliteMarkJournal
from stockpile.adapters.sqlite.opening import KEPT_LOG, LOG_FILE
from stockpile.domain.errors import (
    AnchorMissing,
    BooksDamaged,
    BooksRolledBack,
    Damaged,
    KeysUnreadable,
)
from stockpile.services.ports import Job
from tests.helpers.attacks import flipped, refusal, sentence, whole
from tests.helpers.house import copied_house
from tests.helpers.nightly import NIGHTLY
from tests.helpers.sites import SettableClock

PLACES = 200 if NIGHTLY else 16
"""How many bytes of a file are tried."""


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A home with entries of its own, twice: closed, and as a crash leaves it in the middle."""
    folder = tmp_path_factory.mktemp("used")
    built = copied_house(folder / "home")
    for number in range(3):
        built.register(f"KB {number}")
    shutil.copytree(folder / "home", folder / "crashed")
    (folder / "crashed" / "stockpile.db-shm").unlink(missing_ok=True)
    built.stockpile.close()
    return folder


@pytest.fixture
def home(used, tmp_path):
    return shutil.copytree(used / "home", tmp_path / "home")


@pytest.fixture
def crashed(used, tmp_path):
    return shutil.copytree(used / "crashed", tmp_path / "crashed")


def spread(file, count=PLACES):
    size = file.stat().st_size
    return sorted({*range(0, size, max(1, size // count)), size - 1})


def test_one_bit_anywhere_in_the_database_shuts_the_door(home):
    file, tip = home / "stockpile.db", whole(home)
    for at in (0, 15, *spread(file)):
        with flipped(file, at):
            error = refusal(home)
            assert isinstance(error, BooksDamaged), at
            assert "is damaged" in sentence(error)
            assert "Do not repair it: set it aside" in sentence(error)
    assert whole(home) == tip


def test_one_bit_anywhere_in_the_key_file_shuts_the_door(home):
    tip = whole(home)
    for at in spread(home / "keys.json"):
        with flipped(home / "keys.json", at):
            error = refusal(home)
            assert isinstance(error, KeysUnreadable), at
            assert "missing or damaged. Restore it from the backup" in sentence(error)
    assert whole(home) == tip


def test_one_bit_anywhere_in_the_marking_journal_shuts_the_door(home):
    file, tip = home / "journal.db", whole(home)
    for at in spread(file, 6):
        with flipped(file, at):
            error = refusal(home)
            assert isinstance(error, Damaged), at
            assert "damaged" in sentence(error)
    assert whole(home) == tip


def test_a_changed_anchor_never_makes_an_old_database_good(home):
    """It is sealed: a changed one is none, and then the door is shut; put back, it opens."""
    anchor, tip = home / "anchor.json", whole(home)
    good = anchor.read_bytes()
    for at in range(0, len(good.rstrip()), 1 if NIGHTLY else 9):
        anchor.write_bytes(good)
        with flipped(anchor, at):
            error = refusal(home)
        assert isinstance(error, AnchorMissing), at
        assert "is gone or was changed" in sentence(error)
    anchor.write_bytes(good)
    assert whole(home) == tip


def test_a_bit_in_the_log_file_hides_no_entry_and_loses_none(crashed, tmp_path):
    """SQLite drops what follows a damaged frame without a word: the anchor knows that it was."""
    tip = whole(shutil.copytree(crashed, tmp_path / "unharmed"))
    log = crashed / LOG_FILE
    for number, at in enumerate((3, 24, 40, log.stat().st_size // 2, log.stat().st_size - 5)):
        home = shutil.copytree(crashed, tmp_path / str(number))
        with flipped(home / LOG_FILE, at):
            error = refusal(home)
            assert isinstance(error, BooksRolledBack), at
            assert f"entry {tip.number} was already written here" in sentence(error)
            assert refusal(home) is not None  # nor at the second try
            shutil.copyfile(home / KEPT_LOG, home / LOG_FILE)  # what flipped it flips it back
        assert whole(home) == tip
        assert not (home / KEPT_LOG).exists()


def test_no_bit_in_a_log_file_makes_an_armed_job_one_that_was_never_sent(tmp_path):
    """A crash while a machine marks: whoever forgets that would mark the weapon twice."""
    journal = SqliteMarkJournal(tmp_path / "journal.db", bytes(32), SettableClock())
    journal.open_job(Job("j1", "w1", "s1", "XX 26 1", "m1", "intent", 5))
    for state in ("prepared", "armed", "started"):
        journal.note("j1", state)
    log = tmp_path / "journal.db-wal"
    for number, at in enumerate(spread(log, 8)):
        after = tmp_path / str(number)
        after.mkdir()
        for file in (tmp_path / "journal.db", log):
            shutil.copy(file, after)
        with (after / log.name).open("r+b") as opened:
            opened.seek(at)
            opened.write(b"\xa5")
        again = SqliteMarkJournal(after / "journal.db", bytes(32), SettableClock())
        assert again.job("j1").state in ("armed", "started")
        again.close()
    journal.close()
