"""Answer requests, say when that begins, and stop cleanly when told to."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn

from stockpile.domain.errors import FieldUnreadable, PortMissing
from stockpile.registry.app import create_app
from stockpile.registry.books import RegistryBooks

DEFAULT_LISTEN: Final = "127.0.0.1:8750"
_LARGEST_PORT: Final = 65_535
_KEEP_ALIVE: Final = 30
_PATIENCE: Final = 10

Said = Callable[[str, int], None]
"""Told the address and port once requests are answered."""


def serve(books: RegistryBooks, listen: str, said: Said) -> None:
    """Answer requests until the process is told to stop; raises FieldUnreadable, PortMissing."""
    with listening(listen) as opened, _stopping_cleanly():
        server(books, said).run(sockets=[opened])


def server(books: RegistryBooks, said: Said) -> uvicorn.Server:
    """Return the server, to be run with a socket."""
    config = uvicorn.Config(
        create_app(books),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_PATIENCE,
    )
    return _Server(config, said)


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, said: Said) -> None:
        super().__init__(config)
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
        opened = socket.create_server((host.strip("[]"), int(port)), family=family)
    except OSError as error:
        raise PortMissing(listen, str(error)) from error
    with opened:
        yield opened


@contextmanager
def _stopping_cleanly() -> Iterator[None]:
    """Let uvicorn's own handlers stop the server; what they raise again afterwards ends here."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, _heard)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the server has stopped by now."""
