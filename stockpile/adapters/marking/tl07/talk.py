"""The talk with a TL07 machine, by commands."""

from __future__ import annotations

from stockpile.adapters.marking.link import Link
from stockpile.adapters.marking.talk import Talk, Times
from stockpile.adapters.marking.tl07 import words
from stockpile.adapters.marking.tl07.words import Framing, Reply

START = "GO"


class Tl07Talk(Talk[Reply]):
    """A talk whose orders are the family's commands as text."""

    def __init__(self, machine: str, link: Link, framing: Framing, times: Times) -> None:
        super().__init__(machine, link, words.Tl07Tongue(framing), times)
        self._framing = framing

    def tell(self, command: str) -> Reply:
        """Ask by a command; raises MachineSilent, PortLost, MarkNotPossible (cannot be sent)."""
        return self.ask(words.order(command, self._framing))

    def tell_lines(self, command: str) -> tuple[Reply, ...]:
        """Ask for several lines by a command; raises as ``tell``."""
        return self.ask_lines(words.order(command, self._framing))

    def go(self) -> Reply | None:
        """Send the one START; an empty line when nothing was sent, None when nothing tells.

        Raises PortLost: it may have been sent.
        """
        if not self.outlet.armed:
            return Reply("")
        return self.start(words.order(START, self._framing))

    def stop(self) -> None:
        """Send the stop command at once, from any thread; no START can follow. Raises PortLost."""
        self.outlet.send_last(words.order("AM", self._framing))
