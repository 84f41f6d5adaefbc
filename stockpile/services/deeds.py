"""What cannot be undone: say it, do it, write down that it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from stockpile.services.ports import Recorded

Intent = TypeVar("Intent")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Deed(Generic[Intent, Outcome]):
    """Three steps that may be separated by a power cut.

    ``begin`` and ``finish`` run on the books lane, ``act`` on the machine's. ``act`` never raises
    for what a machine does: whatever happened is an outcome, and is written down.
    """

    begin: Callable[[], tuple[Recorded, Intent]]
    act: Callable[[Intent], Outcome]
    finish: Callable[[Intent, Outcome], Recorded]

    def perform(self) -> tuple[Recorded, Outcome]:
        """Take all three steps in a row: for the command line and the tests."""
        begun, intent = self.begin()
        outcome = self.act(intent)
        finished = self.finish(intent, outcome)
        return _joined(begun, finished), outcome


def _joined(first: Recorded, second: Recorded) -> Recorded:
    return Recorded((*first.entries, *second.entries), (*first.facts, *second.facts))
