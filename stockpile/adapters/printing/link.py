"""The bytes to and from a printer: a port that the front door opens, or a device file.

The front door hands in a function that opens ports, so this room knows no serial library.
"""

from __future__ import annotations

import logging
import os
import select
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol

from stockpile.domain.errors import PortLost, PortMissing

log = logging.getLogger(__name__)

SCHEME: Final = "device://"
WRITE_LIMIT: Final = 5.0
"""Seconds until a printer that takes nothing more counts as lost: its buffer is full, it stands."""
PIECE: Final = 256
"""Bytes that are handed over at once: at 9600 baud a quarter of a second."""
_CHUNK: Final = 4096
_TICK: Final = 0.05


class Link(Protocol):
    """Bytes to and from one printer."""

    @property
    def url(self) -> str:
        """Where the link leads."""
        ...

    def send(self, frame: bytes) -> None:
        """Send bytes; after PortLost some of them may have been sent."""
        ...

    def receive(self, seconds: float) -> bytes:
        """Return what arrives, waiting at most so long for the first byte; raises PortLost."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


OpenLink = Callable[[str], Link]


class DeviceLink:
    """A printer's device file, as ``/dev/usb/lp0``, or a raw printer port or share of Windows."""

    def __init__(self, url: str, handle: int, *, hears: bool) -> None:
        self._url, self._handle, self._hears = url, handle, hears

    @property
    def url(self) -> str:
        """Where the link leads."""
        return self._url

    def send(self, frame: bytes) -> None:
        """Write the bytes whole; raises PortLost, also when the printer takes no more in time."""
        left, deadline = memoryview(frame), time.monotonic() + WRITE_LIMIT
        while left:
            try:
                left = left[os.write(self._handle, left[:PIECE]) :]
                deadline = time.monotonic() + WRITE_LIMIT
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise PortLost(self._url, str(error)) from error
                time.sleep(_TICK)
            except OSError as error:
                raise PortLost(self._url, str(error)) from error

    def receive(self, seconds: float) -> bytes:
        """Return what arrives; nothing ever from a printer that is only written to."""
        if not self._hears:
            time.sleep(seconds)
            return b""
        try:
            if not select.select([self._handle], [], [], max(0.0, seconds))[0]:
                return b""
            arrived = os.read(self._handle, _CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise PortLost(self._url, str(error)) from error
        if not arrived:
            # The printer's driver says at once that there is nothing: not to be asked in a hurry.
            time.sleep(min(seconds, _TICK))
        return arrived

    def close(self) -> None:
        """Let go of the file."""
        with suppress(OSError):
            os.close(self._handle)


def open_device(url: str) -> DeviceLink:
    """Open ``device:///dev/usb/lp0``, or a raw port or share of Windows; raises PortMissing."""
    place = url.removeprefix(SCHEME)
    extra = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        # A device that can be read is selected on; where files cannot be, nothing is ever read.
        hears = hasattr(os, "O_NONBLOCK")
        handle = os.open(place, (os.O_RDWR if hears else os.O_WRONLY) | extra)
    except PermissionError:
        hears, handle = False, _only_written(url, place, extra)
    except OSError as error:
        raise PortMissing(url, error.strerror or str(error)) from error
    return DeviceLink(url, handle, hears=hears)


def _only_written(url: str, place: str, extra: int) -> int:
    try:
        return os.open(place, os.O_WRONLY | extra)
    except OSError as error:
        raise PortMissing(url, error.strerror or str(error)) from error


def opened(url: str, open_port: OpenLink) -> Link:
    """Open a printer's address, a device file or a port; raises PortMissing."""
    return open_device(url) if url.startswith(SCHEME) else open_port(url)


def sent(link: Link, frame: bytes) -> None:
    """Send a label in pieces: a slow port has a time limit for each. Raises PortLost."""
    for start in range(0, len(frame), PIECE):
        link.send(frame[start : start + PIECE])
