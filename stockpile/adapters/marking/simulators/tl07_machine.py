"""The model of a TL07 machine: beside what all have, a loaded file with a count, and a mode."""

from __future__ import annotations

from collections.abc import Callable

from stockpile.adapters.marking.simulators.machine import Machine, Phase
from stockpile.adapters.marking.simulators.truth import Happening

CODES = {Phase.READY: 4, Phase.MARKING: 8, Phase.PAUSED: 16, Phase.FAULT: 32}
VARIABLES = 10
IDENTITY = '"MODEL":"UC500","SERIAL":"SIM-0001","VERSION":"2.12"'
NOTHING_LOADED = "ER 2 4"


class Tl07Machine(Machine):
    """One machine; ``guard`` makes it refuse more starts than the loaded count allows."""

    def __init__(self, write: Callable[[Happening], None], *, speed: float, guard: bool) -> None:
        super().__init__(write, speed=speed)
        self._guard = guard
        self.mode = 0
        self.layout = ""
        self.left = 0
        self.master = True

    @property
    def code(self) -> int:
        """The number of its phase in a status answer."""
        return CODES[self.phase]

    @property
    def text(self) -> str:
        """The text of variable 0, which is all that the layout has."""
        return self.texts.get(0, "")

    def load(self, layout: str, count: int, mode: int) -> str:
        """Take a layout for so many markings (0 is endless) and return the answer."""
        if self.phase is not Phase.READY:
            return f"ER 2 {self.code}"
        self.layout, self.left, self.mode = layout, count or -1, mode
        self.new_job()
        return "LD 1"

    def put(self, index: int, text: str) -> str:
        """Set a variable and return the answer."""
        if self.phase in {Phase.MARKING, Phase.PAUSED}:
            return f"ER 2 {self.code}"
        self.texts[index] = text
        return "VS 1"

    def why_not(self) -> str:
        """Return the error that a start would meet now; nothing when it would begin."""
        if self.phase is not Phase.READY:
            return f"ER 2 {self.code}"
        return "" if self.layout and (self.left or not self._guard) else NOTHING_LOADED

    def go(self, now: float) -> bool:
        """Start marking when everything allows it; return whether anything began."""
        if self.why_not():
            return False
        self.left -= self.left > 0
        return super().go(now)

    def forget(self) -> None:
        """Lose texts and layout."""
        super().forget()
        self.layout, self.left = "", 0
