"""Answer requests, say when that begins, and stop cleanly when told to."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from stockpile.domain.errors import FieldUnreadable, PortMissing
from stockpile.domain.values import NodeId
from stockpile.registry import cycles, metrics, witness_rounds
from stockpile.registry.app import create_app
from stockpile.registry.books import RegistryBooks
from stockpile.registry.connections import HEAD_SECONDS, MOST_HEAD, PatientConnection
from stockpile.registry.limits import Limits
from stockpile.registry.metrics import Figures
from stockpile.registry.replicas import Reading
from stockpile.registry.service import Service, application
from stockpile.registry.standing import standing

_LARGEST_PORT: Final = 65_535
_PATIENCE: Final = 30
"""Seconds that requests in flight may take once the process is told to stop."""
_BACKLOG: Final = 1_024

Said = Callable[[str, int], None]
"""Told the address and port once requests are answered."""
Announced = Callable[[str, int, NodeId], None]
"""Told address, port and registry once requests are answered."""


def serve(service: Service, books: RegistryBooks, reading: Reading, said: Announced) -> None:
    """Answer requests until the process is told to stop; raises FieldUnreadable, PortMissing."""
    figures = Figures()
    told = config(application(service, books, reading, figures), service)

    def answering(host: str, port: int) -> None:
        said(host, port, books.key.node)

    cycles.search_rarely()
    shown = _scraped(service, books, reading, figures)
    asking = witness_rounds.kept_asking(books, service.ask_witnesses)
    with listening(service.listen) as opened, _stopping_cleanly(), shown, asking:
        _Server(told, answering).run(sockets=[opened])


def server(books: RegistryBooks, said: Said, limits: Limits | None = None) -> uvicorn.Server:
    """Return a server over these books, to be run with a socket."""
    service = Service(limits=limits or Limits())
    return _Server(config(create_app(books, limits=service.limits), service), said)


def config(app: FastAPI | Callable[[], FastAPI], service: Service, **more: Any) -> uvicorn.Config:  # noqa: ANN401 - uvicorn's own options
    """Return how uvicorn serves: bounded heads, patient connections, nobody's word about addresses.

    A proxy's word about who asks is taken only where the operator named that proxy.
    """
    return uvicorn.Config(
        app,
        http=PatientConnection,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(service.forwarded_by),
        forwarded_allow_ips=service.forwarded_by or None,
        limit_concurrency=service.limits.connections,
        h11_max_incomplete_event_size=MOST_HEAD,
        backlog=_BACKLOG,
        timeout_keep_alive=int(HEAD_SECONDS),
        timeout_graceful_shutdown=_PATIENCE,
        **more,
    )


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, told: uvicorn.Config, said: Said) -> None:
        super().__init__(told)
        self._said = said

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        assert sockets
        host, port = sockets[0].getsockname()[:2]
        self._said(host, port)


@contextmanager
def listening(listen: str) -> Iterator[socket.socket]:
    """Give a socket bound to host and port; raises FieldUnreadable, PortMissing."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > _LARGEST_PORT:
        raise FieldUnreadable("listen", listen)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        opened = socket.create_server(
            (host.strip("[]"), int(port)), family=family, backlog=_BACKLOG
        )
    except OSError as error:
        raise PortMissing(listen, str(error)) from error
    with opened:
        yield opened


@contextmanager
def _scraped(
    service: Service, books: RegistryBooks, reading: Reading, figures: Figures
) -> Iterator[None]:
    """Show the figures where the operator said, if they did."""
    if not service.metrics:
        yield
        return
    behind = reading.behind if reading.follows else None
    shown = metrics.scraped(figures, lambda: standing(books.database), behind)
    end = metrics.listen(service.metrics, shown)
    try:
        yield
    finally:
        end()


@contextmanager
def _stopping_cleanly() -> Iterator[None]:
    """Let uvicorn's own handlers stop the server; what they raise again afterwards ends here."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, _heard)
    if hasattr(signal, "SIGHUP"):
        # one process alone cannot be replaced behind its port: it ends, and is started anew
        signal.signal(signal.SIGHUP, lambda *_said: signal.raise_signal(signal.SIGTERM))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the server has stopped by now."""
