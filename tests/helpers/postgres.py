"""A real PostgreSQL for the tests: one throw-away cluster a run, one database a test.

Its tables are made once a cluster and copied for each test: making them takes three times as long.
A registry may be founded in it once and copied too.

It listens on a Unix socket only, waits for no disk, and runs as ``nobody`` where the tests run as
root, because PostgreSQL refuses root. A missing server is a skip with its reason; in CI it is a
failure.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
import pytest

from stockpile.registry.database import Database

_ANY_VERSION = Path("/usr/lib/postgresql")
_FAST = (
    "listen_addresses=''", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
    "shared_buffers=64MB", "max_connections=40",
)  # fmt: skip
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Cluster:
    """A running server: where its socket is."""

    folder: Path

    def new_database(self) -> str:
        """Make a database with a registry's tables, in which none is founded; return its URL."""
        return self.copy_of(self._with_tables)

    def copy_of(self, url: str) -> str:
        """Make a database like another one, to which nobody is connected; return its URL."""
        return self._made(f"TEMPLATE {_name_in(url)} STRATEGY FILE_COPY")

    def empty_database(self) -> str:
        """Make a database in which nothing stands and return its URL."""
        return self._made("")

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._run(f"DROP DATABASE {_name_in(url)} WITH (FORCE)")

    @cached_property
    def _with_tables(self) -> str:
        url = self.empty_database()
        Database(url).close()
        return url

    def _made(self, how: str) -> str:
        name = f"t{os.getpid()}_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} {how}")
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _dsn(self, name: str) -> str:
        return f"host={self.folder} user=postgres dbname={name}"


def _name_in(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def binaries() -> Path | None:
    """Return the folder of the server's programs: the one named, else the newest installed."""
    named = os.environ.get("STOCKPILE_TEST_PG_BIN")
    if named:
        return Path(named)
    found = [one for one in _ANY_VERSION.glob("*/bin") if (one / "initdb").exists()]
    return max(found, key=lambda one: int(one.parent.name), default=None)


def is_required() -> bool:
    """Say whether a missing server is a failure."""
    return os.environ.get("STOCKPILE_REQUIRE_PG") == "1" or os.environ.get("CI") == "true"


@contextmanager
def cluster(settings: Sequence[str] = _FAST) -> Iterator[Cluster]:
    """Start a server for a run of tests, or with a bench's own settings, and stop it afterwards."""
    programs = binaries()
    if programs is None:
        if is_required():
            pytest.fail("no PostgreSQL server here, and this run must have one")
        pytest.skip("no PostgreSQL server here (set STOCKPILE_TEST_PG_BIN)")
    # a socket's path must be short, so never below pytest's long folders
    folder = Path(tempfile.mkdtemp(prefix="spg"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        _run(programs, folder, "initdb", "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        options = " ".join(f"-c {one}" for one in settings)
        _run(
            programs, folder, "pg_ctl", "-w", "-l", str(folder / "log"),
            "-o", f"-k {folder} {options}", "start",
        )  # fmt: skip
        try:
            yield Cluster(folder)
        finally:
            _run(programs, folder, "pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def standby(of: Cluster) -> Iterator[Cluster]:
    """Start a server that follows another one, as it is a moment later, and only reads."""
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="sps"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        _run(
            programs, folder, "pg_basebackup", "-R", "-c", "fast", "-X", "stream",
            "-h", str(of.folder), "-U", "postgres",
        )  # fmt: skip
        options = " ".join(f"-c {one}" for one in (*_FAST, "hot_standby=on"))
        _run(
            programs, folder, "pg_ctl", "-w", "-l", str(folder / "log"),
            "-o", f"-k {folder} {options}", "start",
        )  # fmt: skip
        try:
            yield Cluster(folder)
        finally:
            _run(programs, folder, "pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(programs: Path, folder: Path, program: str, *words: str) -> None:
    root = os.geteuid() == 0
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    if "LD_LIBRARY_PATH" in os.environ:
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    subprocess.run(
        [programs / program, "-D", folder / "data", *words],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=environment,
        user="nobody" if root else None,
        group="nogroup" if root else None,
        extra_groups=[] if root else None,
    )
