"""One open database: its pragmas, its lane, its transactions."""

from __future__ import annotations

import threading

import pytest
import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite.store import SQLITE_FLOOR, Store

KEY = b"k" * 32


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "x.db", KEY)
    opened.connection.execute("CREATE TABLE t (a UNIQUE)")
    yield opened
    opened.close()


def count(store):
    return store.connection.execute("SELECT count(*) FROM t").fetchone()[0]


def test_the_library_is_free_of_the_bug_that_loses_data():
    assert driver.sqlite_version_info >= SQLITE_FLOOR == (3, 51, 3)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0),
        ("cell_size_check", 1), ("wal_autocheckpoint", 1000), ("busy_timeout", 5000),
    ],
)  # fmt: skip
def test_what_durability_hangs_on_is_set(store, pragma, value):
    assert store.connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_nothing_is_in_the_clear(store, tmp_path):
    store.connection.execute("INSERT INTO t VALUES ('in the clear')")
    assert b"in the clear" not in (tmp_path / "x.db-wal").read_bytes()
    store.checkpoint()
    assert b"in the clear" not in (tmp_path / "x.db").read_bytes()
    assert (tmp_path / "x.db-wal").stat().st_size == 0


def test_a_transaction_is_whole_or_nothing(store):
    with store.writing() as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(driver.IntegrityError), store.writing() as connection:
        connection.executemany("INSERT INTO t VALUES (?)", [(2,), (1,)])
    assert count(store) == 1


def test_what_is_written_before_something_else_is_whole_and_the_next_commit_waits_again(store):
    with store.writing_before() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
        connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(driver.IntegrityError), store.writing_before() as connection:
        connection.executemany("INSERT INTO t VALUES (?)", [(2,), (1,)])
    assert count(store) == 1
    with store.writing() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_reader_in_the_way_of_bringing_in_is_told(store, tmp_path):
    store.connection.execute("INSERT INTO t VALUES (1)")
    reader = Store(tmp_path / "x.db", KEY)
    reader.connection.execute("BEGIN")
    assert count(reader) == 1
    store.connection.execute("PRAGMA busy_timeout=1")
    store.connection.execute("INSERT INTO t VALUES (2)")
    assert not store.checkpoint()
    reader.connection.execute("COMMIT")
    assert store.checkpoint()
    reader.close()


def test_what_waits_in_the_log_is_brought_in_once_it_is_enough(store, tmp_path):
    store.checkpoint()
    with store.writing() as connection:
        connection.executemany(
            "INSERT INTO t VALUES (?)", [("x" * 900 + str(n),) for n in range(60)]
        )
    before = (tmp_path / "x.db").read_bytes()
    assert not store.bring_in(1000)
    assert (tmp_path / "x.db").read_bytes() == before
    assert store.bring_in(5)
    assert (tmp_path / "x.db").read_bytes() != before
    assert not store.bring_in(5)
    assert count(store) == 60


def test_off_its_lane_it_is_not_handed_out(store):
    caught = []

    def elsewhere():
        try:
            count(store)
        except AssertionError as error:
            caught.append(str(error))

    lane = threading.Thread(target=elsewhere)
    lane.start()
    lane.join()
    assert caught == ["off the books' lane"]


def test_a_copy_is_whole_and_replaces_an_older_one(store, tmp_path):
    for n in range(3):
        store.connection.execute("INSERT INTO t VALUES (?)", (n,))
        store.copy_to(tmp_path / "copy.db")
    copy = Store(tmp_path / "copy.db", KEY)
    assert count(copy) == 3
    copy.close()
    assert not list(tmp_path.glob("*.new"))


def test_a_walk_that_is_closed_locks_nothing(store):
    store.connection.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(99)])
    walk = store.walk("SELECT a FROM t WHERE a > ?", (5,))
    assert next(walk) == (6,)
    walk.close()
    store.connection.execute("DROP TABLE t")
    store.connection.execute("CREATE TABLE t (a)")


def test_typed_rows_see_the_same_connection(store):
    with store.engine().connect() as rows:
        rows.exec_driver_sql("INSERT INTO t VALUES (7)")
        rows.commit()
    assert count(store) == 1
