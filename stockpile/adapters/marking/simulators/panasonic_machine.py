"""The model of a Panasonic laser: pumping, shutter, files, and a text that a trigger uses up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from stockpile.adapters.marking.simulators.machine import Machine, Phase
from stockpile.adapters.marking.simulators.truth import Happening

PUMPING_SECONDS: Final = 10.0
"""The manual says about 8 to 15 s."""
SHUTTER_SECONDS: Final = 0.3
FILES: Mapping[str, str] = {"0000": "RECEIVER", "0001": "SLIDE", "2047": "TEST"}
"""The files on the machine, by number."""


class PanasonicMachine(Machine):
    """One laser as it is after power-on: cold, shut, on file 0000, reporting no ends."""

    def __init__(self, write: Callable[[Happening], None], *, speed: float) -> None:
        super().__init__(write, speed=speed)
        self._pace = speed
        self._used = True
        self._pumped_at: float | None = None
        self._moved_at = 0.0
        self._opens = False
        self.settings = False
        self.reports = False
        self.file = "0000"

    @property
    def is_open(self) -> bool:
        """Whether the shutter is, or is being, opened."""
        return self._opens

    def pumping(self, now: float) -> str:
        """Return the digit of the pumping in a status."""
        if self._pumped_at is None:
            return "0"
        return "2" if now >= self._pumped_at else "1"

    def takes_settings(self, now: float) -> bool:
        """Whether settings are taken: behind the shutter, or by command."""
        return self.settings or not (self._opens and now >= self._moved_at)

    def ready(self, now: float) -> bool:
        """Whether a trigger would mark now."""
        waits = self.phase is Phase.READY and bool(self.texts)
        return waits and self.pumping(now) == "2" and not self.takes_settings(now)

    def pump(self, now: float, *, on: bool) -> None:
        """Begin pumping, or stop it, which breaks a marking off."""
        if not on:
            self._pumped_at = None
            if self.busy:
                self.stop(now)
        elif self._pumped_at is None:
            self._pumped_at = now + PUMPING_SECONDS / self._pace

    def move_shutter(self, now: float, *, opens: bool) -> bool:
        """Open or close the shutter; False when it is asked to open and is open."""
        if opens and self._opens:
            return False
        self._opens, self._moved_at = opens, now + SHUTTER_SECONDS / self._pace
        self.settings = False
        return True

    def select(self, file: str) -> bool:
        """Select a file, dropping a text that waits; False when there is none of that number.

        A job is counted at the first selection after a text was given.
        """
        if file not in FILES:
            return False
        self.file, self.texts = file, {}
        if self._used:
            self._used = False
            self.new_job()
        return True

    def give(self, text: str, now: float) -> bool:
        """Take the text of the next trigger; False when none is wanted."""
        if self.phase is not Phase.READY or self.texts or self.takes_settings(now):
            return False
        self.texts, self._used = {0: text}, True
        return True

    def go(self, now: float) -> bool:
        """Mark when ready, using the text up; return whether anything began."""
        if not self.ready(now) or not super().go(now):
            return False
        self.texts = {}
        return True

    def leave_remote(self) -> None:
        """Leave the remote mode, as somebody at the machine does: reports are forgotten."""
        self.reports = False

    def forget(self) -> None:
        """Lose what a restart loses."""
        super().forget()
        self.file = "0000"

    def lose_power(self, now: float, *, keep: bool) -> None:
        """Restart: cold, shut and out of the remote mode."""
        super().lose_power(now, keep=keep)
        self._pumped_at, self._opens, self.settings = None, False, False
        self.leave_remote()
