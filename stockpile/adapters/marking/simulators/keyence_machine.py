"""The model of a Keyence laser: jobs with blocks, a trigger lock, a memory of the last mark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from stockpile.adapters.marking.simulators.machine import Machine, Phase, Turn
from stockpile.adapters.marking.simulators.truth import Happening

TITLE: Final = "RECEIVER"
FIRST_MARK: Final = "TEST"
"""What it marked last when it comes: a machine that has never marked is not met in the field."""
_LAST_JOB = 19
_MILLISECONDS = 1000


class KeyenceMachine(Machine):
    """One laser; a job is there when its number is below 20, and each has all blocks."""

    def __init__(self, write: Callable[[Happening], None], *, speed: float) -> None:
        super().__init__(write, speed=speed)
        self._began = 0.0
        self.number = "0000"
        self.block = "000"
        self.locked = False
        self.last_marked = FIRST_MARK
        self.result = "1,000000002200"

    def select(self, number: str) -> bool:
        """Select a job by its number; False when there is none."""
        if not number.isdigit() or int(number) > _LAST_JOB:
            return False
        self.number = number
        self.new_job()
        return True

    def put(self, block: str, text: str) -> bool:
        """Put a text into a block; False while it marks."""
        if self.phase in {Phase.MARKING, Phase.PAUSED}:
            return False
        self.block = block
        self.texts = {int(block): text}
        return True

    def go(self, now: float) -> bool:
        """Start marking when ready and there is a text; return whether anything began."""
        if not self.text or not super().go(now):
            return False
        self._began = now
        return True

    def pedal(self, now: float) -> bool:
        """Start by the external trigger, unless it is locked."""
        return not self.locked and self.go(now)

    def advance(self, now: float) -> Turn | None:
        """Let the marking clock reach ``now``; a finished marking is remembered."""
        turn = super().advance(now)
        if turn is Turn.FINISHED:
            self._remember(now, succeeded=True)
        return turn

    def stop(self, now: float) -> bool:
        """Stop at once and go to fault; a broken marking is remembered as a failure."""
        broken = super().stop(now)
        if broken:
            self._remember(now, succeeded=False)
        return broken

    def halt(self, now: float) -> None:
        """Stop because the host is gone; a broken marking is remembered as a failure."""
        if self.busy:
            self._remember(now, succeeded=False)
        super().halt(now)

    def _remember(self, now: float, *, succeeded: bool) -> None:
        spent = round((now - self._began) * _MILLISECONDS)
        self.result = f"{int(succeeded)},{spent:012}"
