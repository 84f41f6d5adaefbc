"""The driver of GRBL machines: dry run, one program, watch, stop."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Final

from stockpile.adapters.marking.address import split
from stockpile.adapters.marking.grbl import words
from stockpile.adapters.marking.grbl.program import OPTIONS, Program, Step, program_of, tool_of
from stockpile.adapters.marking.grbl.stream import SPARE, Stream
from stockpile.adapters.marking.grbl.talk import GrblTalk
from stockpile.adapters.marking.grbl.words import Kind, Reply
from stockpile.adapters.marking.link import Link, OpenLink
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import (
    MachineAstray,
    MachineNotReady,
    MachineRefused,
    MachineSilent,
    MachineStranger,
    MarkNotPossible,
    Unavailable,
)
from stockpile.domain.facts import MachineSet
from stockpile.domain.mark_fonts import alphabet
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
    Work,
)

CAPABILITIES: Final = Capabilities(
    evidence=2,
    can_read_back=False,
    can_abort=True,
    longest_text=64,
    alphabet=frozenset(alphabet()),
    end="asked",
    repeatable=words.REPEATABLE,
    draws=True,
)

_STATES = {
    "Idle": MachineState.READY,
    "Run": MachineState.MARKING,
    "Hold": MachineState.PAUSED,
    "Alarm": MachineState.FAULT,
    "Door": MachineState.FAULT,
    "Check": MachineState.SIMULATION,
}
_IN_INCHES = 13
_LASER_MODE = 32
_WAKINGS = 3


class GrblMarker:
    """A GRBL machine on an open link; one thread at a time, except for ``abort``.

    It is told every line, so it holds no text: nothing can be read back, and nobody can start a
    mark at the machine itself.
    """

    def __init__(
        self, machine: MachineSet, link: Link, options: dict[str, str], times: Times | None = None
    ) -> None:
        """Take the link over; raises FieldUnreadable for a tool that the address tells wrongly."""
        self._machine = machine
        self._tool = tool_of(options, "laser" if machine.method == "laser" else "pin")
        self._program: Program | None = None
        self._stream: Stream | None = None
        self._started: StartResult | None = None
        self._talk = GrblTalk(machine.name, link, times or Times())

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes of the whole prepared program, for the journal."""
        return self._program.frames if self._program else b""

    def identity(self) -> str:
        """Ask the machine for its build and the name that was written into it with ``$I=``.

        Raises MachineSilent, MachineRefused, PortLost.
        """
        self._await_answer()
        return "; ".join(reply.text.strip("[]") for reply in self._tell(words.BUILD))

    def fingerprint(self) -> str:
        """Return the digest of the machine's settings: they decide how large a mark comes out.

        Raises MachineSilent, MachineRefused, PortLost.
        """
        self._await_answer()
        settings = sorted(self._settings().items())
        return hashlib.sha256(repr(settings).encode()).hexdigest()

    def status(self) -> MachineState:
        """Ask the machine how it is; raises MachineSilent, PortLost."""
        return _STATES.get(self._talk.status().state, MachineState.NOT_READY)

    def prepare(self, work: Work) -> None:
        """Turn the drawing into a program and have the machine check it; no motion.

        Raises MarkNotPossible, MachineNotReady, MachineAstray (switched on since its zero was set),
        MachineRefused, MachineStranger, MachineSilent, PortLost.
        """
        self._talk.outlet.unarm()
        self._program, self._stream, self._started = None, None, None
        if work.drawing is None:
            raise MarkNotPossible(work.text, "drawing")
        program = program_of(work.drawing, self._tool)
        self._wake()
        self._check_identity()
        self._check_settings()
        self._run_dry(program)
        self._demand_ready()
        if not self._talk.find_zero():
            raise MachineNotReady(self._machine.name, "origin")
        self._program = program
        self._talk.outlet.arm(len(program.steps) + SPARE)

    def start(self) -> StartResult:
        """Send the prepared program up to its first cut, once, ever; never raises.

        Asked again, it sends nothing and says again what came of it. REFUSED means that nothing
        was cut: no cut was sent, or the machine's own answer rules it out.
        """
        if self._started is None:
            self._started = self._start()
        return self._started

    def watch(self, seconds: float) -> EndResult:
        """Send the rest of the program and wait for its end; never raises.

        A program is given at least twice the time that it needs, however short the time asked for.
        """
        if self._stream is None or self._started in {None, StartResult.REFUSED}:
            return EndResult.SILENT
        return self._stream.finish(seconds)

    def evidence(self) -> Evidence:
        """Ask how the machine is; it holds no text. Raises MachineSilent, PortLost."""
        return Evidence(self.status(), None)

    def disarm(self) -> None:
        """Let nothing more out; a program that was left half way is stopped. Raises PortLost.

        There is no text to blank: the machine holds nothing that a pedal could mark again.
        """
        left = self._stream is not None and self._stream.running
        self._talk.outlet.unarm()
        if left and self._started is not StartResult.REFUSED:
            self._talk.stop()

    def abort(self) -> None:
        """Hold and reset at once, from any thread; no line can follow. Raises PortLost.

        What was cut until then is cut: an abort never means "not marked".
        """
        self._talk.stop()

    def close(self) -> None:
        """Let go of the port; what was not sent yet goes with it."""
        self._talk.close()

    def _start(self) -> StartResult:
        if self._program is None or not self._still_ready():
            return StartResult.REFUSED
        self._stream = Stream(self._talk, self._program)
        return self._stream.begin()

    def _still_ready(self) -> bool:
        """Ask afresh; a machine that restarted since it was prepared has lost its place."""
        try:
            ready = self.status() is MachineState.READY
        except Unavailable:
            return False
        return ready and not self._talk.banners and not self._talk.alarm

    def _wake(self) -> None:
        """Get it out of an old dry run, and make sure that it has not lost our zero."""
        self._await_answer()
        if self.status() is MachineState.SIMULATION:
            self._leave_check()
        self._demand_ready()
        if not self._talk.find_zero():
            raise MachineNotReady(self._machine.name, "origin")
        astray = self._talk.is_astray()
        self._talk.forget()
        if astray:
            raise MachineAstray(self._machine.name)

    def _await_answer(self) -> None:
        """Ask a machine that may be starting, thrice; raises MachineSilent, PortLost."""
        for _ in range(_WAKINGS - 1):
            with suppress(MachineSilent):
                self._talk.status()
                return
        self._talk.status()

    def _check_identity(self) -> None:
        expected = self._machine.identity
        if expected and (found := self.identity()) != expected:
            raise MachineStranger(self._machine.name, expected, found)

    def _check_settings(self) -> None:
        """Refuse a machine that speaks in inches, or whose laser mode is not as the tool needs."""
        settings = self._settings()
        if settings.get(_IN_INCHES):
            raise MachineRefused(self._machine.name, f"${_IN_INCHES}=1")
        burns = bool(settings.get(_LASER_MODE))
        if burns is not (self._tool.way == "laser"):
            raise MachineRefused(self._machine.name, f"${_LASER_MODE}={int(burns)}")

    def _settings(self) -> dict[int, float]:
        found = map(words.setting_of, self._tell(words.SETTINGS))
        return dict(setting for setting in found if setting is not None)

    def _run_dry(self, program: Program) -> None:
        """Let the machine check every line without moving; one that was checked is not repeated.

        So a machine that silently falls out of its check mode half way would go over the metal and
        not into it: the lines that cut are few, and each waits until the mode is asked for again.
        """
        self._tell(words.CHECK)
        try:
            for step in program.distinct():
                self._check(step)
        finally:
            self._leave_check()

    def _check(self, step: Step) -> None:
        if step.cuts and self.status() is not MachineState.SIMULATION:
            raise MachineNotReady(self._machine.name, "check")
        self._tell(step.line)

    def _leave_check(self) -> None:
        """Leave the check mode by a reset: here, and nowhere else, a banner is what is wanted."""
        if not self._talk.reset():
            raise MachineSilent(self._machine.name, "reset")

    def _demand_ready(self) -> None:
        state = self.status()
        if state is not MachineState.READY:
            raise MachineNotReady(self._machine.name, state.value)

    def _tell(self, line: str) -> tuple[Reply, ...]:
        """Give an order that may be repeated; return what was said before the machine's ok."""
        try:
            *said, verdict = self._talk.tell(line)
        except MachineSilent as error:
            if self._talk.alarm:
                raise MachineRefused(self._machine.name, f"{self._talk.alarm} {line}") from error
            raise
        if verdict.kind is not Kind.OK:
            raise MachineRefused(self._machine.name, f"{verdict.text} {line}")
        return tuple(said)


def open_grbl(machine: MachineSet, open_link: OpenLink, times: Times | None = None) -> GrblMarker:
    """Open a GRBL machine; its address tells the tool: ``?z=-0.12&safe=2&feed=300&tool=pin``.

    Raises PortMissing; FieldUnreadable for a tool that cannot be.
    """
    url, options = split(machine.url, OPTIONS)
    tool_of(options, "pin")
    return GrblMarker(machine, open_link(_without_reset(url)), dict(options), times)


def _without_reset(url: str) -> str:
    """Ask a serial port not to reset the board by being opened, as most of these boards do."""
    if "://" in url or "reset=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}reset=off"
