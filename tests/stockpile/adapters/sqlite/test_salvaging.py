from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.opening import KEPT_LOG, LOG_FILE
from stockpile.adapters.sqlite.salvaging import readable_entries
from tests.helpers.books import desk


@pytest.fixture
def depot(tmp_path):
    """A home with a founding and four weapons."""
    with desk(tmp_path / "home") as one:
        one.found()
        for number in range(4):
            one.register_weapon(f"KB{number}")
        yield one


@pytest.fixture
def room(tmp_path):
    (tmp_path / "room").mkdir()
    return tmp_path / "room"


def read(depot, room, after=0, key=None):
    found = readable_entries(depot.home, key or depot.keys.database_key, depot.node, after, room)
    return tuple(found)


def test_the_entries_after_a_number_are_read_from_a_copy(depot, room):
    whole = depot.books.entries(depot.node, 0, 100)
    before = (depot.home / "stockpile.db").read_bytes()
    assert read(depot, room, after=2) == whole[2:]
    assert (depot.home / "stockpile.db").read_bytes() == before


def test_what_only_the_log_that_was_set_aside_has_is_read_too(depot, room):
    whole = depot.books.entries(depot.node, 0, 100)
    log = depot.home / LOG_FILE
    assert log.stat().st_size
    (depot.home / KEPT_LOG).write_bytes(log.read_bytes())
    assert read(depot, room) == whole


def test_nothing_comes_of_a_database_that_does_not_open(depot, room):
    assert read(depot, room, key=bytes(32)) == ()
    for path in (depot.home / "stockpile.db", depot.home / LOG_FILE):
        path.unlink()
    for left in room.iterdir():
        left.unlink()
    assert read(depot, room) == ()
