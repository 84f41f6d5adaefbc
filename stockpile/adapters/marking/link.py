"""The byte link that a marking driver needs, and the guard that lets a START out only once.

The front door hands in a function that opens links, so this room knows no serial library.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from stockpile.domain.errors import PortLost


class Link(Protocol):
    """Bytes to and from one machine."""

    @property
    def url(self) -> str:
        """Where the link leads."""
        ...

    def send(self, frame: bytes) -> None:
        """Send a frame; after PortLost it may have been sent all the same."""
        ...

    def receive(self, seconds: float) -> bytes:
        """Return what arrives, waiting at most so long for the first byte; raises PortLost."""
        ...

    def drop_output(self) -> None:
        """Throw away what the system still holds back, so that it cannot go out late."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


OpenLink = Callable[[str], Link]


@dataclass(frozen=True, slots=True)
class Order:
    """A frame for the wire, whether the machine may get it twice without harm, and its word.

    The word is what an answer is matched by.
    """

    frame: bytes
    repeatable: bool
    word: str = ""


class Outlet:
    """The only way out to the machine: what must not be repeated needs a shot, and a shot is one.

    A machine that is driven line by line gets as many shots as its program has lines, once. Any
    thread may send: each frame goes out whole.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._turn = threading.Lock()
        self._shots = 0

    @property
    def armed(self) -> bool:
        """Whether an order that may not be repeated would go out now."""
        return self._shots > 0

    def arm(self, shots: int = 1) -> None:
        """Allow so many orders that may not be repeated; they are all there is for this job."""
        with self._turn:
            self._shots = shots

    def unarm(self) -> None:
        """Take the shot back when it is still there."""
        with self._turn:
            self._shots = 0

    def send(self, order: Order) -> bool:
        """Send the order, or return False when it would be one START too many.

        Raises PortLost; every shot is spent then, because the frame may have been sent.
        """
        with self._turn:
            if not order.repeatable:
                if not self._shots:
                    return False
                self._shots -= 1
            try:
                self._link.send(order.frame)
            except PortLost:
                self._shots = 0
                raise
        return True

    def send_last(self, order: Order) -> None:
        """Send the order and let no START follow it; raises PortLost."""
        with self._turn:
            self._shots = 0
            self._link.send(order.frame)
