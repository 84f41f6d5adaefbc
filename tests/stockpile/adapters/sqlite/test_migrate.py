"""Numbered, frozen SQL: a copy first, all or nothing, and no newer file."""

from __future__ import annotations

import pytest
import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite import opening
from stockpile.adapters.sqlite.migrate import migrate, steps_in
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import BooksTooNew

KEY = b"k" * 32


@pytest.fixture
def steps(tmp_path):
    folder = tmp_path / "steps"
    folder.mkdir()
    (folder / "0001_first.sql").write_text("CREATE TABLE one (a); INSERT INTO one VALUES (1);")
    return folder


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "x.db", KEY)
    yield opened
    opened.close()


def tables(store):
    return {name for (name,) in store.connection.execute("SELECT name FROM sqlite_master")}


def test_missing_steps_are_run_once(store, steps):
    assert migrate(store, steps) == 1
    assert migrate(store, steps) == 0
    assert store.connection.execute("SELECT * FROM one").fetchall() == [(1,)]


def test_a_copy_is_made_before_the_shape_changes(store, steps, tmp_path):
    migrate(store, steps)
    assert not list(tmp_path.glob("x.db.before*"))
    (steps / "0002_second.sql").write_text("DROP TABLE one; CREATE TABLE two (a);")
    migrate(store, steps)
    assert tables(store) == {"two"}
    copy = Store(tmp_path / "x.db.before-2", KEY)
    assert copy.connection.execute("SELECT * FROM one").fetchall() == [(1,)]
    copy.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(store, steps):
    migrate(store, steps)
    (steps / "0002_bad.sql").write_text("CREATE TABLE two (a); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(driver.OperationalError):
        migrate(store, steps)
    assert tables(store) == {"one"}
    assert store.connection.execute("PRAGMA user_version").fetchone() == (1,)
    (steps / "0002_bad.sql").write_text("CREATE TABLE two (a);")
    assert migrate(store, steps) == 1


def test_a_newer_file_is_refused(store, steps):
    migrate(store, steps)
    store.connection.execute("PRAGMA user_version = 7")
    with pytest.raises(BooksTooNew) as newer:
        migrate(store, steps)
    assert (newer.value.theirs, newer.value.ours) == (7, 1)


def test_steps_are_numbered_without_a_gap(steps):
    (steps / "0003_late.sql").write_text("")
    with pytest.raises(AssertionError):
        steps_in(steps)


def test_our_own_steps_make_the_ledger(store):
    migrate(store, opening.MIGRATIONS)
    assert {"ev", "cm", "body", "node", "peer", "register"} <= tables(store)
