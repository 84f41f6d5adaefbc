"""The driver of TL07 machines: prepare, one START, watch, evidence, disarm, stop."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress

from stockpile.adapters.marking.link import Link, OpenLink
from stockpile.adapters.marking.talk import Times
from stockpile.adapters.marking.tl07 import words
from stockpile.adapters.marking.tl07.talk import START, Tl07Talk
from stockpile.adapters.marking.tl07.words import Framing, Mode, State
from stockpile.adapters.marking.watch import Watch
from stockpile.domain.errors import (
    MachineMisread,
    MachineNotReady,
    MachineRefused,
    MachineStranger,
    PortLost,
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

DEFAULT_LAYOUT = "STOCKPILE.tml"
"""The layout on the machine whose one line of text is variable 0."""

CAPABILITIES = Capabilities(
    evidence=3,
    can_read_back=True,
    can_abort=True,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="told",
    repeatable=words.REPEATABLE,
)

_FRAMING_OPTION = re.compile(r"(?P<url>.+)\?framing=(?P<framing>serial|tcp)(?P<more>.*)")
_STATES = {
    State.INIT: MachineState.NOT_READY,
    State.ALIVE: MachineState.NOT_READY,
    State.READY: MachineState.READY,
    State.MARKING: MachineState.MARKING,
    State.PAUSED: MachineState.PAUSED,
    State.FAULT: MachineState.FAULT,
}
_BLOCKED = {MachineState.MARKING, MachineState.PAUSED, MachineState.FAULT}


class Tl07Marker:
    """A TL07 machine on an open link; one thread at a time, except for ``abort``."""

    def __init__(
        self, machine: MachineSet, link: Link, framing: Framing, times: Times | None = None
    ) -> None:
        self._machine = machine
        self._framing = framing
        self.talk = Tl07Talk(machine.name, link, framing, times or Times())
        self._text = ""
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes that START will put on the wire, for the journal."""
        return words.encode(START, self._framing)

    def identity(self) -> str:
        """Ask the machine who it is; raises MachineSilent, MachineRefused, PortLost."""
        replies = self.talk.tell_lines("GI *")
        if words.error_of(replies[0]):
            raise MachineRefused(self._machine.name, replies[0].text)
        return "; ".join(reply.text.removeprefix("GI").strip() for reply in replies)

    def status(self) -> MachineState:
        """Ask the machine how it is; raises MachineSilent, PortLost."""
        reply = self.talk.tell("ST")
        status = words.status_of(reply)
        if status is None:
            return MachineState.NOT_READY
        # A machine that starts by itself is as far from a real job as one that only pretends.
        return _STATES[status.state] if status.mode is Mode.NORMAL else MachineState.SIMULATION

    def prepare(self, work: Work) -> None:
        """Load layout and text and read them back; no motion, and no fault is cleared.

        Raises MarkNotPossible, MachineNotReady, MachineRefused, MachineMisread, MachineStranger,
        MachineSilent, PortLost.
        """
        self.talk.outlet.unarm()
        self._text, self._started = "", None
        text = work.text
        words.check_text(text)
        self.talk.clear()
        self._check_identity()
        state = self.status()
        if state in _BLOCKED:
            raise MachineNotReady(self._machine.name, state.value)
        self._tell(words.load(self._machine.layout or DEFAULT_LAYOUT))
        self._put(text)
        state = self.status()
        if state is not MachineState.READY:
            raise MachineNotReady(self._machine.name, state.value)
        self._text = text
        self.talk.outlet.arm()

    def start(self) -> StartResult:
        """Put exactly one START on the wire, ever, for what was prepared; never raises.

        Asked again, it sends nothing and says again what came of the one START. REFUSED means that
        nothing was sent, or that the machine's own answer rules a start out.
        """
        if self._started is None:
            self._started = self._start() if self._still_ready() else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:
        """Wait for the end of the run, at most so long; never raises and never sends a START."""
        if self._started in {None, StartResult.REFUSED}:
            return EndResult.SILENT
        watch = Watch(
            self.talk,
            self,
            self._text,
            accepted=self._started is StartResult.ACCEPTED,
            proven=self._machine.witness_proven,
        )
        return watch.until_end(seconds)

    def evidence(self) -> Evidence:
        """Ask what the machine holds now; raises MachineSilent, PortLost."""
        return Evidence(self.status(), self.held())

    def state(self) -> MachineState | None:
        """Return how it is, whatever the mode; None for a status that the table does not know.

        Raises MachineSilent, PortLost.
        """
        status = words.status_of(self.talk.tell("ST"))
        return None if status is None else _STATES[status.state]

    def held(self) -> str | None:
        """Return the text that it holds; raises MachineSilent, PortLost."""
        return words.text_of(self.talk.tell("VG 0"))

    def fingerprint(self) -> str:
        """Return the digest of the layout file as the machine gives it back; raises as identity."""
        replies = self.talk.tell_lines(words.read_file(self._machine.layout or DEFAULT_LAYOUT))
        if words.error_of(replies[0]):
            raise MachineRefused(self._machine.name, replies[0].text)
        told = "\n".join(reply.text for reply in replies)
        return hashlib.sha256(told.encode()).hexdigest()

    def disarm(self) -> None:
        """Blank the text so that a pedal cannot mark it again.

        Raises MachineSilent, PortLost, MachineRefused (while it marks), MachineMisread.
        """
        self.talk.outlet.unarm()
        self._put("")

    def abort(self) -> None:
        """Stop at once, from any thread; no START can follow. Raises PortLost: use the stop button.

        What was cut until then is cut: an abort never means "not marked".
        """
        self.talk.stop()

    def close(self) -> None:
        """Let go of the port; an unused START goes with it."""
        self.talk.close()

    def _start(self) -> StartResult:
        try:
            reply = self.talk.go()
        except PortLost:
            return StartResult.UNCERTAIN
        if reply is None:
            return StartResult.UNCERTAIN
        if words.run_of(reply):
            return StartResult.ACCEPTED
        error = words.error_of(reply)
        sure = error is None or error.proves_no_start
        return StartResult.REFUSED if sure else StartResult.UNCERTAIN

    def _still_ready(self) -> bool:
        """Ask afresh, because minutes may lie between prepare and start; nothing is sent if not."""
        if not self._text:
            return False
        with suppress(Unavailable):
            ready = self.status() is MachineState.READY and self.held() == self._text
            self.talk.clear()
            return ready
        return False

    def _check_identity(self) -> None:
        expected = self._machine.identity
        if expected and (found := self.identity()) != expected:
            raise MachineStranger(self._machine.name, expected, found)

    def _put(self, text: str) -> None:
        self._tell(words.set_text(text))
        held = self.held()
        if held != text:
            raise MachineMisread(self._machine.name, text, held or "")

    def _tell(self, command: str) -> None:
        """Give an order that may be repeated; only the machine's plain yes will do."""
        reply = self.talk.tell(command)
        if reply.text != f"{command.split(' ', 1)[0]} 1":
            raise MachineRefused(self._machine.name, reply.text)


def open_tl07(machine: MachineSet, open_link: OpenLink, times: Times | None = None) -> Tl07Marker:
    """Open a TL07 machine: a line a command on ``socket://``, counted frames elsewhere.

    ``?framing=serial`` (first among the options) says that a socket leads to an RS-232 server.
    Raises PortMissing; MachineSilent when nobody answers.
    """
    option = _FRAMING_OPTION.fullmatch(machine.url)
    if option:
        framing, url = Framing(option["framing"]), _joined(option["url"], option["more"])
    else:
        framing = Framing.TCP if machine.url.startswith("socket://") else Framing.SERIAL
        url = machine.url
    return Tl07Marker(machine, open_link(url), framing, times)


def _joined(url: str, more: str) -> str:
    return f"{url}?{more[1:]}" if more else url
