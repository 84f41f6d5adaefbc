"""A registry that has much to do says when to come again: it is waited for, and not given up.

1. What it asks for is waited a second at a time, so that whoever stops the exchange stops it then.
2. In one exchange no more than a few minutes are waited; past that the exchange ends, told in
   words, and everything is sent the next time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import RegistryAsksToWait
from stockpile.services.turns import Synced, Turn

MOST_WAITED: Final = 180
"""Seconds that one exchange waits in all."""

Waits = Callable[[RegistryAsksToWait], None]
"""Is told what the registry asked for before it is waited."""


def untold(_asked: RegistryAsksToWait) -> None:
    """Tell nobody."""


@dataclass
class Waiting:
    """Takes turns; where the registry asks for time the same turn is taken again after it.

    ``pause`` lets seconds pass, ``step`` raises Cancelled where a person stopped the exchange.
    """

    pause: Callable[[float], None]
    step: Callable[[], None]
    waits: Waits = untold
    left: int = MOST_WAITED

    def said(self, turn: Turn) -> Callable[[], Turn | Synced]:
        """Return what the books do with the answer; raises RegistryAsksToWait, Cancelled."""
        while True:
            try:
                return turn.say()
            except RegistryAsksToWait as asked:
                self._wait(asked)

    def _wait(self, asked: RegistryAsksToWait) -> None:
        if asked.seconds > self.left:
            raise asked
        self.left -= asked.seconds
        self.waits(asked)
        for _second in range(asked.seconds):
            self.step()
            self.pause(1.0)
