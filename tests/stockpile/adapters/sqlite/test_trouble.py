"""What a database error means: no room, a bad disk, damage, another process, or a mistake."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import text

from stockpile.adapters.sqlite.store import Store
from stockpile.adapters.sqlite.trouble import sorted_errors
from stockpile.domain.errors import BooksDamaged, BooksInUse, DiskFull, DiskTrouble
from stockpile.services.ports import RegisterFilter
from tests.helpers.books import registration

KEY = b"k" * 32
ROOT = Path(__file__).parents[4]
WHERE_FILES_MAY_NOT_GROW = """
import resource, signal, sys
from pathlib import Path
from stockpile.domain.errors import DiskTrouble
from tests.helpers.books import Desk, registration

depot = Desk(Path(sys.argv[1]))
depot.found()
depot.open().store.checkpoint()
before = depot.books.tip()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    depot.books.record([registration(depot.id(), str(n)) for n in range(400)], by=None)
except DiskTrouble:
    assert depot.books.tip() == before
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    depot.register_weapon("after")
    assert depot.books.check(deep=True).weapons == 1
    print("nothing written, and on it went")
depot.close()
"""


def test_a_full_disk_leaves_nothing_of_the_act(depot):
    """SQLite says the same where the file may not grow as where the disk has no room."""
    depot.found()
    before = depot.books.check(deep=True)
    connection = depot.open().store.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 8}").fetchall()
    with pytest.raises(DiskFull):
        depot.books.record([registration(depot.id(), f"A{n}") for n in range(500)], by=None)
    assert depot.books.tip() == dict(before.tips)[depot.node]
    assert depot.books.check(deep=True) == before
    connection.execute("PRAGMA max_page_count = 1000000").fetchall()
    depot.register_weapon("after")
    assert depot.register.count(RegisterFilter()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited")
def test_a_disk_that_refuses_writes_leaves_nothing_of_the_act(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WHERE_FILES_MAY_NOT_GROW, str(tmp_path / "home")],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "nothing written, and on it went", done.stderr


def test_a_file_that_is_no_database_is_damaged(tmp_path):
    (tmp_path / "x.db").write_bytes(b"no database at all" * 300)
    with pytest.raises(BooksDamaged):
        Store(tmp_path / "x.db", KEY)


def test_a_folder_that_is_not_there_is_trouble(tmp_path):
    with pytest.raises(DiskTrouble):
        Store(tmp_path / "nowhere" / "x.db", KEY)


def test_another_writer_is_in_use(tmp_path):
    one, two = Store(tmp_path / "x.db", KEY), Store(tmp_path / "x.db", KEY)
    two.connection.execute("PRAGMA busy_timeout=1").fetchall()
    one.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(BooksInUse), two.writing():
        pass
    one.connection.execute("ROLLBACK")
    two.close()
    one.close()


def test_a_mistake_of_ours_rises_as_it_is(tmp_path):
    store = Store(tmp_path / "x.db", KEY)
    with pytest.raises(driver.OperationalError, match="no such table"), store.reading() as one:
        one.execute("SELECT * FROM missing")
    store.close()


def test_errors_through_typed_rows_are_sorted_alike(tmp_path):
    store = Store(tmp_path / "x.db", KEY)
    store.connection.execute("CREATE TABLE t (a)")
    store.connection.execute("PRAGMA max_page_count = 2").fetchall()
    with store.engine().connect() as rows, pytest.raises(DiskFull), sorted_errors(store.file):
        rows.execute(text("INSERT INTO t VALUES (zeroblob(90000))"))
    store.close()
