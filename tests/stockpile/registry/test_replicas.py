from __future__ import annotations

import shutil

import pytest
from sqlalchemy import text

from stockpile.domain import wire
from stockpile.domain.errors import BooksTooNew, KeysUnreadable, QuantityUnreadable, RegistryBusy
from stockpile.registry import intake
from stockpile.registry.database import Database
from stockpile.registry.replicas import REST, Reading, ReplicaBooks, Standby
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


@pytest.fixture
def other(registry):
    """A second site, whose entries the first is told."""
    made = Site()
    registry.enrol(made)
    made.found()
    made.fill(4)
    send(registry, made)
    return made


@pytest.fixture
def copy(registry, site, other, tmp_path):
    """A copy of the registry's database as it stands now; it follows no further."""
    with registry.database.writing() as connection:
        connection.execute(text("SELECT 1"))
    with registry.database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(registry.database.file, tmp_path / "copy.db")
    database = Database(str(tmp_path / "copy.db"), follows=True)
    yield ReplicaBooks(database, registry.books.key, registry.clock.now)
    database.close()


def everything(reading, asker):
    """Read the feed as a node does, from its beginning until it moves no more."""
    found, after = [], 0
    while True:
        page = reading.feed(asker, after, 2)
        found += [item.position for item in page.items]
        if page.last == after:
            return found
        assert page.last > after
        after = page.last


def test_a_copy_that_is_behind_costs_nobody_an_entry(registry, site, other, copy):
    other.fill(3)
    send(registry, other)
    asker = registry.books.node(site.node)
    reading = Reading(registry.books, Standby(lambda: copy))
    assert everything(reading, asker) == everything(Reading(registry.books), asker)
    page = reading.feed(asker, 0, 500)
    assert page.last == copy.head().size < registry.books.head().size


def test_who_has_just_written_reads_it(registry, site, copy):
    site.fill(2)
    send(registry, site)
    reading = Reading(registry.books, Standby(lambda: copy))
    assert reading.own_entries(site.node, 0) == tuple(site.entries)
    size = registry.books.head().size
    assert reading.proof(1, size) == registry.books.proof(1, size)
    with pytest.raises(QuantityUnreadable):
        reading.proof(1, size + 1)


def test_what_the_copy_has_comes_from_it(registry, site, other, copy):
    asker = registry.books.node(site.node)
    with registry.database.writing() as connection:
        connection.execute(text("DELETE FROM leaf WHERE pos > 1"))
    reading = Reading(registry.books, Standby(lambda: copy))
    assert len(everything(reading, asker)) >= len(other.entries)
    assert reading.own_entries(other.node, 0) == tuple(other.entries)


def test_a_copy_that_knows_the_asker_otherwise_is_not_asked(registry, site, other, copy):
    registry.enrolment.revoke(other.node, "stolen")
    asker = registry.books.node(other.node)
    page = Reading(registry.books, Standby(lambda: copy)).feed(asker, 0, 500)
    assert page.log_size == registry.books.head().size > copy.head().size


@pytest.mark.logs_warnings
def test_a_copy_that_went_away_is_done_without_and_logged(registry, site, copy, tmp_path, caplog):
    copy.close()
    (tmp_path / "copy.db").write_bytes(b"no database any more" * 100)
    for left in tmp_path.glob("copy.db-*"):
        left.unlink()
    asker = registry.books.node(site.node)
    reading = Reading(registry.books, Standby(lambda: copy))
    assert everything(reading, asker) == everything(Reading(registry.books), asker)
    assert reading.proof(1, 2) == registry.books.proof(1, 2)
    assert "the copy that reads does not answer: BooksDamaged" in caplog.messages


@pytest.mark.logs_warnings
def test_a_copy_that_is_away_is_left_alone_for_a_while_and_then_asked_again(registry, copy, caplog):
    asked, clock = [], [100.0]

    def opens():
        asked.append(clock[0])
        if len(asked) < 3:
            raise RegistryBusy("away")
        return copy

    standby = Standby(opens, lambda: clock[0])
    standby.begin()  # it keeps nobody from starting
    reading = Reading(registry.books, standby)
    assert (reading.follows, reading.behind()) == (True, None)
    clock[0] += REST
    assert [reading.behind() for _one in range(5)] == [None] * 5
    assert (asked, len(caplog.messages)) == ([100.0, 100.0 + REST], 2)
    clock[0] += REST
    registry.listener()
    assert reading.behind() == registry.books.head().size - copy.head().size > 0
    assert len(asked) == 3


def test_who_comes_while_a_copy_is_being_opened_does_without(registry, copy):
    answers = []

    def opens():
        answers.append(standby.ask(lambda books: books.head().size))
        return copy

    standby = Standby(opens)
    assert standby.ask(lambda books: books.head().size) == copy.head().size
    assert answers == [None]
    assert not Reading(registry.books).follows


def test_a_copy_of_another_registry_is_none_of_ours(registry, copy, tmp_path):
    stranger = open_registry(str(tmp_path / "stranger.db"))
    stranger.database.close()
    database = Database(str(tmp_path / "stranger.db"), follows=True)
    with pytest.raises(KeysUnreadable):
        ReplicaBooks(database, registry.books.key, registry.clock.now)
    database.close()


def test_a_copy_that_has_nothing_yet_is_waited_for(copy, tmp_path):
    with pytest.raises(RegistryBusy):
        Database(str(tmp_path / "empty.db"), follows=True)
    tables = Database(str(tmp_path / "tables.db"))
    with pytest.raises(RegistryBusy):
        ReplicaBooks(tables, copy.key, copy.now)
    tables.close()


def test_a_copy_with_other_tables_is_not_read(copy, tmp_path):
    for number, error in ((9999, BooksTooNew), (0, RegistryBusy)):
        with copy.database.writing() as connection:
            connection.execute(text("DELETE FROM version"))
            connection.execute(text("INSERT INTO version VALUES (:n)"), {"n": number})
        with pytest.raises(error):
            Database(str(tmp_path / "copy.db"), follows=True)
