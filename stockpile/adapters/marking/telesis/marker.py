"""The driver of Telesis machines: prepare, one START, watch by status and text, disarm."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from stockpile.adapters.marking.address import at_speed
from stockpile.adapters.marking.link import Link, OpenLink, Order
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.marking.telesis import words
from stockpile.adapters.marking.telesis.frames import Reply
from stockpile.adapters.marking.telesis.talk import TIMES, TypedTalk
from stockpile.adapters.marking.watch import Watch
from stockpile.domain.errors import (
    MachineMisread,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    MachineStranger,
    PortLost,
    StopByHand,
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

DEFAULT_PATTERN: Final = "STOCKPILE"
"""The pattern on the machine whose one line of text is variable field 01.

The machine has no word for who it is. A pattern with a name of its own on each machine is what
makes a swapped cable noticed: the other machine does not have it.
"""

CAPABILITIES: Final = Capabilities(
    evidence=3,
    can_read_back=True,
    can_abort=False,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="asked",
    repeatable=words.REPEATABLE,
)

BAUD: Final = 9600
"""8N1 at this speed is what the public driver sets."""
_START: Final = words.order(words.START)
_AT_WORK: Final = {MachineState.MARKING, MachineState.PAUSED}
_BLOCKED: Final = _AT_WORK | {MachineState.BUSY, MachineState.FAULT, MachineState.SIMULATION}


class TelesisMarker:
    """A Telesis machine on an open link; one thread at a time, except for ``abort``."""

    def __init__(self, machine: MachineSet, link: Link, times: Times | None = None) -> None:
        self._machine = machine
        self.talk = TypedTalk(machine.name, link, words.TelesisTongue(), times or TIMES)
        self._numbered = False
        self._text = ""
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes that START will put on the wire, for the journal."""
        return _START.frame

    def identity(self) -> str:
        """Return "": the protocol has no word for who it is. Raises MachineSilent, PortLost."""
        self.status()
        return ""

    def status(self) -> MachineState:
        """Ask the machine how it is; raises MachineSilent, PortLost."""
        status = words.status_of(self.talk.insist(words.order(words.STATUS)))
        return MachineState.NOT_READY if status is None else words.state_of(status)

    def fingerprint(self) -> str:
        """Return "": the machine tells a pattern's name, never what is in it."""
        return ""

    def prepare(self, work: Work) -> None:
        """Load pattern and text and read them back; no run, and no fault is cleared.

        A machine that is offline and at rest is put online, which may home its head. Raises
        MarkNotPossible, MachineNotReady, MachineRefused, MachineMisread, MachineStranger (an
        identity is on record, and this one cannot tell), MachineSilent, PortLost.
        """
        self.talk.outlet.unarm()
        self._text, self._started = "", None
        words.check_text(work.text)
        load = words.load(self._pattern)
        self.talk.clear()
        if self._machine.identity:
            raise MachineStranger(self._machine.name, self._machine.identity, self.identity())
        self._bring_online()
        self._tell(load)
        self._check_pattern()
        self._blank()
        self._put(work.text)
        self._demand(self.status(), MachineState.READY)
        self._text = work.text
        self.talk.outlet.arm()

    def start(self) -> StartResult:
        """Put exactly one START on the wire, ever, for what was prepared; never raises.

        Asked again, it sends nothing and says again what came of the one START. REFUSED means that
        nothing was sent, or that the machine said no and stands still.
        """
        if self._started is None:
            self._started = self._start() if self._still_ready() else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:
        """Wait for the end of the run, at most so long; never raises and never sends a START.

        A yes to START is not yet a run: the machine must be seen at work and ready after it.
        """
        if self._started in {None, StartResult.REFUSED}:
            return EndResult.SILENT
        try:
            seen = self._seen_at_work()
        except PortLost:
            return EndResult.LINK_LOST
        proven = self._machine.witness_proven
        return Watch(self.talk, self, self._text, accepted=seen, proven=proven).until_end(seconds)

    def evidence(self) -> Evidence:
        """Ask what the machine holds now; raises MachineSilent, PortLost."""
        return Evidence(self.status(), self.held())

    def state(self) -> MachineState | None:
        """Return how it is; None for what is no status. Raises MachineSilent, PortLost.

        After a yes to START, what moves is the run; without it only a mark in the making is.
        """
        status = words.status_of(self.talk.ask(words.order(words.STATUS)))
        if status is None:
            return None
        state = words.state_of(status)
        if state is MachineState.BUSY and self._started is StartResult.ACCEPTED:
            return MachineState.MARKING
        return state

    def held(self) -> str | None:
        """Return the text that it holds; None when it will not say. Raises as ``state``."""
        reply = self.talk.ask(words.ask_text())
        if not reply.yes:
            return None
        return reply.data.removeprefix(words.FIELD) if self._numbered else reply.data

    def disarm(self) -> None:
        """Blank the text so that a pedal cannot mark it again.

        Raises MachineSilent, PortLost, MachineRefused (while it marks), MachineMisread.
        """
        self.talk.outlet.unarm()
        self._blank()

    def abort(self) -> None:
        """Let no START follow, and raise StopByHand: no stop over the wire is known."""
        self.talk.outlet.unarm()
        raise StopByHand(self._machine.name)

    def close(self) -> None:
        """Let go of the port; an unused START goes with it."""
        self.talk.close()

    @property
    def _pattern(self) -> str:
        return self._machine.layout or DEFAULT_PATTERN

    def _start(self) -> StartResult:
        if not self.talk.outlet.armed:
            return StartResult.REFUSED
        try:
            reply = self.talk.go(_START)
        except PortLost:
            return StartResult.UNCERTAIN
        if reply is None:
            return StartResult.UNCERTAIN
        if reply.yes:
            return StartResult.ACCEPTED
        # It says no also while it marks already, be it by its pedal: the metal would not be blank.
        return StartResult.REFUSED if self._stands_still() else StartResult.UNCERTAIN

    def _stands_still(self) -> bool:
        with suppress(Unavailable):
            return self.state() in {
                MachineState.READY, MachineState.NOT_READY, MachineState.FAULT,
            }  # fmt: skip
        return False

    def _still_ready(self) -> bool:
        """Ask afresh, because minutes may lie between prepare and start; nothing is sent if not."""
        if not self._text:
            return False
        with suppress(Unavailable):
            ready = self.status() is MachineState.READY and self.held() == self._text
            self.talk.clear()
            return ready
        return False

    def _seen_at_work(self) -> bool:
        """Look at once whether it works, so that not even a short run is missed."""
        try:
            return self.state() in _AT_WORK
        except MachineSilent:
            return False

    def _bring_online(self) -> None:
        state = self.status()
        if state in _BLOCKED:
            raise MachineNotReady(self._machine.name, state.value)
        if state is not MachineState.READY:
            self._tell(words.order(words.ONLINE))
            self._demand(self.status(), MachineState.READY)

    def _check_pattern(self) -> None:
        told = self.talk.insist(words.ask_pattern()).data
        if not words.is_pattern(told, self._pattern):
            raise MachineMisread(self._machine.name, self._pattern, told)

    def _blank(self) -> None:
        """Empty the field, and learn how this firmware gives a field back: bare or numbered."""
        self._tell(words.put(""))
        told = self._read_back()
        if told.data not in {"", words.FIELD}:
            raise MachineMisread(self._machine.name, "", told.data)
        self._numbered = told.data == words.FIELD

    def _put(self, text: str) -> None:
        self._tell(words.put(text))
        told = self._read_back()
        if told.data != f"{words.FIELD if self._numbered else ''}{text}":
            raise MachineMisread(self._machine.name, text, told.data)

    def _read_back(self) -> Reply:
        reply = self.talk.insist(words.ask_text())
        if not reply.yes:
            raise MachineRefused(self._machine.name, words.TEXT)
        return reply

    def _tell(self, order: Order) -> None:
        """Give an order that may be repeated; only the machine's plain yes will do."""
        if not self.talk.insist(order).yes:
            raise MachineRefused(self._machine.name, order.word)

    def _demand(self, state: MachineState, wanted: MachineState) -> None:
        if state is not wanted:
            raise MachineNotReady(self._machine.name, state.value)


def open_telesis(
    machine: MachineSet, open_link: OpenLink, times: Times | None = None
) -> TelesisMarker:
    """Open a Telesis machine: a serial port, ``socket://`` to dial it, ``listen://`` to be dialled.

    Raises PortMissing, MachineDidNotCall.
    """
    return TelesisMarker(machine, open_link(at_speed(machine.url, BAUD)), times)
