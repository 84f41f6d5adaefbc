"""Questions and answers with a machine over an open link, with deadlines and quarantine.

An answer is matched to its question by what the family's tongue says of it. A question without an
answer puts the link in quarantine: whatever arrives is old until the machine answers a harmless
question again. A START goes out once and what came of it is never guessed.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from dataclasses import dataclass
from enum import Enum
from typing import Final, Generic, Protocol, TypeVar

from stockpile.adapters.marking.link import Link, Order, Outlet
from stockpile.domain.errors import MachineSilent

log = logging.getLogger(__name__)

ANY_WORD: Final = "*"
"""The word of an answer that names no question and so may belong to any."""
_TRIES = 3
_MOST_LINES = 1000
"""More parts no honest answer has."""

Reply = TypeVar("Reply")


class Run(Enum):
    """What a machine says about a run, at its start or later without being asked."""

    STARTED = "started"
    FINISHED = "finished"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Times:
    """How long to wait, in seconds."""

    answer: float = 1.5
    start: float = 2.0
    poll: float = 0.3
    settle: float = 1.5
    pause: float = 0.2


class Tongue(Protocol[Reply]):
    """A family's words, as far as a talk needs them: cutting answers out of bytes, and whose."""

    @property
    def probe(self) -> Order:
        """The harmless question that ends a quarantine when it is answered recognisably."""
        ...

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the answers that are complete now, in order; a partial one stays inside."""
        ...

    def answers(self, reply: Reply, word: str) -> bool:
        """Say whether the reply answers an order of this word, be it as an error."""
        ...

    def is_proof(self, reply: Reply) -> bool:
        """Say whether the reply can be nothing but an answer to the probe."""
        ...

    def run_of(self, reply: Reply) -> Run | None:
        """Return what the reply says about a run; None when it is about something else."""
        ...

    def word_of(self, reply: Reply) -> str:
        """Return the word of the order that it answers, ``ANY_WORD`` for any; "" when strange."""
        ...

    def refuses(self, reply: Reply) -> bool:
        """Say whether the reply is an error, a no: it names no question, or the one asked."""
        ...


class Talk(Generic[Reply]):
    """One machine's link: asks, sorts what comes back, and remembers what is still owed.

    ``runs`` is the unasked news of a run in order, ``strange`` counts what nobody understood.
    """

    def __init__(self, machine: str, link: Link, tongue: Tongue[Reply], times: Times) -> None:
        self.machine = machine
        self.times = times
        self.outlet = Outlet(link)
        self.runs: deque[Run] = deque()
        self.strange = 0
        self._link = link
        self._tongue = tongue
        self._inbox: deque[Reply] = deque()
        self._owed: Counter[str] = Counter()
        self._quarantined = False

    def ask(self, order: Order) -> Reply:
        """Put a question that may be repeated and return its answer, which may be an error.

        Raises MachineSilent, PortLost.
        """
        if self._quarantined:
            self._recover()
        return self._ask(order)

    def ask_lines(self, order: Order) -> tuple[Reply, ...]:
        """Put a question whose answer may have several parts, ended by a pause; as ``ask``."""
        replies = [self.ask(order)]
        while len(replies) < _MOST_LINES:
            more = self._await(order.word, self.times.pause)
            if more is None:
                break
            replies.append(more)
        return tuple(replies)

    def start(self, order: Order) -> Reply | None:
        """Send the one START and return what answered it; None when nothing tells.

        The outlet must be armed, else see ``may_start``. Raises PortLost: it may have been sent.
        """
        if not self.outlet.send(order):
            return None
        deadline = time.monotonic() + self.times.start
        while not self.runs and (left := deadline - time.monotonic()) > 0:
            reply = self._next(left)
            if reply is None:
                continue
            if self._tongue.run_of(reply) is Run.STARTED:
                return reply
            if not self._owed and self._tongue.answers(reply, order.word):
                return reply
            self._sort(reply)
        self.doubt(order.word)
        return None

    def listen(self, seconds: float) -> None:
        """Sort what arrives within the time; returns early with news of a run. Raises PortLost."""
        deadline = time.monotonic() + seconds
        while not self.runs and (left := deadline - time.monotonic()) > 0:
            reply = self._next(left)
            if reply is not None:
                self._sort(reply)

    def hear(self, seconds: float) -> Reply | None:
        """Return the next reply within the time, whatever it is, unsorted. Raises PortLost."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 or self._inbox:
            reply = self._next(max(0.0, left))
            if reply is not None:
                return reply
        return None

    def clear(self) -> None:
        """Forget all that arrived until now; raises PortLost."""
        self._drain()
        self.runs.clear()
        self.strange = 0

    def doubt(self, word: str) -> None:
        """Note a question that got no answer: its late answer must not be taken for another's."""
        if not self._quarantined:
            log.info("%s went quiet at %s", self.machine, word)
        self._owed[word] += 1
        self._quarantined = True
        self._link.drop_output()

    def close(self) -> None:
        """Let go of the link."""
        self.outlet.unarm()
        self._link.close()

    def _ask(self, order: Order) -> Reply:
        self._drain()
        if not self.outlet.send(order):
            raise AssertionError(order.word)
        reply = self._await(order.word, self.times.answer)
        if reply is None:
            self.doubt(order.word)
            raise MachineSilent(self.machine, order.word)
        return reply

    def _recover(self) -> None:
        """Ask only how it is, until the machine answers that; raises MachineSilent, PortLost."""
        probe = self._tongue.probe
        for attempt in range(1, _TRIES + 1):
            try:
                reply = self._ask(probe)
            except MachineSilent:
                if attempt == _TRIES:
                    raise
                continue
            if self._tongue.is_proof(reply):
                log.info("%s is back", self.machine)
                self._quarantined = False
                return
        raise MachineSilent(self.machine, probe.word)

    def _await(self, word: str, seconds: float) -> Reply | None:
        """Return the answer to a word; None after so long, however much else is said meanwhile."""
        deadline = time.monotonic() + seconds
        while True:
            reply = self._next(max(0.0, deadline - time.monotonic()))
            if reply is not None and self._tongue.answers(reply, word):
                return reply
            if reply is not None:
                self._sort(reply)
            if time.monotonic() >= deadline and not self._inbox:
                return None

    def _drain(self) -> None:
        """Sort what arrived already; a machine that never stops talking is not waited for."""
        deadline = time.monotonic() + self.times.answer
        while (stale := self._next(0.0)) is not None:
            self._sort(stale)
            if time.monotonic() >= deadline and not self._inbox:
                return

    def _next(self, seconds: float) -> Reply | None:
        """Return the next reply; None when none is complete after one read of at most so long."""
        if not self._inbox:
            self._inbox.extend(self._tongue.feed(self._link.receive(seconds)))
        return self._inbox.popleft() if self._inbox else None

    def _sort(self, reply: Reply) -> None:
        run = self._tongue.run_of(reply)
        if run is not None:
            self.runs.append(run)
        word = self._tongue.word_of(reply)
        if word:
            self._pay(word)
        elif run is None:
            self.strange += 1

    def _pay(self, word: str) -> None:
        """Strike a debt that a late answer pays; one that names no question pays any."""
        debt = next(iter(self._owed), "") if word == ANY_WORD else word
        if self._owed[debt] > 1:
            self._owed[debt] -= 1
        else:
            del self._owed[debt]
