"""The model of a TL07 machine: states, texts, a marking clock, and metal that remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from stockpile.adapters.marking.simulators.truth import Happening, What

READY, MARKING, PAUSED, FAULT = 4, 8, 16, 32
VARIABLES = 10
LETTER_SECONDS = 0.2
"""Time to dot one letter, about twelve dots, in a steady material."""
APPROACH_SECONDS = 0.4
BOOT_SECONDS = 2.5
"""Time of a restart, in which the machine hears nothing; never sped up."""
PAUSE_SECONDS = 0.5

IDENTITY = '"MODEL":"UC500","SERIAL":"SIM-0001","VERSION":"2.12"'
NOTHING_LOADED = "ER 2 4"


class Turn(Enum):
    """What the marking clock has reached."""

    HALF = "half"
    FINISHED = "finished"
    RESUMED = "resumed"


@dataclass(slots=True)
class _Run:
    text: str
    due: float
    cut: int = 0
    half_told: bool = False


class Tl07Machine:
    """One machine; every method is told the time in seconds, by one steady clock."""

    def __init__(self, write: Callable[[Happening], None], *, speed: float, guard: bool) -> None:
        self._write = write
        self._speed = speed
        self._guard = guard
        self._run: _Run | None = None
        self._boots_until = 0.0
        self.state = READY
        self.mode = 0
        self.job = 0
        self.layout = ""
        self.left = 0
        self.master = True
        self.variables = [""] * VARIABLES

    def hears(self, now: float) -> bool:
        """Whether anyone is at home: not while it restarts."""
        return now >= self._boots_until

    def load(self, layout: str, count: int, mode: int) -> str:
        """Take a layout for so many markings (0 is endless) and return the answer."""
        if self.state != READY:
            return f"ER 2 {self.state}"
        self.layout, self.left, self.mode = layout, count or -1, mode
        self.job += 1
        return "LD 1"

    def put(self, index: int, text: str) -> str:
        """Set a variable and return the answer."""
        if self.state in {MARKING, PAUSED}:
            return f"ER 2 {self.state}"
        self.variables[index] = text
        return "VS 1"

    def go(self, now: float) -> str:
        """Start marking when everything allows it, and return the answer."""
        if self.state != READY:
            return f"ER 2 {self.state}"
        if not self.layout or (self._guard and not self.left):
            return NOTHING_LOADED
        self.left -= self.left > 0
        self._begin(now)
        return "GO M"

    def pedal(self, now: float) -> bool:
        """Start by the pedal of a bystander; return whether anything began."""
        return self.go(now) == "GO M"

    def stop(self, now: float) -> bool:
        """Stop at once and go to fault; return whether a run was broken off."""
        broken = self._break_off(now)
        self.state = FAULT
        return broken

    def acknowledge(self) -> str:
        """Leave the fault and return the answer."""
        if self.state != FAULT:
            return "ER 3 5"
        self.state = READY
        return "AD 1"

    def pause(self, now: float) -> None:
        """Hold the run; it goes on by itself a moment later."""
        assert self._run is not None
        self.state = PAUSED
        self._run.due = now + PAUSE_SECONDS / self._speed

    def lose_power(self, now: float, *, keep: bool) -> None:
        """Restart, breaking a run off; a machine of the bad kind keeps its texts."""
        self._break_off(now)
        self._boots_until = now + BOOT_SECONDS
        self.state = READY
        if not keep:
            self.variables = [""] * VARIABLES
            self.layout, self.left = "", 0

    def halt(self, now: float) -> None:
        """Stop because the host is gone, without a fault."""
        self._break_off(now)
        self.state = READY

    def advance(self, now: float) -> Turn | None:
        """Let the marking clock reach ``now``, one letter a call at most; return what it means."""
        if self._run is None or now < self._run.due:
            return None
        if self.state == PAUSED:
            self.state = MARKING
            self._run.due = now + LETTER_SECONDS / self._speed
            return Turn.RESUMED
        return self._cut_letter(now, self._run)

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._run is not None

    def _begin(self, now: float) -> None:
        self.state = MARKING
        self._run = _Run(self.variables[0], now + APPROACH_SECONDS / self._speed)
        self._happens("start", self._run, now)

    def _cut_letter(self, now: float, run: _Run) -> Turn | None:
        if run.cut < len(run.text):
            run.cut += 1
            run.due = now + LETTER_SECONDS / self._speed
            self._happens("dot", run, now)
        if run.cut >= len(run.text):
            self._happens("done", run, now)
            self._run, self.state = None, READY
            return Turn.FINISHED
        if not run.half_told and 2 * run.cut >= len(run.text):
            run.half_told = True
            return Turn.HALF
        return None

    def _break_off(self, now: float) -> bool:
        run, self._run = self._run, None
        if run is not None:
            self._happens("partial", run, now)
        return run is not None

    def _happens(self, what: What, run: _Run, now: float) -> None:
        self._write(Happening(what, self.job, run.text, run.cut, round(now, 4)))
