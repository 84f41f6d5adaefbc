"""Bytes over pyserial: real ports, sockets and loops by one URL, and one kind of loss.

pyserial reports a pulled cable in five different ways, some not even an OSError (measured with 3.5
on Linux); everything here comes out as PortLost, or as PortMissing while opening.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import SHUT_RDWR

import serial

from stockpile.adapters.serial.dial_in import SCHEME, DialInPort, open_dial_in
from stockpile.domain.errors import PortLost, PortMissing

if sys.platform == "win32":
    import msvcrt

    _BROKEN = (OSError, TypeError, AttributeError)
else:
    import fcntl
    import termios

    _BROKEN = (OSError, TypeError, AttributeError, termios.error)

_UNOPENABLE = (*_BROKEN, ValueError)
log = logging.getLogger(__name__)

BAUD = 115200
TICK = 0.05
"""Seconds of one blocked read: set once at opening, because setting it later reconfigures."""
WRITE_LIMIT = 1.0
"""Seconds until a write that does not move counts as a lost port."""

_OPTIONS = re.compile(
    r"(?P<url>.+)\?(?:(?:baud=(?P<baud>[1-9][0-9]{2,6})|reset=(?P<reset>off))(?:&|$))+"
)
_UNSHARED = ("loop://",)
_CHUNK = 4096


class Port:
    """An open port that nobody else has."""

    def __init__(self, url: str, line: serial.Serial, lock: int | None) -> None:
        self._url = url
        self._line = line
        self._lock = lock
        self._closed = False

    @property
    def url(self) -> str:
        """Where the port leads, as it was asked for."""
        return self._url

    def send(self, frame: bytes) -> None:
        """Write the frame whole.

        Raises PortLost, also when the write does not end in time; the frame may have been sent.
        """
        log.debug("%s < %s", self._url, frame.hex(" "))
        try:
            with self._translated():
                self._line.write(frame)
        except PortLost:
            self.drop_output()
            raise

    def receive(self, seconds: float) -> bytes:
        """Return what arrives, waiting at most so long for the first byte; raises PortLost."""
        deadline = time.monotonic() + seconds
        while True:
            with self._translated():
                # A blocked read lasts a tick: who asks only for what is there must not pay for it.
                arrived = self._line.read(1) if seconds > 0 or self._line.in_waiting else b""
                while arrived and (more := self._line.in_waiting) and len(arrived) < _CHUNK:
                    arrived += self._line.read(more)
            if arrived:
                log.debug("%s > %s", self._url, arrived.hex(" "))
            if arrived or time.monotonic() >= deadline:
                return bytes(arrived)

    def drop_output(self) -> None:
        """Throw away what the system has not sent yet: a START must never go out late."""
        with suppress(*_BROKEN):
            self._line.reset_output_buffer()

    def close(self) -> None:
        """Let go of the port; twice is the same as once."""
        if self._closed:
            return
        self._closed = True
        self.drop_output()
        _shut(self._line)
        _unlock(self._lock)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            raise PortLost(self._url, str(error)) from error


def open_port(url: str, *, locks: Path | None = None) -> Port | DialInPort:
    """Open a port by its name or URL, for us alone; raises PortMissing, MachineDidNotCall.

    ``/dev/ttyUSB0``, ``COM4``, ``socket://host:port`` and all else that pyserial opens; a speed
    other than 115200 baud is ``?baud=19200`` at the end. ``?reset=off`` is for boards that
    take the opening of their port for a reset. ``locks`` is where the lock files of this computer
    lie; left out, all programs and users of this computer share them. ``listen://`` waits for a
    machine that dials us, see ``dial_in``.
    """
    if url.startswith(SCHEME):
        return open_dial_in(url)
    option = _OPTIONS.fullmatch(url)
    place, baud = (option["url"], int(option["baud"] or BAUD)) if option else (url, BAUD)
    try:
        line = _unopened(place, baud)
        lock = _locked(url, str(line.port), locks or Path(tempfile.gettempdir()))
    except _UNOPENABLE as error:
        raise PortMissing(url, str(error)) from error
    try:
        if option and option["reset"]:
            _open_quietly(line)
        else:
            line.open()
    except _UNOPENABLE as error:
        _unlock(lock)
        raise PortMissing(url, str(error)) from error
    return Port(url, line, lock)


def _unopened(place: str, baud: int) -> serial.Serial:
    return serial.serial_for_url(
        place,
        do_not_open=True,
        baudrate=baud,
        timeout=TICK,
        write_timeout=WRITE_LIMIT,
        xonxoff=False,  # a counted frame may hold the bytes 11h and 13h
        exclusive=True,
    )


if sys.platform == "win32":

    def _open_quietly(line: serial.Serial) -> None:
        """Open the port with its DTR line low: boards reset when that is raised."""
        line.dtr = False
        line.open()

else:

    def _open_quietly(line: serial.Serial) -> None:
        """Open the port and let its DTR line stay as it is when it is closed.

        The system raises it at every opening whatever we ask for, and a board resets when it was
        low; so after the first opening it is never let go again.
        """
        line.open()
        with suppress(*_BROKEN):
            settings = termios.tcgetattr(line.fileno())
            settings[2] &= ~termios.HUPCL
            termios.tcsetattr(line.fileno(), termios.TCSANOW, settings)


def _shut(line: serial.Serial) -> None:
    socket = getattr(line, "_socket", None)
    if socket is not None:
        # pyserial forgets to close a socket whose other end has gone, and sleeps after closing one.
        with suppress(OSError):
            socket.shutdown(SHUT_RDWR)
        socket.close()
        line.is_open = False
    with suppress(*_BROKEN):
        line.close()


def _locked(url: str, device: str, folder: Path) -> int | None:
    """Take the lock of the device, by its real name; raises PortMissing when it is taken."""
    if device.startswith(_UNSHARED):
        return None
    name = device.lower() if "://" in device else os.path.realpath(device)
    file = folder / f"stockpile-port-{hashlib.sha256(name.encode()).hexdigest()[:16]}.lock"
    folder.mkdir(parents=True, exist_ok=True)
    lock = _opened(file)
    try:
        _claim(lock)
    except OSError as error:
        os.close(lock)
        raise PortMissing(url, str(error)) from error
    return lock


def _opened(file: Path) -> int:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
    try:
        # Another user's file may be locked but, in a shared folder, not be asked to be created.
        return os.open(file, flags)
    except FileNotFoundError:
        return os.open(file, flags | os.O_CREAT, 0o644)


if sys.platform == "win32":

    def _claim(lock: int) -> None:
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)

else:

    def _claim(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
