"""The model of a Telesis machine: beside what all have, a pattern, being online, and parking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from stockpile.adapters.marking.simulators.machine import Machine, Phase, Turn
from stockpile.adapters.marking.simulators.truth import Happening

PARK_SECONDS: Final = 0.25
"""Time in which the head goes home after a run; never sped up: a host must be able to see it."""
FIELD: Final = 1

_ABORTED, _BUSY, _ONLINE, _PRINTING = 0x1, 0x2, 0x10, 0x40
_PAUSED, _PARKING, _PRE_POSITION = 0x100, 0x200, 0x2000


class TelesisMachine(Machine):
    """One machine; nothing in it hinders a second start, so it remembers each that it heard.

    ``parks`` is how long the head goes home after a run, in seconds.
    """

    def __init__(
        self, write: Callable[[Happening], None], *, speed: float, parks: float = PARK_SECONDS
    ) -> None:
        super().__init__(write, speed=speed)
        self._parks = parks
        self.online = True
        self.pattern = ""
        self._starts = 0
        self._parks_until = 0.0

    @property
    def text(self) -> str:
        """The text of field 01, which is all that the pattern has."""
        return self.texts.get(FIELD, "")

    @property
    def was_started(self) -> bool:
        """Whether a start was heard since the pattern was loaded."""
        return self._starts > 0

    def status(self, now: float) -> int:
        """Return the status word."""
        word = _ONLINE if self.online else 0
        if self.phase is Phase.FAULT:
            return word | _ABORTED
        if self.phase is Phase.READY:
            return word | (_BUSY | _PARKING if now < self._parks_until else 0)
        approaching = self._run is not None and not self._run.cut
        word |= _BUSY | (_PRE_POSITION if approaching else _PRINTING)
        return word | (_PAUSED if self.phase is Phase.PAUSED else 0)

    def load(self, pattern: str) -> None:
        """Take a pattern: one more job."""
        self.pattern = pattern
        self._starts = 0
        self.new_job()

    def hear_start(self, now: float) -> None:
        """Note a start; a second one for one job is written down for all to see."""
        self._starts += 1
        if self._starts > 1:
            self._write(Happening("again", self.job, self.text, 0, round(now, 4)))

    def go(self, now: float) -> bool:
        """Start marking when everything allows it; return whether anything began."""
        if not self.online or not self.pattern or now < self._parks_until:
            return False
        return super().go(now)

    def reset(self) -> None:
        """Go online, out of a fault too."""
        self.acknowledge()
        self.online = True

    def advance(self, now: float) -> Turn | None:
        """Let the marking clock reach ``now``; the head parks after a run."""
        turn = super().advance(now)
        if turn is Turn.FINISHED:
            self._parks_until = now + self._parks
        return turn

    def forget(self) -> None:
        """Lose texts and pattern, and be offline."""
        super().forget()
        self.pattern = ""
        self.online = False
