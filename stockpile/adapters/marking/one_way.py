"""A link to a machine whose answers mean nothing to us: what arrives is read and thrown away.

Nothing is concluded from an answer nor from silence, so every order goes out once and its driver
says what little is known when the port is still there afterwards.
"""

from __future__ import annotations

import time

from stockpile.adapters.marking.link import Link, Order, Outlet
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import PortLost
from stockpile.services.ports import StartResult


class OneWay:
    """One machine's link, outwards."""

    def __init__(self, link: Link, times: Times) -> None:
        self.outlet = Outlet(link)
        self._link = link
        self._times = times

    def tell(self, order: Order) -> None:
        """Send an order that may be repeated, and let the machine take it; raises PortLost."""
        if not self.outlet.send(order):
            raise AssertionError(order.word)
        self.drain()

    def start(self, order: Order) -> StartResult:
        """Send the one START; never raises.

        ACCEPTED says only that its bytes went out and that the port was there a moment later;
        REFUSED that nothing was sent.
        """
        try:
            if not self.outlet.send(order):
                return StartResult.REFUSED
            self.drain()
        except PortLost:
            return StartResult.UNCERTAIN
        return StartResult.ACCEPTED

    def drain(self) -> None:
        """Throw away what arrives until nothing does for a moment; raises PortLost.

        A port that was pulled shows it here and not before.
        """
        deadline = time.monotonic() + self._times.answer
        while self._link.receive(self._times.pause) and time.monotonic() < deadline:
            pass

    def close(self) -> None:
        """Let go of the link; an unused START goes with it."""
        self.outlet.unarm()
        self._link.close()
