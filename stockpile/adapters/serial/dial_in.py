"""A port for machines that dial this computer: we listen, the machine calls.

``listen://0.0.0.0:5001?from=10.0.0.7&wait=20``: the address of ours to listen at, the only machine
that is let in (anyone is without it), and how many seconds to wait for its call.
"""

from __future__ import annotations

import logging
import select
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from stockpile.domain.errors import MachineDidNotCall, PortLost, PortMissing

log = logging.getLogger(__name__)

SCHEME: Final = "listen://"
WAIT_SECONDS: Final = 10
"""How long to wait for the call when the address does not say; a machine redials soon."""
WRITE_LIMIT: Final = 1.0
"""Seconds until a write that does not move counts as a lost port."""

_LONGEST_WAIT: Final = 120
_CHUNK: Final = 4096
_AT_ONCE: Final = struct.pack("ii", 1, 0)
"""Close by a reset, which throws away what was not sent."""
_BROKEN: Final = (OSError, ValueError)


@dataclass(frozen=True, slots=True)
class _Door:
    host: str
    port: int
    only: str
    wait: int


class DialInPort:
    """The line to the one machine that called; whoever calls later finds nobody listening."""

    def __init__(self, url: str, caller: socket.socket) -> None:
        self._url = url
        self._caller = caller
        caller.settimeout(0)
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def url(self) -> str:
        """Where we listen, as it was asked for."""
        return self._url

    def send(self, frame: bytes) -> None:
        """Write the frame whole.

        Raises PortLost, also when the write does not end in time; the frame may have been sent.
        """
        log.debug("%s < %s", self._url, frame.hex(" "))
        left, deadline = frame, time.monotonic() + WRITE_LIMIT
        try:
            while left:
                if not self._waits_for(write=True, seconds=deadline - time.monotonic()):
                    raise TimeoutError
                left = left[self._caller.send(left) :]
        except _BROKEN as error:
            self.drop_output()
            raise PortLost(self._url, str(error) or "write") from error

    def receive(self, seconds: float) -> bytes:
        """Return what arrives, waiting at most so long for the first byte; raises PortLost."""
        try:
            if not self._waits_for(write=False, seconds=seconds):
                return b""
            arrived = self._caller.recv(_CHUNK)
        except _BROKEN as error:
            raise PortLost(self._url, str(error)) from error
        if not arrived:
            raise PortLost(self._url, "hung up")
        log.debug("%s > %s", self._url, arrived.hex(" "))
        return arrived

    def drop_output(self) -> None:
        """Let what was not sent go with the line: a START must never go out late."""
        with suppress(*_BROKEN):
            self._caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)

    def close(self) -> None:
        """Hang up; twice is the same as once."""
        with suppress(*_BROKEN):
            self._caller.close()

    def _waits_for(self, *, write: bool, seconds: float) -> bool:
        line = [self._caller]
        ready = select.select([] if write else line, line if write else [], [], max(0.0, seconds))
        return bool(ready[1] if write else ready[0])


def open_dial_in(url: str) -> DialInPort:
    """Listen until the machine calls, and then to it alone.

    Raises PortMissing (the address is none, or taken), MachineDidNotCall.
    """
    door = _door(url)
    try:
        listening = socket.create_server((door.host, door.port), backlog=1)
    except (OSError, OverflowError) as error:
        raise PortMissing(url, str(error)) from error
    with listening:
        caller = _caller(listening, door)
    if caller is None:
        raise MachineDidNotCall(url, door.wait)
    return DialInPort(url, caller)


def _caller(listening: socket.socket, door: _Door) -> socket.socket | None:
    """Return the line of the first that may call; the others are hung up on."""
    deadline = time.monotonic() + door.wait
    while (left := deadline - time.monotonic()) > 0:
        listening.settimeout(left)
        try:
            caller, (host, *_rest) = listening.accept()
        except TimeoutError:
            break
        except OSError:
            continue  # a call that ended before it was taken
        if not door.only or host == door.only:
            return caller
        log.warning("%s called at port %s and is not the machine", host, door.port)
        caller.close()
    return None


def _door(url: str) -> _Door:
    """Return what the address says; raises PortMissing when it says something else."""
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        wait, only = int(options.pop("wait", WAIT_SECONDS)), options.pop("from", "")
        port = 0 if options or parts.path else parts.port or 0
    except ValueError as error:
        raise PortMissing(url, "address") from error
    if not port or not 0 < wait <= _LONGEST_WAIT:
        raise PortMissing(url, "address")
    return _Door(parts.hostname or "", port, only, wait)
