"""The face of a simulated machine that takes its text as from a scanner, and says nothing.

It is of the most dangerous kind: it begins by itself as soon as it has a text, keeps the text, and
marks it again at every start, as the I-Mark is said to. The pedal is the control order ``pedal``.
An empty line blanks the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stockpile.adapters.marking.simulators.face import Beginning, Face
from stockpile.adapters.marking.simulators.faults import FaultPlan
from stockpile.adapters.marking.simulators.machine import Machine, Phase

LONGEST: Final = 80
_BEFORE: Final = b":\x02"
_ENDS: Final = (b"\r\n", b"\r", b"\n", b"\x03", b"\t")


def lines(arrived: bytearray) -> Iterator[str]:
    """Take the complete lines out of the bytes, without what is before and behind the text.

    A CR LF that arrives in two pieces ends one line and then an empty one; see ``hear``.
    """
    while found := [(at, -len(end)) for end in _ENDS if (at := arrived.find(end)) >= 0]:
        at, size = min(found)
        yield bytes(arrived[:at]).lstrip(_BEFORE).decode("latin-1")
        del arrived[: at - size]


class ScannerStringFace(Face):
    """A machine at the end of a one-way line."""

    def __init__(self, machine: Machine, plan: FaultPlan) -> None:
        super().__init__(machine, plan)
        self._ended_by_return = False

    def hear(self, arrived: bytearray, now: float) -> None:
        """Take every complete line: a text begins a mark, an empty one blanks the text."""
        if self._ended_by_return and arrived.startswith(b"\n"):
            del arrived[:1]
        if arrived:
            self._ended_by_return = arrived.endswith(b"\r")
        for line in lines(arrived):
            self._take(line, now)

    def _take(self, line: str, now: float) -> None:
        if len(line) > LONGEST or self.machine.phase is not Phase.READY:
            return
        if not line.strip():
            self.machine.texts = {}
            return
        self.machine.new_job()
        self.machine.texts[0] = self.taken(line)
        self.start(now, _nothing)


def _nothing(_beginning: Beginning) -> bytes:
    return b""
