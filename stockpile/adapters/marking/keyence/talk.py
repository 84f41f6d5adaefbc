"""The talk with a Keyence laser: one START, and the marking's end as its late answer."""

from __future__ import annotations

from stockpile.adapters.marking.keyence import words
from stockpile.adapters.marking.keyence.words import KeyenceTongue, Reply
from stockpile.adapters.marking.link import Link
from stockpile.adapters.marking.talk import Talk, Times


class KeyenceTalk(Talk[Reply]):
    """A talk whose orders are the family's commands as text."""

    def __init__(self, machine: str, link: Link, times: Times) -> None:
        self._speech = KeyenceTongue()
        super().__init__(machine, link, self._speech, times)

    @property
    def owes(self) -> bool:
        """Whether an answer is still out that could be taken for another's when it comes."""
        return bool(self._owed)

    def tell(self, command: str) -> Reply:
        """Ask by a command; raises MachineSilent, PortLost, MarkNotPossible (cannot be sent)."""
        return self.ask(words.order(command))

    def go(self) -> bool:
        """Send the one START; False when nothing was sent. Raises PortLost: it may have been sent.

        Its answer comes among the runs, when the marking is complete.
        """
        self._speech.running = self.outlet.armed
        return self.outlet.send(words.order(words.START))

    def rest(self) -> None:
        """Take answers to settings as such again: no marking of ours is waited for any more."""
        self._speech.running = self._speech.stopped = False

    def stop(self) -> None:
        """Send the stop at once, from any thread; no START can follow. Raises PortLost."""
        self._speech.stopped = True
        self.outlet.send_last(words.order(words.STOP))
