"""Real registries for tests: their books on SQLite or PostgreSQL, and a server that answers."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import uvicorn

from stockpile.domain.values import NodeId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import Database, file_of
from stockpile.registry.database_files import made
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.keys import key_file_of, registry_key
from stockpile.registry.limits import Limits
from stockpile.registry.serving import listening, server
from stockpile.trust import trusted_for
from tests.helpers import readied
from tests.helpers.sites import AT, SettableClock, Site


@dataclass
class Registry:
    """A registry's open books with its desk."""

    url: str
    database: Database
    books: RegistryBooks
    enrolment: Enrolment
    clock: SettableClock

    def enrol(self, site: Site, at: str = "", scope: Sequence[str] | None = None) -> None:
        """Enrol a site: without a place and a scope it is told the whole country."""
        code = self.enrolment.make_code("Kampala", at, scope)
        self.enrolment.enrol(site.keys.request(code))

    def listener(self) -> NodeId:
        """Enrol one more node, which only ever listens."""
        site = Site()
        self.enrol(site)
        return site.node


def open_registry(url: str, at: int = AT) -> Registry:
    """Open a registry, or found it where the database is empty; its clock begins there."""
    lay_tables(url)
    database, clock = Database(url), SettableClock(at)
    books = RegistryBooks(database, registry_key(database, None, is_new=database.is_new), clock.now)
    return Registry(url, database, books, Enrolment(books), clock)


def copied_registry(file: Path) -> Registry:
    """Open a copy of the one new registry of this run, as it was founded: its key is the same.

    Founding takes three times as long. Where a test has two registries, the other is founded.
    """
    content, key, at = _founded()
    for one, what in ((file, content), (key_file_of(file), key)):
        made(one)
        one.write_bytes(what)
    return open_registry(str(file), at)


@cache
def _founded() -> tuple[bytes, bytes, int]:
    """What a new registry consists of: its database, its key, and what time it is there."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "registry.db"
        opened = open_registry(str(file))
        opened.database.close()
        return file.read_bytes(), key_file_of(file).read_bytes(), opened.clock.at


def lay_tables(url: str) -> None:
    """Where a file of SQLite is to be, put one with a registry's tables: made once, then copied."""
    file = file_of(url)
    if file is not None and not file.exists():
        made(file)
        file.write_bytes(_file_with_tables())


@cache
def _file_with_tables() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "registry.db"
        Database(str(file)).close()
        return file.read_bytes()


@contextmanager
def answering(
    books: RegistryBooks, limits: Limits | None = None, listen: str = "127.0.0.1:0"
) -> Iterator[str]:
    """Let a real server answer for these books on a free port, and give its address."""
    begun = threading.Event()
    running: uvicorn.Server = server(books, lambda _host, _port: begun.set(), limits)
    with listening(listen) as opened:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]})
        thread.start()
        try:
            begun.wait()
            yield f"http://127.0.0.1:{opened.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join()


def workers(pid: int) -> list[int]:
    """The processes that answer; the other child only watches over what they share."""
    children = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [
        one for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()
    ]  # fmt: skip


def wait_for_two(url: str, log: Path) -> None:
    """Ask until two processes answered, by their log: one is still starting, or slower."""
    with ThreadPoolExecutor(8) as pool:
        while len(_who_answered(log)) < 2:
            list(pool.map(lambda _n: _hello(url), range(8)))


def _hello(url: str) -> None:
    httpx.get(f"{url}/v1/hello", trust_env=False, timeout=60, verify=trusted_for(url))


def _who_answered(log: Path) -> set[int]:
    whole = log.read_text("utf-8").rpartition("\n")[0].splitlines()
    lines = [json.loads(one) for one in whole]
    return {one["process"] for one in lines if one["from"] == "stockpile.registry.access"}


@contextmanager
def own_process(
    url: str,
    listen: str = "127.0.0.1:0",
    *words: str,
    log: Path | None = None,
    anew: bool = False,
) -> Iterator[tuple[readied.Program | subprocess.Popen[str], str]]:
    """Run a registry as a process of its own; give it and its address once it listens.

    It is begun where there is none. Its log goes to a file where one is named. It reads its modules
    itself only where it is to start anew.
    """
    told = ["--found", "--database", url, "--listen", listen, *words]
    with (log or Path(os.devnull)).open("w") as lines:
        begin = readied.begin_anew if anew else readied.begin
        running = begin("stockpile.registry", told, lines)
    try:
        yield running, json.loads(running.stdout.readline())["url"]
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
