"""The talk with a machine whose answers name the request's type."""

from __future__ import annotations

from collections import Counter
from typing import Final

from stockpile.adapters.marking.link import Link, Order
from stockpile.adapters.marking.talk import Talk, Times, Tongue
from stockpile.adapters.marking.telesis import words
from stockpile.adapters.marking.telesis.frames import Reply
from stockpile.domain.errors import MachineSilent

TIMES: Final = Times(answer=3.0, start=1.0)
"""The manual waits 3 s for an answer; after START the status tells sooner, and asking is free."""


class TypedTalk(Talk[Reply]):
    """A talk that resends what may be repeated, as the manual has it, and START never."""

    def __init__(self, machine: str, link: Link, tongue: Tongue[Reply], times: Times) -> None:
        super().__init__(machine, link, tongue, times)
        self._probe = tongue.probe

    def insist(self, order: Order) -> Reply:
        """Ask up to three times, with a harmless question after each silence.

        Raises MachineSilent when that is not answered either, or after the third; PortLost.
        """
        for _ in range(words.TRIES - 1):
            try:
                return self.ask(order)
            except MachineSilent:
                self.ask(self._probe)
        return self.ask(order)

    def go(self, order: Order) -> Reply | None:
        """Send the one START and return its answer; None when nothing tells. Raises PortLost."""
        # Each answer names its type: only an answer to another START could be taken for this one's.
        owed = self._owed[order.word]
        self._owed = Counter({order.word: owed} if owed else {})
        return self.start(order)
