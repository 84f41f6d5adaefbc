"""The driver of Couth MC2000 machines, in trial: nobody here has heard one answer.

Frames go out as the public driver sends them; what comes back is thrown away, as there, because its
meaning was not found. So this driver can say that the bytes of a START went out and that the port
was there a moment later, and nothing else: not that the machine took it, nor that a mark was made.
Every mark is read back.
"""

from __future__ import annotations

from typing import Final

from stockpile.adapters.marking import address
from stockpile.adapters.marking.couth import words
from stockpile.adapters.marking.link import Link, OpenLink
from stockpile.adapters.marking.one_way import OneWay
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import PortLost
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
    Work,
)

BAUD: Final = 9600
"""As the public driver sets it: 8N1, no flow control."""

CAPABILITIES: Final = Capabilities(
    evidence=0,
    can_read_back=False,
    can_abort=False,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="none",
    repeatable=words.REPEATABLE,
    beta=True,
)


class CouthMarker:
    """A Couth machine on an open link; one thread at a time, except for ``abort``."""

    def __init__(self, machine: MachineSet, link: Link, times: Times | None = None) -> None:
        self._machine = machine
        self._line = OneWay(link, times or Times())
        self._prepared = False
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes of START."""
        return words.order(words.START).frame

    def identity(self) -> str:
        """Return nothing: no question for it is known."""
        return ""

    def fingerprint(self) -> str:
        """Return nothing: the file is written anew for every mark."""
        return ""

    def status(self) -> MachineState:
        """Put the status question and return READY when the port is there; raises PortLost.

        The answer is thrown away: what its bytes mean was not found.
        """
        self._line.tell(words.order(words.STATUS))
        return MachineState.READY

    def prepare(self, work: Work) -> None:
        """Write a new file with the text; no motion.

        Whether the machine took it cannot be told. Raises MarkNotPossible, PortLost.
        """
        self._line.outlet.unarm()
        self._prepared, self._started = False, None
        for order in tuple(words.orders(words.layout(self._machine.layout), work.text)):
            self._line.tell(order)
        self._prepared = True
        self._line.outlet.arm()

    def start(self) -> StartResult:
        """Put exactly one START on the wire, ever, for what was prepared; never raises.

        ACCEPTED says that the bytes went out and the port is alive: more nobody can say. REFUSED
        says that nothing was sent.
        """
        if self._started is None:
            self._started = self._start() if self._prepared else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:  # noqa: ARG002 - a port's method
        """Return UNTOLD at once when START went out: no end is ever told."""
        sent = self._started is StartResult.ACCEPTED
        return EndResult.UNTOLD if sent else EndResult.SILENT

    def evidence(self) -> Evidence:
        """Return that the port is there and the text not known; raises PortLost."""
        return Evidence(self.status(), None)

    def disarm(self) -> None:
        """Clear the file, so that a pedal marks no old text; raises PortLost.

        Nothing is sent after a START on this link, because the mark may still be under way; the
        file is cleared on the next link, when the mark has been read.
        """
        self._line.outlet.unarm()
        if self._started in {None, StartResult.REFUSED}:
            self._line.tell(words.order(words.CLEAR))

    def abort(self) -> None:
        """Send the cancel order; no START can follow. Raises PortLost.

        That it stops a mark under way was not tried by anybody: use the stop button as well.
        """
        self._line.outlet.send_last(words.order(words.CANCEL))

    def close(self) -> None:
        """Let go of the port; an unused START goes with it."""
        self._line.close()

    def _start(self) -> StartResult:
        try:
            self._line.drain()
        except PortLost:
            return StartResult.REFUSED
        return self._line.start(words.order(words.START))


def open_couth(machine: MachineSet, open_link: OpenLink, times: Times | None = None) -> CouthMarker:
    """Open a Couth machine, at 9600 baud unless the address tells another speed.

    Raises PortMissing.
    """
    return CouthMarker(machine, open_link(address.at_speed(machine.url, BAUD)), times)
