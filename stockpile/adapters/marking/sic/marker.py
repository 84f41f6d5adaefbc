"""The driver of SIC machines over the text protocol: prepare, one RUN, and no word of the end.

``RUN OK`` may come when the mark begins or when it is made; the manual's page on it was not to be
had. So it is taken to say that RUN was taken, and never that a mark is done: each one is read back.
"""

from __future__ import annotations

import time
from typing import Final

from stockpile.adapters.marking.link import Link, OpenLink
from stockpile.adapters.marking.sic import words
from stockpile.adapters.marking.sic.words import Layout, Reply, SicTongue
from stockpile.adapters.marking.talk import Talk, Times
from stockpile.domain.errors import MachineRefused, PortLost, Unavailable
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
    Work,
)

DEFAULT_LAYOUT: Final = "STOCKPILE"
"""The marking file whose one variable is MARK."""

TIMES: Final = Times(start=30.0)
"""RUN may be answered only when the mark is made: it is waited for as long as a long mark takes."""

CAPABILITIES: Final = Capabilities(
    evidence=1,
    can_read_back=False,
    can_abort=False,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="none",
    repeatable=words.REPEATABLE,
)


class SicMarker:
    """A SIC machine on an open link; one thread at a time, except for ``abort``."""

    def __init__(self, machine: MachineSet, link: Link, times: Times | None = None) -> None:
        self._machine = machine
        self.talk = Talk[Reply](machine.name, link, SicTongue(), times or TIMES)
        self._prepared = False
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes of RUN."""
        return words.order(words.START).frame

    def identity(self) -> str:
        """Return nothing: no command asks for it. Raises MachineSilent, PortLost."""
        self.status()
        return ""

    def fingerprint(self) -> str:
        """Return nothing: no command of the text protocol reads a file back."""
        return ""

    def status(self) -> MachineState:
        """Return READY when somebody answers; more is not told. Raises MachineSilent, PortLost."""
        self.talk.ask(words.order(words.PROBE))
        return MachineState.READY

    def prepare(self, work: Work) -> None:
        """Load the file and set its variables; no motion, and no error is cleared.

        That the machine holds the very text cannot be asked. Raises MarkNotPossible,
        MachineRefused, MachineSilent, PortLost.
        """
        self.talk.outlet.unarm()
        self._prepared, self._started = False, None
        layout = self._layout()
        parts = layout.parts(work.text)
        self.talk.clear()
        self._tell(f"LOADFILE {layout.file}")
        for variable, part in zip(layout.variables, parts, strict=True):
            self._tell(f"SETVAR {variable} {part}")
        self._prepared = True
        self.talk.outlet.arm()

    def start(self) -> StartResult:
        """Put exactly one RUN on the wire, ever, for what was prepared; never raises.

        UNCERTAIN when no answer comes in time: it may come at the end of the mark, see ``watch``.
        """
        if self._started is None:
            self._started = self._start() if self._still_there() else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:
        """Return UNTOLD when RUN was taken, which is all that is ever told; never raises.

        A RUN without an answer is waited for, at most so long; SILENT when none comes.
        """
        if self._started is StartResult.ACCEPTED:
            return EndResult.UNTOLD
        if self._started is not StartResult.UNCERTAIN:
            return EndResult.SILENT
        try:
            return EndResult.UNTOLD if self._taken_late(seconds) else EndResult.SILENT
        except PortLost:
            return EndResult.LINK_LOST

    def evidence(self) -> Evidence:
        """Return that somebody answers and the text is not known; raises as ``status``."""
        return Evidence(self.status(), None)

    def disarm(self) -> None:
        """Load the file anew and put a dash for each part, so that a pedal marks no old text.

        Nothing is sent after a RUN on this link, because the mark may still be under way; the text
        is blanked on the next link, when the mark has been read. Raises MachineSilent, PortLost,
        MachineRefused.
        """
        self.talk.outlet.unarm()
        if self._started not in {None, StartResult.REFUSED}:
            return
        layout = self._layout()
        self._tell(f"LOADFILE {layout.file}")
        for variable in layout.variables:
            self._tell(f"SETVAR {variable} {words.BLANK}")

    def abort(self) -> None:
        """Let no RUN go out any more; the text protocol has no stop: use the stop button."""
        self.talk.outlet.unarm()

    def close(self) -> None:
        """Let go of the port; an unused RUN goes with it."""
        self.talk.close()

    def _layout(self) -> Layout:
        return words.layout(self._machine.layout or DEFAULT_LAYOUT)

    def _start(self) -> StartResult:
        try:
            reply = self.talk.start(words.order(words.START))
        except PortLost:
            return StartResult.UNCERTAIN
        if reply is None:
            return StartResult.UNCERTAIN
        return StartResult.ACCEPTED if reply.ok else StartResult.REFUSED

    def _still_there(self) -> bool:
        """Ask afresh, because minutes may lie between prepare and start; nothing is sent if not."""
        if not self._prepared:
            return False
        try:
            self.status()
            self.talk.clear()
        except Unavailable:
            return False
        return True

    def _taken_late(self, seconds: float) -> bool:
        """Say whether a late ``RUN OK`` arrives within the time; raises PortLost."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            reply = self.talk.hear(min(left, self.talk.times.poll))
            if reply is not None and reply.word == words.START and reply.ok:
                return True
        return False

    def _tell(self, command: str) -> None:
        """Give an order that may be repeated; only a plain OK will do."""
        reply = self.talk.ask(words.order(command))
        if not reply.ok:
            raise MachineRefused(self._machine.name, reply.text)


def open_sic(machine: MachineSet, open_link: OpenLink, times: Times | None = None) -> SicMarker:
    """Open a SIC machine; speed and port are not in the pages read, so the address tells them.

    Raises PortMissing.
    """
    return SicMarker(machine, open_link(machine.url), times)
