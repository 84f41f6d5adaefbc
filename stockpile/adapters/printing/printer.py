"""One label printer on an open link: read back before, sent once, watched until it came out.

What a label came to is what the printer tells. A label that was sent and of which nothing more is
heard is doubtful: it may lie in the printer, and whoever stands there sees it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stockpile.adapters.printing.canvas import demand_read
from stockpile.adapters.printing.link import Link, sent
from stockpile.adapters.printing.placing import Face, Rasteriser, placed
from stockpile.adapters.printing.tongue import Reader, Told, Tongue
from stockpile.domain.errors import PortLost, PrinterSilent, PrinterStopped
from stockpile.domain.facts import LabelLayoutSet
from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit
from stockpile.services.ports import Label, LabelOutcome, PrinterStanding, PrinterState

log = logging.getLogger(__name__)

_LONGEST_ANSWER: Final = 4096
_TRIES: Final = 2
_IDLE_TWICE: Final = 2
"""How often a printer must say that nothing is in hand: once may be before it has read it all."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long to wait, in seconds."""

    answer: float = 1.0
    """For one answer; a 9600 baud line needs a tenth for the longest."""
    label: float = 30.0
    """For a label to come out; a wide one with a cut takes five."""
    start: float = 3.0
    """For a printer to begin that is only known to have printed because it was seen to."""
    poll: float = 0.03
    """Between two questions while it prints."""


class WiredPrinter:
    """A label printer on an open link; one thread at a time."""

    def __init__(
        self,
        printer: LabelPrinter,
        link: Link,
        tongue: Tongue,
        reader: Callable[[Face], Reader],
        line: Rasteriser,
        times: Times,
    ) -> None:
        self._printer, self._link, self._tongue = printer, link, tongue
        self._reader, self._line, self._times = reader, line, times

    def state(self) -> PrinterState:
        """Ask the printer how it is; silence is an answer. Raises PortLost."""
        if self._printer.mute:
            return PrinterState("mute")
        told = self._asked(_TRIES)
        if told is None:
            return PrinterState("silent")
        return PrinterState(_standing(told), told.troubles, self._name())

    def print(
        self,
        label: Label,
        layout: LabelLayoutSet,
        *,
        logo: bytes = b"",
        fit: PrinterFit = STRAIGHT,
    ) -> LabelOutcome:
        """Read the label as the printer will, send it once, and wait for what becomes of it.

        Raises PrinterStopped, PrinterSilent and PortLost before anything was sent, LabelMisread,
        LabelUnprintable, LabelElementMisfit.
        """
        dots = self._printer.dots_per_inch
        face = placed(label, layout, dots, self._line, logo=logo, fit=fit)
        frame = self._tongue.frame(face)
        heard = self._reader(face).feed(frame)
        demand_read(face, [one.label for one in heard if one.label is not None])
        if not self._printer.mute:
            self._demand_ready()
        return self._sent(frame)

    def forget(self) -> None:
        """Have the printer drop what it has not printed yet; raises PortLost."""
        self._link.send(self._tongue.cancel)

    def close(self) -> None:
        """Let go of the port."""
        self._link.close()

    # --- asking -----------------------------------------------------------------------------

    def _demand_ready(self) -> None:
        told = self._asked(_TRIES)
        if told is None:
            raise PrinterSilent(self._printer.name)
        if told.troubles:
            raise PrinterStopped(self._printer.name, told.troubles[0])

    def _asked(self, tries: int) -> Told | None:
        """Ask how the printer is, so often; None when nothing that can be understood comes."""
        for _attempt in range(tries):
            for question in self._tongue.questions:
                told = self._answered(question)
                if told is not None:
                    return told
        return None

    def _answered(self, question: bytes) -> Told | None:
        # An answer that comes late must not be taken for the next one's.
        arrived = b""
        token = self._late_token()
        self._link.send(question)
        deadline = time.monotonic() + self._times.answer
        while (left := deadline - time.monotonic()) > 0 and len(arrived) < _LONGEST_ANSWER:
            arrived += self._link.receive(left)
            told = self._tongue.told(arrived)
            if told is not None:
                return Told(told.troubles, told.busy, told.token or token)
        if arrived:
            log.info("%s: %d bytes not understood", self._printer.name, len(arrived))
        return Told(token=True) if token else None

    def _late_token(self) -> bool:
        """Read away what came unasked; say whether it was the answer behind the label."""
        came = self._link.receive(0.0)
        told = self._tongue.told(came) if came else None
        return told is not None and told.token

    def _name(self) -> str:
        if not self._tongue.name_question:
            return ""
        self._link.send(self._tongue.name_question)
        arrived, deadline = b"", time.monotonic() + self._times.answer
        while (left := deadline - time.monotonic()) > 0 and len(arrived) < _LONGEST_ANSWER:
            arrived += self._link.receive(left)
            if said := self._tongue.named(arrived):
                return said
        return ""

    # --- a label ----------------------------------------------------------------------------

    def _sent(self, frame: bytes) -> LabelOutcome:
        try:
            sent(self._link, frame)
            return self._watched() if not self._printer.mute else LabelOutcome("untold")
        except PortLost as error:
            log.info("%s was lost with a label in it: %s", self._printer.name, error.why)
            return LabelOutcome("doubtful", PrinterState("silent"))

    def _watched(self) -> LabelOutcome:
        """Ask until the label is out, the printer stands, or it has gone quiet."""
        seen = _Seen()
        now = time.monotonic()
        deadline, begun_by = now + self._times.label, now + self._times.start
        while time.monotonic() < deadline:
            told = self._asked(_TRIES)
            if told is None:
                return LabelOutcome("doubtful", PrinterState("silent"))
            seen.hear(told)
            if seen.proves(self._tongue.proof):
                return LabelOutcome("printed", PrinterState("ready"))
            if told.troubles:
                return LabelOutcome("doubtful", PrinterState("stopped", told.troubles))
            if self._tongue.proof == "worked" and not seen.worked and time.monotonic() > begun_by:
                return LabelOutcome("doubtful", PrinterState("ready"))
            time.sleep(self._times.poll)
        return LabelOutcome("doubtful", PrinterState("busy"))


class _Seen:
    """What a printer was heard to do since a label was sent."""

    def __init__(self) -> None:
        self.worked = False
        self._idle = 0
        self._token = False

    def hear(self, told: Told) -> None:
        """Remember an answer."""
        is_idle = not told.busy and not told.troubles
        self.worked = self.worked or told.busy
        self._token = self._token or told.token
        self._idle = self._idle + 1 if is_idle else 0

    def proves(self, proof: str) -> bool:
        """Say whether the label is out, by what this language can prove."""
        match proof:
            case "token":
                return self._token
            case "worked":
                return self.worked and self._idle > 0
            case _:
                return self._idle >= _IDLE_TWICE


def _standing(told: Told) -> PrinterStanding:
    if told.troubles:
        return "stopped"
    return "busy" if told.busy else "ready"
