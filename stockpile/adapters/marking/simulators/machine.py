"""The model of a marking machine: phases, texts, a marking clock, and metal that remembers.

What a family has beside this (a guard, a mode, a file list) its face keeps, or a model of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from stockpile.adapters.marking.simulators.metal import Metal, lettered
from stockpile.adapters.marking.simulators.truth import Happening, What

LETTER_SECONDS = 0.2
"""Time to dot one letter, about twelve dots, in a steady material."""
APPROACH_SECONDS = 0.4
BOOT_SECONDS = 2.5
"""Time of a restart, in which the machine hears nothing; never sped up."""
PAUSE_SECONDS = 0.5


class Phase(Enum):
    """What the machine is about."""

    READY = "ready"
    MARKING = "marking"
    PAUSED = "paused"
    FAULT = "fault"


class Turn(Enum):
    """What the marking clock has reached."""

    HALF = "half"
    FINISHED = "finished"
    RESUMED = "resumed"


@dataclass(slots=True)
class Run:
    """A run under way: its text, when the next letter is due, and how many are cut."""

    text: str
    due: float
    cut: int = 0
    half_told: bool = False


class Machine:
    """One machine; every method is told the time in seconds, by one steady clock."""

    def __init__(self, write: Callable[[Happening], None], *, speed: float) -> None:
        self._write = write
        self._speed = speed
        self._run: Run | None = None
        self._boots_until = 0.0
        self.phase = Phase.READY
        self.job = 0
        self.texts: dict[int, str] = {}
        self.last_marked = ""
        self._on_metal: list[Run] = []

    def hears(self, now: float) -> bool:
        """Whether anyone is at home: not while it restarts."""
        return now >= self._boots_until

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._run is not None

    @property
    def text(self) -> str:
        """What a start would cut: the texts in the order of their fields, with spaces between."""
        return " ".join(self.texts[field] for field in sorted(self.texts) if self.texts[field])

    @property
    def metal(self) -> Metal:
        """What the metal in the machine bears: every mark begun since it was put there."""
        metal = Metal()
        for run in self._on_metal:
            metal.add(lettered(run.text, run.cut))
        return metal

    def bare(self) -> None:
        """Put a new piece of metal into the machine."""
        self._on_metal = []

    def new_job(self) -> None:
        """Count one more job: faults are planned by its number."""
        self.job += 1

    def go(self, now: float) -> bool:
        """Start marking when ready; return whether anything began."""
        if self.phase is not Phase.READY:
            return False
        self.phase = Phase.MARKING
        self._run = Run(self.text, now + APPROACH_SECONDS / self._speed)
        self._on_metal.append(self._run)
        self._happens("start", self._run, now)
        return True

    def pedal(self, now: float) -> bool:
        """Start by the pedal of a bystander; return whether anything began."""
        return self.go(now)

    def stop(self, now: float) -> bool:
        """Stop at once and go to fault; return whether a run was broken off."""
        broken = self._break_off(now)
        self.phase = Phase.FAULT
        return broken

    def acknowledge(self) -> bool:
        """Leave the fault; return whether there was one."""
        if self.phase is not Phase.FAULT:
            return False
        self.phase = Phase.READY
        return True

    def pause(self, now: float) -> None:
        """Hold the run; it goes on by itself a moment later."""
        if self._run is not None:
            self.phase = Phase.PAUSED
            self._run.due = now + PAUSE_SECONDS / self._speed

    def lose_power(self, now: float, *, keep: bool) -> None:
        """Restart, breaking a run off; a machine of the bad kind keeps its texts."""
        self._break_off(now)
        self._boots_until = now + BOOT_SECONDS
        self.phase = Phase.READY
        if not keep:
            self.forget()

    def forget(self) -> None:
        """Lose what a restart loses."""
        self.texts = {}

    def halt(self, now: float) -> None:
        """Stop because the host is gone, without a fault."""
        self._break_off(now)
        self.phase = Phase.READY

    def advance(self, now: float) -> Turn | None:
        """Let the marking clock reach ``now``, one letter a call at most; return what it means."""
        if self._run is None or now < self._run.due:
            return None
        if self.phase is Phase.PAUSED:
            self.phase = Phase.MARKING
            self._run.due = now + LETTER_SECONDS / self._speed
            return Turn.RESUMED
        return self._cut_letter(now, self._run)

    def _cut_letter(self, now: float, run: Run) -> Turn | None:
        if run.cut < len(run.text):
            run.cut += 1
            run.due = now + LETTER_SECONDS / self._speed
            self._happens("dot", run, now)
        if run.cut >= len(run.text):
            self._happens("done", run, now)
            self._run, self.phase, self.last_marked = None, Phase.READY, run.text
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

    def _happens(self, what: What, run: Run, now: float) -> None:
        self._write(Happening(what, self.job, run.text, run.cut, round(now, 4)))
