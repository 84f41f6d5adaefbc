"""A program on its way to the machine: one line at a time, the next when the last one is answered.

A line that cuts goes out once. When its answer is lost the machine's own place says whether it was
carried out; every other line may go out again. Whatever ends a program early also stops the
machine, so that no laser burns and no pin hammers on when nobody leads it.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from enum import Enum

from stockpile.adapters.marking.grbl import words
from stockpile.adapters.marking.grbl.program import Program, Spot, Step
from stockpile.adapters.marking.grbl.talk import GrblTalk
from stockpile.adapters.marking.grbl.words import Kind, Place, Status
from stockpile.domain.errors import MachineSilent, PortLost
from stockpile.services.ports import EndResult, StartResult

log = logging.getLogger(__name__)

CLOSE = 30
"""Micrometres by which the place that is told may differ: a step of a coarse machine."""
SPARE = 16
"""Lines that may go out once more, all told; never one that cuts."""
_SURE = 2
"""Idle answers in a row that rule out one that was late on its way."""
_HALTED = frozenset({"Alarm", "Door", "Sleep"})


class Fate(Enum):
    """What became of a line."""

    PASSED = "passed"
    REFUSED = "refused"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    SILENT = "silent"
    LOST = "lost"


_ENDS = {
    Fate.REFUSED: EndResult.STOPPED,
    Fate.STOPPED: EndResult.STOPPED,
    Fate.RESTARTED: EndResult.RESTARTED,
    Fate.SILENT: EndResult.SILENT,
    Fate.LOST: EndResult.LINK_LOST,
}


class Stream:
    """One program under way, on a machine that stands ready; the outlet must be armed for it."""

    def __init__(self, talk: GrblTalk, program: Program) -> None:
        self._talk = talk
        self._steps = list(reversed(program.steps))
        self._before: Spot | None = None
        self._unanswered = 0
        self._fate = Fate.PASSED
        self._deadline = time.monotonic() + 2 * program.seconds + 10.0

    @property
    def running(self) -> bool:
        """Whether the program has lines left and nothing has ended it."""
        return bool(self._steps) and self._fate is Fate.PASSED

    def begin(self) -> StartResult:
        """Send the lines before the first cut, and the first cut; never raises.

        REFUSED means that no cut was sent, or that the machine said no to it.
        """
        cut = False
        while self.running and not cut:
            cut = self._steps[-1].cuts
            self._fate = self._take(self._steps.pop())
        if self._fate is Fate.PASSED:
            return StartResult.ACCEPTED
        self._halt()
        # An answer that was missed before could be the one that seems to refuse the cut.
        refused = self._fate is Fate.REFUSED and not self._unanswered
        return StartResult.REFUSED if refused or not cut else StartResult.UNCERTAIN

    def finish(self, seconds: float) -> EndResult:
        """Send the rest, and say how the program ended; never raises.

        It is given at least twice the time that it is reckoned to need.
        """
        self._deadline = max(self._deadline, time.monotonic() + seconds)
        fate = Fate.PASSED
        while self.running:
            fate = self._fate = self._take(self._steps.pop())
        if fate is not Fate.PASSED:
            self._halt()
        return _ENDS.get(self._fate, EndResult.DONE)

    def _halt(self) -> None:
        log.info("%s: the program ended early: %s", self._talk.machine, self._fate.value)
        self._talk.outlet.unarm()
        if self._fate not in {Fate.RESTARTED, Fate.LOST}:
            with suppress(PortLost):
                self._talk.stop()

    def _take(self, step: Step) -> Fate:
        try:
            fate = self._passed(step, again=not step.cuts)
            if fate is Fate.PASSED and step.sure:
                fate = self._stands(step)
        except PortLost:
            return Fate.LOST
        self._before = step.at
        return fate

    def _passed(self, step: Step, *, again: bool) -> Fate:
        """Send the line and wait until the machine has taken it. Raises PortLost."""
        self._talk.answers.clear()
        if not self._talk.outlet.send(words.order(step.line, repeatable=False)):
            return Fate.STOPPED
        idle, sent = 0, time.monotonic()
        patience = self._talk.times.answer + step.rests
        while time.monotonic() < self._deadline:
            reply = self._talk.verdict(self._talk.times.poll)
            if (ended := self._ended()) is not None:
                return ended
            if reply is not None:
                return Fate.PASSED if reply.kind is Kind.OK else Fate.REFUSED
            seen = self._seen()
            if seen is None or seen[0].state in _HALTED:
                return Fate.STOPPED if seen else self._ended() or Fate.SILENT
            idle = idle + 1 if seen[0].state == "Idle" else 0
            if idle >= _SURE and not self._talk.answers and time.monotonic() - sent > patience:
                return self._unheard(step, again=again)
        return Fate.SILENT

    def _unheard(self, step: Step, *, again: bool) -> Fate:
        """Judge a line whose answer does not come, on a machine that stands. Raises PortLost."""
        self._unanswered += 1
        if again:
            return self._passed(step, again=False)
        moved = step.at is not None and step.at != self._before
        return Fate.PASSED if step.cuts and moved and self._is_there(step) else Fate.SILENT

    def _is_there(self, step: Step) -> bool:
        seen = self._seen()
        return seen is not None and is_at(seen[1], step.at)

    def _stands(self, step: Step) -> Fate:
        """Make sure that the head stands where the line says. Raises PortLost."""
        while time.monotonic() < self._deadline:
            seen = self._seen()
            if (ended := self._ended()) is not None:
                return ended
            if seen is None or seen[0].state in _HALTED:
                return Fate.STOPPED if seen else Fate.SILENT
            if seen[0].state == "Idle":
                return Fate.PASSED if is_at(seen[1], step.at) else Fate.STOPPED
        return Fate.SILENT

    def _seen(self) -> tuple[Status, Place | None] | None:
        """Return how and where it is; None when it does not say, asked twice. Raises PortLost."""
        for _ in range(_SURE):
            with suppress(MachineSilent):
                return self._talk.place()
        return None

    def _ended(self) -> Fate | None:
        if self._talk.banners:
            return Fate.RESTARTED
        return Fate.STOPPED if self._talk.alarm else None


def is_at(place: Place | None, spot: Spot | None) -> bool:
    """Say whether the place that was told is the spot; a spot without a height asks for none."""
    if place is None or spot is None:
        return False
    return all(
        wanted is None or abs(told - wanted) <= CLOSE
        for told, wanted in zip(place, spot, strict=True)
    )
