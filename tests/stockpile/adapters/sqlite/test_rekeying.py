"""Another key for a database: under the new one it opens, under the old one no more."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite import store as store_
from stockpile.adapters.sqlite.rekeying import rekey_file
from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import BooksDamaged

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 32


def test_a_database_is_rekeyed_once_and_a_second_time_nothing_is_left_to_do(tmp_path):
    file = tmp_path / "a.db"
    store = Store(file, OLD)
    store.connection.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (7);")
    store.close()
    assert rekey_file(file, OLD, NEW)
    assert not rekey_file(file, OLD, NEW)
    with pytest.raises(BooksDamaged):
        Store(file, OLD)
    with pytest.raises(BooksDamaged):
        rekey_file(file, OTHER, OLD)
    store = Store(file, NEW)
    assert store.connection.execute("SELECT x FROM t").fetchone() == (7,)
    assert store.connection.execute("PRAGMA temp_store").fetchone() == (2,)
    store.close()


def test_a_connection_in_use_goes_on_under_the_new_key(tmp_path):
    store = Store(tmp_path / "a.db", OLD)
    store.connection.executescript("CREATE TABLE t (x);")
    store.rekey(NEW)
    with store.writing() as connection:
        connection.execute("INSERT INTO t VALUES (?)", (8,))
    store.close()
    again = Store(tmp_path / "a.db", NEW)
    assert again.connection.execute("SELECT x FROM t").fetchone() == (8,)
    again.close()


def test_how_far_it_is_shows_and_whoever_looks_cannot_stop_it(tmp_path, monkeypatch):
    monkeypatch.setattr(store_, "_LOOK", 0.001)
    store = Store(tmp_path / "a.db", OLD)
    store.connection.executescript(
        "CREATE TABLE t (x); "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000) "
        "INSERT INTO t SELECT randomblob(500) FROM n;"
    )
    told = []
    store.rekey(NEW, lambda done, total: told.append((done, total)))
    store.close()
    assert told
    assert [done for done, _total in told] == sorted(done for done, _total in told)
    assert all(0 <= done <= total for done, total in told)
    Store(tmp_path / "a.db", NEW).close()
