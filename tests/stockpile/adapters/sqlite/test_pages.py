"""Keyset pages hung on anchors."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite.pages import EVERY, Condition, Pages
from stockpile.adapters.sqlite.store import Store

TOTAL = 3 * EVERY + 17
ALL = Condition("registered")


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("pages") / "x.db", b"k" * 32)
    store.connection.execute("CREATE TABLE weapon (row INTEGER PRIMARY KEY, k, registered)")
    store.connection.executemany(
        "INSERT INTO weapon VALUES (?, ?, ?)",
        [(n, f"{n * 7919 % 101:03}", n % 10 > 0) for n in range(1, TOTAL * 10 // 9 + 1)],
    )
    yield store.connection
    store.close()


def rows(pages, connection, start, end, among=ALL):
    return [row for (row,) in pages.page(connection, ("row",), "k", among, (start, end))]


def whole(connection, among="registered"):
    found = connection.execute(f"SELECT row FROM weapon WHERE {among} ORDER BY k, row")
    return [row for (row,) in found]


@pytest.mark.parametrize("start", [0, 1, EVERY - 1, EVERY, EVERY + 1, 2 * EVERY + 500, 3 * EVERY])
def test_a_page_is_the_same_as_a_slice_of_the_whole(connection, start):
    assert rows(Pages(), connection, start, start + 90) == whole(connection)[start : start + 90]


def test_beyond_the_end_there_is_nothing(connection):
    pages = Pages()
    assert rows(pages, connection, 9 * EVERY, 9 * EVERY + 10) == []
    assert rows(pages, connection, 0, 3) == whole(connection)[:3]


def test_a_condition_has_anchors_of_its_own(connection):
    pages = Pages()
    odd = Condition("registered AND row % ? = 1", (2,))
    expected = whole(connection, "registered AND row % 2 = 1")
    assert rows(pages, connection, EVERY, EVERY + 9, odd) == expected[EVERY : EVERY + 9]
    assert rows(pages, connection, EVERY, EVERY + 9) == whole(connection)[EVERY : EVERY + 9]


def test_what_was_forgotten_is_found_anew(connection):
    pages = Pages()
    rows(pages, connection, 2 * EVERY, 2 * EVERY + 1)
    connection.execute("UPDATE weapon SET registered = 0 WHERE row = 101")
    pages.forget()
    for number in range(12):
        narrow = Condition("registered AND row <> ?", (-number,))
        assert rows(pages, connection, EVERY, EVERY + 5, narrow) == whole(connection)[EVERY:][:5]
    connection.execute("UPDATE weapon SET registered = 1 WHERE row = 101")
