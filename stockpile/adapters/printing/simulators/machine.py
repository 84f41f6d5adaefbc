"""The insides of a simulated printer: what waits, what prints, what came out, and why it stands."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stockpile.adapters.printing.canvas import Canvas
from stockpile.adapters.printing.simulators.faults import STOPS, Fault, parse
from stockpile.services.ports import PrinterTrouble

SECONDS: Final = 0.4
"""How long a label takes to print, at usual speed."""

_TROUBLES: Final[dict[str, PrinterTrouble]] = {
    "paper-out": "paper_out", "ribbon-out": "ribbon_out", "head-open": "head_open", "jam": "jam",
    "pause": "paused",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """A label that came out: the how manieth, what is on it, and whether it is whole."""

    number: int
    label: Canvas
    whole: bool


class PrinterMachine:
    """One printer. ``out`` is told every label that came out."""

    def __init__(self, out: Callable[[Printed], None], fault: str = "", speed: float = 1.0) -> None:
        self._out = out
        self._faults = parse(fault)
        self._seconds = SECONDS / speed
        self._line: deque[Canvas | Callable[[], None]] = deque()
        self._ends: float | None = None
        self._done: set[tuple[str, int]] = set()
        self.begun = 0
        self.stopped: Fault | None = None

    @property
    def trouble(self) -> PrinterTrouble | None:
        """Why the printer stands, if it does."""
        return _TROUBLES[self.stopped.kind] if self.stopped else None

    @property
    def waiting(self) -> int:
        """How many labels are in hand, the one that prints with them."""
        return sum(isinstance(one, Canvas) for one in self._line)

    @property
    def is_printing(self) -> bool:
        """Say whether a label is on its way out."""
        return self._ends is not None

    def take(self, label: Canvas) -> None:
        """Take a label into the line."""
        self._line.append(label)

    def in_turn(self, act: Callable[[], None]) -> None:
        """Do something when everything before it in the line has come out."""
        self._line.append(act)

    def cancel(self) -> None:
        """Drop all that waits."""
        self._line.clear()
        self._ends = None

    def mend(self) -> None:
        """Do what the printer waits for: load it, close it, pull the jammed label out."""
        if self.stopped is not None and self.stopped.kind == "jam" and self._line:
            self._line.popleft()
        self.stopped = None

    def plan(self, fault: str) -> None:
        """Have other things go wrong from now on; raises FieldUnreadable."""
        self._faults = parse(fault)
        self._done.clear()

    def due(self, kind: str, label: int = 0) -> Fault | None:
        """Return the fault of this kind that is due at a label, the one in hand for 0."""
        wanted = label or max(1, self.begun)
        return next((f for f in self._faults if f.kind == kind and f.label in {0, wanted}), None)

    def advance(self, now: float) -> None:
        """Let time pass: begin a label, end one, stop."""
        while self._line and self.stopped is None:
            head = self._line[0]
            if not isinstance(head, Canvas):
                self._line.popleft()
                head()
            elif self._ends is None:
                self._begin(now)
            elif now >= self._ends:
                self._end(head)
            else:
                return

    def _begin(self, now: float) -> None:
        stop = next(filter(None, map(self._stop_due, STOPS)), None)
        if stop is not None and stop.kind != "jam":
            # It stands before the label; the same label comes out when it is mended.
            self.stopped = stop
            return
        self.begun += 1
        self._ends = now + self._seconds

    def _stop_due(self, kind: str) -> Fault | None:
        fault = self.due(kind, self.begun + 1)
        if fault is None or (fault.label and (kind, fault.label) in self._done):
            return None
        if kind != "jam":
            self._done.add((kind, fault.label))
        return fault

    def _end(self, label: Canvas) -> None:
        self._ends = None
        if (jam := self.due("jam")) is not None:
            label.spoil()
            self._out(Printed(self.begun, label, whole=False))
            self.stopped = jam
            return
        self._line.popleft()
        self._out(Printed(self.begun, label, whole=True))
