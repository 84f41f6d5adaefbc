"""The driver of machines that take a text and answer nothing: the person presses start.

Where a machine is set to begin as soon as it has a text, the text itself is the START. So it goes
out once, after the journal has said so, and never again. What came of it only the read-back tells.
"""

from __future__ import annotations

from typing import Final

from stockpile.adapters.marking import address
from stockpile.adapters.marking.link import Link, OpenLink, Order
from stockpile.adapters.marking.one_way import OneWay
from stockpile.adapters.marking.scanner_string import words
from stockpile.adapters.marking.scanner_string.words import Wrapping
from stockpile.adapters.marking.talk import Times
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
"""The speed of the I-Mark (vendor's help), taken where the address names none."""

CAPABILITIES: Final = Capabilities(
    evidence=0,
    can_read_back=False,
    can_abort=False,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="none",
    repeatable=words.REPEATABLE,
)


class ScannerStringMarker:
    """A machine at the far end of a one-way line; one thread at a time, except for ``abort``."""

    def __init__(self, link: Link, wrapping: Wrapping, times: Times | None = None) -> None:
        self._line = OneWay(link, times or Times())
        self._wrapping = wrapping
        self._text: Order | None = None
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The bytes of the prepared text, which may start the machine; nothing before that."""
        return self._text.frame if self._text is not None else b""

    def identity(self) -> str:
        """Return nothing: the machine says nothing."""
        return ""

    def fingerprint(self) -> str:
        """Return nothing: the machine says nothing."""
        return ""

    def status(self) -> MachineState:
        """Return READY when the port is there, more is not known; raises PortLost."""
        self._line.drain()
        return MachineState.READY

    def prepare(self, work: Work) -> None:
        """Check the text and the port; no byte is sent, because a text may start the machine.

        Raises MarkNotPossible, PortLost.
        """
        self._line.outlet.unarm()
        self._text, self._started = None, None
        text = self._wrapping.text(work.text)
        self._line.drain()
        self._text = text
        self._line.outlet.arm()

    def start(self) -> StartResult:
        """Send the text exactly once, ever, for what was prepared; never raises.

        ACCEPTED says that the text went out; the person starts the machine, or it starts itself.
        """
        if self._started is None:
            armed = self._text
            self._started = self._line.start(armed) if armed else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:  # noqa: ARG002 - a port's method
        """Return UNTOLD at once when the text went out: no end is ever told."""
        sent = self._started is StartResult.ACCEPTED
        return EndResult.UNTOLD if sent else EndResult.SILENT

    def evidence(self) -> Evidence:
        """Return that the port is there and the text not known; raises PortLost."""
        return Evidence(self.status(), None)

    def disarm(self) -> None:
        """Send an empty text, so that a start cannot mark the old one again; raises PortLost.

        Nothing is sent after a START on this link: the person may not have pressed start yet, and
        would mark nothing. The text is blanked on the next link, when the mark has been read.
        Whether the machine takes an empty text is for commissioning to find out; the address says
        ``blank=never`` where that does harm.
        """
        self._line.outlet.unarm()
        blanking = self._wrapping.blanking()
        if blanking is not None and self._started in {None, StartResult.REFUSED}:
            self._line.tell(blanking)

    def abort(self) -> None:
        """Keep an unsent text back; what runs is stopped at the machine."""
        self._line.outlet.unarm()

    def close(self) -> None:
        """Let go of the port."""
        self._line.close()


def open_scanner_string(
    machine: MachineSet, open_link: OpenLink, times: Times | None = None
) -> ScannerStringMarker:
    """Open a one-way line; ``?start=:&end=crlf`` behind the address says what is about a text.

    Raises PortMissing, and FieldUnreadable for options that no machine can take.
    """
    url, options = address.split(machine.url, words.OPTIONS)
    wrapping = words.wrapping(options)
    return ScannerStringMarker(open_link(address.at_speed(url, BAUD)), wrapping, times)
