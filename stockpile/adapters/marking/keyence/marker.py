"""The driver of Keyence lasers: prepare, one START, watch, evidence, disarm, stop."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from typing import Final

from stockpile.adapters.marking.keyence import words
from stockpile.adapters.marking.keyence.talk import KeyenceTalk
from stockpile.adapters.marking.keyence.watch import KeyenceWatch, Memory
from stockpile.adapters.marking.keyence.words import Kind, Ready
from stockpile.adapters.marking.link import Link, OpenLink
from stockpile.adapters.marking.talk import Run, Times
from stockpile.domain.errors import (
    MachineMisread,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    Unavailable,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
    Work,
)

DEFAULT_LAYOUT: Final = "0"
"""The job on the machine whose block 000 is the text."""

CAPABILITIES: Final = Capabilities(
    evidence=4,
    can_read_back=True,
    can_abort=True,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="told",
    repeatable=words.REPEATABLE,
)

_STATES = {
    Ready.ON: MachineState.READY,
    Ready.ERROR: MachineState.FAULT,
    Ready.BUSY: MachineState.MARKING,
}
_NO_MEMORY = Memory(None, None)
_LAID_OUT = ("CharacterFont", "CharacterSize", "BlockPosition")


class KeyenceMarker:
    """A Keyence laser on an open link; one thread at a time, except for ``abort``."""

    def __init__(self, machine: MachineSet, link: Link, times: Times | None = None) -> None:
        self._machine = machine
        self.talk = KeyenceTalk(machine.name, link, times or Times())
        self._text = ""
        self._before = _NO_MEMORY
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes that START will put on the wire, for the journal."""
        return words.encode(words.START)

    def identity(self) -> str:
        """Return nothing: a command that asks who the machine is has not been found.

        A swapped cable is noticed by the job, see ``fingerprint``. Raises MachineSilent, PortLost:
        the machine must at least be one that answers.
        """
        self.talk.tell(words.READY)
        return ""

    def status(self) -> MachineState:
        """Ask the machine how it is; raises MachineSilent, PortLost."""
        return self.state() or MachineState.NOT_READY

    def fingerprint(self) -> str:
        """Return the digest of the job's title and of its block's font, size and position.

        Give the job another title on each machine: that is what tells two of them apart. Raises
        MachineRefused, MachineSilent, PortLost, MarkNotPossible (no such layout).
        """
        block = self._block
        asked = [f"RX,JOB={block.job},Title", *(f"RX,{block.path},{name}" for name in _LAID_OUT)]
        told = "\n".join(self._told(command) for command in asked)
        return hashlib.sha256(told.encode()).hexdigest()

    def prepare(self, work: Work) -> None:
        """Lock the external trigger, select the job, set its text and read it back; no motion.

        No error is cleared: that is for a person who has looked. Raises MarkNotPossible,
        MachineNotReady, MachineRefused, MachineMisread, MachineSilent, PortLost.
        """
        self.talk.outlet.unarm()
        self.talk.rest()
        self._text, self._started, self._before = "", None, _NO_MEMORY
        text, job = work.text, self._block.job
        words.check_text(text)
        self.talk.clear()
        self._demand_ready()
        self._set(words.LOCK)
        self._set(f"WX,JobNo={job}")
        selected = self._told("RX,JobNo")
        if selected != job:
            raise MachineMisread(self._machine.name, job, selected)
        self._put(text)
        self._demand_ready()
        self._text = text
        self.talk.outlet.arm()

    def start(self) -> StartResult:
        """Put exactly one START on the wire, ever, for what was prepared; never raises.

        Asked again, it sends nothing and says again what came of the one START. REFUSED means that
        nothing was sent, or that the machine said no and remembers no marking since.
        """
        if self._started is None:
            self._started = self._start() if self._still_ready() else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:
        """Wait for the end of the run, at most so long; never raises and never sends a START."""
        if self._started in {None, StartResult.REFUSED}:
            return EndResult.SILENT
        watch = KeyenceWatch(
            self.talk,
            self,
            self._text,
            self._before,
            accepted=self._started is StartResult.ACCEPTED,
            proven=self._machine.witness_proven,
        )
        return watch.until_end(seconds)

    def evidence(self) -> Evidence:
        """Ask what the machine holds now; raises MachineSilent, PortLost."""
        return Evidence(self.status(), self.held())

    def state(self) -> MachineState | None:
        """Return how it is; None for an answer that is none. Raises MachineSilent, PortLost."""
        ready = words.ready_of(self.talk.tell(words.READY))
        return None if ready is None else _STATES[ready]

    def held(self) -> str | None:
        """Return the text that its block holds; raises MachineSilent, PortLost."""
        return words.text_of(self.talk.tell(f"RX,{self._block.path},CharacterString"))

    def memory(self) -> Memory:
        """Return what the machine remembers of its last marking; raises MachineSilent, PortLost.

        Nothing while an answer is still out: none says what it answers, and a late one would be
        taken for a memory.
        """
        block = self._block
        marked = self.talk.tell(f"RX,MarkedCharacter={block.job},{block.number}")
        result = self.talk.tell(words.RESULT)
        if self.talk.owes:
            return _NO_MEMORY
        return Memory(words.text_of(marked), words.result_of(result))

    def disarm(self) -> None:
        """Blank the text so that no trigger can mark it again; the external one stays locked.

        Raises MachineSilent, PortLost, MachineRefused (while it marks), MachineMisread.
        """
        self.talk.outlet.unarm()
        self.talk.rest()
        self._put("")

    def abort(self) -> None:
        """Stop at once, from any thread; no START can follow. Raises PortLost: use the stop button.

        What was cut until then is cut: an abort never means "not marked".
        """
        self.talk.stop()

    def close(self) -> None:
        """Let go of the port; an unused START goes with it."""
        self.talk.close()

    # --- the start ------------------------------------------------------------------------------

    def _start(self) -> StartResult:
        try:
            return self._came_of_it() if self.talk.go() else StartResult.REFUSED
        except Unavailable:
            return StartResult.UNCERTAIN

    def _came_of_it(self) -> StartResult:
        """Listen for the answer and ask whether it is at work, as long as a START may take."""
        deadline = time.monotonic() + self.talk.times.start
        while time.monotonic() < deadline:
            self.talk.listen(self.talk.times.poll)
            if self.talk.runs:
                finished = self.talk.runs[0] is Run.FINISHED
                return StartResult.ACCEPTED if finished else self._said_no()
            with suppress(MachineSilent):
                if self.state() is MachineState.MARKING:
                    return StartResult.ACCEPTED
        return StartResult.UNCERTAIN

    def _said_no(self) -> StartResult:
        """Tell a START that was refused from a marking that was broken off: both are a plain NG.

        Refused is only what left a ready machine with the same memory. A marking leaves its result
        there, even a failed one; and one failure after another may look alike.
        """
        if self.state() is not MachineState.READY:
            return StartResult.UNCERTAIN
        result = self._before.result
        untouched = result is not None and result.succeeded and self.memory() == self._before
        if not untouched:
            return StartResult.UNCERTAIN
        self.talk.runs.clear()
        return StartResult.REFUSED

    def _still_ready(self) -> bool:
        """Ask afresh, because minutes may lie between prepare and start; nothing is sent if not.

        Nor while an answer to an earlier setting is out: it would be taken for the marking's end.
        """
        if not self._text or self.talk.owes:
            return False
        with suppress(Unavailable):
            self._before = self.memory()
            ready = self.state() is MachineState.READY and self.held() == self._text
            self.talk.clear()
            return ready and not self.talk.owes
        return False

    # --- words ----------------------------------------------------------------------------------

    @property
    def _block(self) -> words.Block:
        return words.block_of(self._machine.layout or DEFAULT_LAYOUT)

    def _demand_ready(self) -> None:
        state = self.status()
        if state is not MachineState.READY:
            raise MachineNotReady(self._machine.name, state.value)

    def _put(self, text: str) -> None:
        self._set(words.set_text(self._block, text))
        held = self.held()
        if held != text:
            raise MachineMisread(self._machine.name, text, held or "")

    def _set(self, command: str) -> None:
        """Give an order that may be repeated; only the machine's plain yes will do."""
        reply = self.talk.tell(command)
        if reply.kind is not Kind.OK:
            raise MachineRefused(self._machine.name, reply.said)

    def _told(self, command: str) -> str:
        """Read a setting; raises MachineRefused."""
        reply = self.talk.tell(command)
        if reply.kind is not Kind.OK:
            raise MachineRefused(self._machine.name, reply.said)
        return reply.data


def open_keyence(
    machine: MachineSet, open_link: OpenLink, times: Times | None = None
) -> KeyenceMarker:
    """Open a Keyence laser, on ``socket://`` (port 50002 as delivered) or RS-232.

    Raises PortMissing.
    """
    return KeyenceMarker(machine, open_link(machine.url), times)
