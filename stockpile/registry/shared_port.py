"""One port that several processes listen on, and who of them takes a line that comes.

All of them are woken, and whoever is quickest has it: while nobody works that is the same process
again and again, and it keeps its lines while the others stand idle. Here who holds more lines lets
who holds fewer go first, by a moment for each: so two lines of one node reach two processes. Where
lines come one upon the other nobody is polite: moments would add up, and the system shares by load.
"""

from __future__ import annotations

import socket
import sys
import time
from multiprocessing import reduction
from typing import Any, Final
from weakref import WeakSet

_MOMENT: Final = 0.002
"""Seconds for each line that is held; this process does nothing else meanwhile."""
_MOST_MOMENTS: Final = 3
_ONCE_IN: Final = 0.05
"""Seconds: so often at most is anybody let go first."""


class SharedPort(socket.socket):
    """A listening socket that travels to each process of those who share it."""

    def __init__(self, family: int, kind: int, protocol: int, fileno: int) -> None:
        super().__init__(family, kind, protocol, fileno)
        self._lines: WeakSet[socket.socket] = WeakSet()
        self._tried = -_ONCE_IN

    @property
    def held(self) -> int:
        """How many lines this process holds."""
        return sum(one.fileno() >= 0 for one in self._lines)

    def accept(self) -> tuple[socket.socket, Any]:
        """Take the line that waits; raises as a socket does where another process was quicker."""
        if time.monotonic() - self._tried > _ONCE_IN:
            time.sleep(_MOMENT * min(self.held, _MOST_MOMENTS))
        self._tried = time.monotonic()
        line, address = super().accept()
        self._lines.add(line)
        return line, address

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Travel as any socket does to a process that is being started."""
        if sys.platform == "win32":
            return super().__reduce__()  # where no port is one of these
        else:  # noqa: RET505 - what Windows lacks is named in a branch that it never has
            sent = reduction.DupFd(self.fileno())
            return _arrived, (sent, self.family, self.type, self.proto)


def shared_fairly(port: socket.socket) -> socket.socket:
    """Return the listening socket as one that is shared so; on Windows as it is."""
    if not hasattr(reduction, "DupFd"):
        return port
    return SharedPort(port.family, port.type, port.proto, port.detach())


def _arrived(sent: Any, family: int, kind: int, protocol: int) -> SharedPort:  # noqa: ANN401 - multiprocessing's own
    return SharedPort(family, kind, protocol, sent.detach())
