"""Questions and answers with a TL07 machine over an open link, with deadlines and quarantine.

An answer is matched to its question by command word. A question without an answer puts the link
in quarantine: whatever arrives is old until the machine answers a harmless question again.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from dataclasses import dataclass

from stockpile.adapters.marking import tl07
from stockpile.adapters.marking.link import Link, Outlet
from stockpile.adapters.marking.tl07 import Framing, Reply, Run
from stockpile.domain.errors import MachineSilent

log = logging.getLogger(__name__)

_TRIES = 3
_START = "GO"


@dataclass(frozen=True, slots=True)
class Times:
    """How long to wait, in seconds."""

    answer: float = 1.5
    start: float = 2.0
    poll: float = 0.3
    settle: float = 1.5
    pause: float = 0.2


class Talk:
    """One machine's link: asks, sorts what comes back, and remembers what is still owed."""

    def __init__(self, machine: str, link: Link, framing: Framing, times: Times) -> None:
        self.machine = machine
        self.times = times
        self.outlet = Outlet(link)
        self.runs: deque[Run] = deque()
        self.strange = 0
        self._link = link
        self._framing = framing
        self._framer = tl07.Framer()
        self._inbox: deque[Reply] = deque()
        self._owed: Counter[str] = Counter()
        self._quarantined = False

    def ask(self, command: str) -> Reply:
        """Put a question that may be repeated and return its answer, which may be an error.

        Raises MachineSilent, PortLost, and MarkNotPossible for a command that cannot be sent.
        """
        if self._quarantined:
            self._recover()
        return self._ask(command)

    def ask_lines(self, command: str) -> tuple[Reply, ...]:
        """Put a question whose answer may have several lines, ended by a pause; as ``ask``."""
        first = self.ask(command)
        word = command.split(" ", 1)[0]
        replies = [first]
        while (more := self._await(word, self.times.pause)) is not None:
            replies.append(more)
        return tuple(replies)

    def start(self) -> Reply | None:
        """Send the one START; return what answered it, an empty line when nothing was sent.

        None means that nothing tells what came of it. Raises PortLost: it may have been sent.
        """
        if not self.outlet.send(tl07.order(_START, self._framing)):
            return Reply("")
        deadline = time.monotonic() + self.times.start
        while not self.runs and (left := deadline - time.monotonic()) > 0:
            reply = self._next(left)
            if reply is not None and not self._owed and tl07.error_of(reply):
                return reply
            if reply is not None and tl07.run_of(reply) is Run.STARTED:
                return reply
            if reply is not None:
                self._sort(reply)
        self.doubt(_START)
        return None

    def abort(self) -> None:
        """Send the stop command at once, without waiting; no START can follow it.

        May be called from another thread. Raises PortLost.
        """
        self.outlet.send_last(tl07.order("AM", self._framing))

    def listen(self, seconds: float) -> None:
        """Sort what arrives within the time; returns early with news of a run. Raises PortLost."""
        deadline = time.monotonic() + seconds
        while not self.runs and (left := deadline - time.monotonic()) > 0:
            reply = self._next(left)
            if reply is not None:
                self._sort(reply)

    def clear(self) -> None:
        """Forget all that arrived until now; raises PortLost."""
        while (reply := self._next(0.0)) is not None:
            self._sort(reply)
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

    def _ask(self, command: str) -> Reply:
        word = command.split(" ", 1)[0]
        while (stale := self._next(0.0)) is not None:
            self._sort(stale)
        if not self.outlet.send(tl07.order(command, self._framing)):
            raise AssertionError(command)
        reply = self._await(word, self.times.answer)
        if reply is None:
            self.doubt(word)
            raise MachineSilent(self.machine, word)
        return reply

    def _recover(self) -> None:
        """Ask only how it is, until the machine answers that; raises MachineSilent, PortLost."""
        for attempt in range(1, _TRIES + 1):
            try:
                reply = self._ask("ST")
            except MachineSilent:
                if attempt == _TRIES:
                    raise
                continue
            if tl07.status_of(reply) is not None:
                log.info("%s is back", self.machine)
                self._quarantined = False
                return
        raise MachineSilent(self.machine, "ST")

    def _await(self, word: str, seconds: float) -> Reply | None:
        deadline = time.monotonic() + seconds
        while True:
            reply = self._next(max(0.0, deadline - time.monotonic()))
            if reply is not None and tl07.answers(reply, word):
                return reply
            if reply is not None:
                self._sort(reply)
            elif time.monotonic() >= deadline:
                return None

    def _next(self, seconds: float) -> Reply | None:
        """Return the next line; None when none is complete after one read of at most so long."""
        if not self._inbox:
            self._inbox.extend(self._framer.feed(self._link.receive(seconds)))
        return self._inbox.popleft() if self._inbox else None

    def _sort(self, reply: Reply) -> None:
        run = tl07.run_of(reply)
        if run is not None:
            self.runs.append(run)
        if reply.word:
            self._pay(reply.word)
        else:
            self.strange += 1

    def _pay(self, word: str) -> None:
        """Strike a debt that a late answer pays; an error names no question, so it pays any."""
        debt = next(iter(self._owed), "") if word == "ER" else word
        if self._owed[debt] > 1:
            self._owed[debt] -= 1
        else:
            del self._owed[debt]
