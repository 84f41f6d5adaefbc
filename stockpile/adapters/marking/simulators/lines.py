"""The wires of a simulator: a pseudo-terminal under a fixed name, a TCP port, or a call over TCP.

All can be cut. Whatever the other end does not take is dropped, as on a real wire.
"""

from __future__ import annotations

import os
import select
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from stockpile.domain.errors import PortMissing

if sys.platform != "win32":
    import tty

REDIAL_SECONDS = 0.1
"""How soon a machine dials again that nobody answered."""
_CHUNK = 4096
_LAST_PORT = 65535


class Line(Protocol):
    """One wire to a host."""

    @property
    def url(self) -> str:
        """How a host reaches the machine."""
        ...

    def receive(self, seconds: float) -> bytes:
        """Return what the host sent, waiting at most so long."""
        ...

    def send(self, said: bytes) -> None:
        """Send to the host, if one is there."""
        ...

    def cut(self) -> None:
        """Pull the cable."""
        ...

    def plug(self) -> None:
        """Put the cable back."""
        ...

    def close(self) -> None:
        """Take the wire away."""
        ...


class _Wired:
    """The cable of a machine on TCP: one host at a time, until it hangs up or the cable is out."""

    def __init__(self) -> None:
        self._host: socket.socket | None = None
        self._plugged = True

    def send(self, said: bytes) -> None:
        """Send to the host, if one is there."""
        if self._host is not None:
            with suppress(OSError):
                self._host.send(said)

    def cut(self) -> None:
        """Pull the cable: the host sees the connection end."""
        self._plugged = False
        self._hang_up()

    def plug(self) -> None:
        """Put the cable back."""
        self._plugged = True

    def _read(self, host: socket.socket) -> bytes:
        try:
            arrived = host.recv(_CHUNK)
        except OSError:
            arrived = b""
        if not arrived:
            self._hang_up()
        return arrived

    def _hang_up(self) -> None:
        if self._host is not None:
            self._host.close()
            self._host = None


class TcpLine(_Wired):
    """A TCP port of this computer; one host at a time, as the machine has one cable."""

    def __init__(self, port: int) -> None:
        super().__init__()
        if not 0 <= port <= _LAST_PORT:
            raise PortMissing(f"tcp:{port}", "port")
        try:
            self._door = socket.create_server(("127.0.0.1", port))
        except OSError as error:
            raise PortMissing(f"tcp:{port}", str(error)) from error
        self._door.settimeout(0)

    @property
    def url(self) -> str:
        """How a host reaches the machine."""
        return f"socket://127.0.0.1:{self._door.getsockname()[1]}"

    def receive(self, seconds: float) -> bytes:
        """Return what the host sent, waiting at most so long; let a host in when none is."""
        waiting = self._host or self._door
        ready = select.select([waiting] if self._plugged else [], [], [], seconds)[0]
        if not ready:
            return b""
        if self._host is None:
            self._let_in()
            return b""
        return self._read(self._host)

    def close(self) -> None:
        """Take the wire away."""
        self._hang_up()
        self._door.close()

    def _let_in(self) -> None:
        with suppress(BlockingIOError):
            self._host = self._door.accept()[0]
            self._host.settimeout(0)


class DialLine(_Wired):
    """A machine that dials its host over TCP and, hung up on, dials again."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self._place = (host, port)
        self._next_dial = 0.0
        if not 0 < port <= _LAST_PORT:
            raise PortMissing(f"dial:{host}:{port}", "port")

    @property
    def url(self) -> str:
        """How a host reaches the machine: by listening."""
        host, port = self._place
        return f"listen://{host}:{port}"

    def receive(self, seconds: float) -> bytes:
        """Return what the host sent, waiting at most so long; dial when there is no line."""
        if self._host is None:
            self._dial()
            time.sleep(seconds)
            return b""
        if not select.select([self._host], [], [], seconds)[0]:
            return b""
        return self._read(self._host)

    def close(self) -> None:
        """Take the wire away."""
        self.cut()

    def _dial(self) -> None:
        if not self._plugged or time.monotonic() < self._next_dial:
            return
        self._next_dial = time.monotonic() + REDIAL_SECONDS
        with suppress(OSError):
            self._host = socket.create_connection(self._place, REDIAL_SECONDS)
            self._host.settimeout(0)


if sys.platform != "win32":

    class PtyLine:
        """A pseudo-terminal under a name that stays the same when the cable is put back."""

        def __init__(self, link: Path) -> None:
            self._link = link
            self._ours = -1
            self._theirs = -1
            if link.exists() and not link.is_symlink():
                raise PortMissing(str(link), "exists")
            self.plug()

        @property
        def url(self) -> str:
            """How a host reaches the machine."""
            return str(self._link)

        def receive(self, seconds: float) -> bytes:
            """Return what the host sent, waiting at most so long."""
            ready = select.select([self._ours] if self._ours >= 0 else [], [], [], seconds)[0]
            return os.read(self._ours, _CHUNK) if ready else b""

        def send(self, said: bytes) -> None:
            """Send to the host; what nobody reads is dropped when the buffer is full."""
            if self._ours >= 0:
                with suppress(BlockingIOError):
                    os.write(self._ours, said)

        def cut(self) -> None:
            """Pull the cable: the host's port is gone, as a pulled USB adapter is."""
            if self._ours < 0:
                return
            self._link.unlink(missing_ok=True)
            os.close(self._theirs)
            os.close(self._ours)
            self._ours = self._theirs = -1

        def plug(self) -> None:
            """Put the cable back: a new terminal under the old name."""
            if self._ours >= 0:
                return
            try:
                self._ours, self._theirs = os.openpty()
            except OSError as error:
                raise PortMissing(str(self._link), str(error)) from error
            # Before anything is said: a cooked terminal would echo our words back as the host's.
            tty.setraw(self._theirs)
            os.set_blocking(self._ours, False)
            try:
                self._link.unlink(missing_ok=True)
                self._link.symlink_to(os.ttyname(self._theirs))
            except OSError as error:
                self.cut()
                raise PortMissing(str(self._link), str(error)) from error

        def close(self) -> None:
            """Take the wire away, and its name."""
            self.cut()

    def open_pty(link: Path) -> Line:
        """Open a pseudo-terminal under this name; raises PortMissing."""
        return PtyLine(link)

    def has_ptys() -> bool:
        """Say whether this computer gives pseudo-terminals: bare roots do not."""
        try:
            for end in os.openpty():
                os.close(end)
        except OSError:
            return False
        return True

else:

    def open_pty(link: Path) -> Line:
        """Raise PortMissing: Windows has no pseudo-terminals."""
        raise PortMissing(str(link), "windows")

    def has_ptys() -> bool:
        """Say no: Windows has no pseudo-terminals."""
        return False
