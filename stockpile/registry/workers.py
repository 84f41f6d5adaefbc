"""Several processes behind one port, on PostgreSQL: one dies, the others go on, and it is replaced.

The parent opens the books once, so that tables and key are made before anybody answers and a
trouble is told in one line; then it only watches. It holds the port: requests that come while a
process is replaced wait instead of failing. SIGHUP replaces the processes one after the other.
Where the parent is killed, its processes finish what they have begun and end: nobody would replace
them, and the port would stay taken.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import Final

from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from stockpile.registry import cycles, journal, metrics, witness_rounds
from stockpile.registry.metrics import FOLDER, Figures
from stockpile.registry.service import Service, application, opened
from stockpile.registry.serving import Announced, config, listening
from stockpile.registry.shared_port import shared_fairly
from stockpile.registry.standing import standing

_HUNG: Final = 60
"""Seconds without a sign of life after which a process is replaced."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Makes the application inside a process of its own; it travels there by pickling."""

    service: Service

    def __call__(self) -> FastAPI:
        """Open the books and return the application; they are closed when it ends."""
        journal.begin()
        Thread(target=_end_with_the_parent, daemon=True).start()
        stack = ExitStack()
        books, reading = stack.enter_context(opened(self.service))
        app = application(self.service, books, reading, Figures())
        cycles.search_rarely()

        @asynccontextmanager
        async def while_it_runs(_app: FastAPI) -> AsyncIterator[None]:
            with stack:
                yield

        app.router.lifespan_context = while_it_runs
        return app


def _end_with_the_parent() -> None:
    """Wait until the process that watches over this one is gone, then end as if told to stop."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


class Watching(Multiprocess):
    """Watches over the processes that answer, and hears at once of one that dies.

    It asks each for a sign of life over a pipe. As long as it holds the process's own end of that
    pipe as well, nothing tells it that nobody is left to answer: it would wait for as long as for a
    process that hangs, and replace no other one meanwhile.
    """

    def init_processes(self) -> None:
        """Start the processes."""
        super().init_processes()
        self._let_go()

    def keep_subprocess_alive(self) -> None:
        """Replace what died or hangs."""
        self._let_go()  # of those that a signal brought
        super().keep_subprocess_alive()
        self._let_go()

    def _let_go(self) -> None:
        for one in self.processes:
            one.child_conn.close()


def serve_by_many(service: Service, said: Announced) -> None:
    """Answer requests by several processes until told to stop.

    Raises FieldUnreadable, PortMissing, and what opening the books raises.
    """
    with (
        opened(service) as (books, reading),
        listening(service.listen) as port,
        tempfile.TemporaryDirectory(prefix="stockpile-figures-") as folder,
        ExitStack() as stack,
    ):
        os.environ[FOLDER] = folder
        if service.metrics:
            behind = reading.behind if reading.follows else None
            shown = metrics.scraped(None, lambda: standing(books.database), behind)
            stack.callback(metrics.listen(service.metrics, shown))
        stack.enter_context(witness_rounds.kept_asking(books, service.ask_witnesses))
        told = config(
            Worker(service), service,
            factory=True, workers=service.workers, timeout_worker_healthcheck=_HUNG,
        )  # fmt: skip
        shared = stack.enter_context(shared_fairly(port))
        watching = Watching(told, [shared])
        host, number = shared.getsockname()[:2]
        said(host, number, books.key.node)
        with suppress(KeyboardInterrupt):
            watching.run()
