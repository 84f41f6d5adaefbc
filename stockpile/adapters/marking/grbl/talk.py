"""The talk with a GRBL machine: what it says is sorted as it arrives, because answers have no name.

``ok`` and ``error`` are kept until somebody waits for one; a status, a banner, an alarm and the end
of a program may come at any time and are noted.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from typing import NoReturn

from stockpile.adapters.marking.grbl import words
from stockpile.adapters.marking.grbl.words import Framer, Kind, Place, Reply, Status
from stockpile.adapters.marking.link import Link, Order, Outlet
from stockpile.adapters.marking.talk import Times
from stockpile.domain.errors import MachineSilent

log = logging.getLogger(__name__)

_READ = 0.02
_ASKINGS = 40
"""How often to ask at most until the machine tells its origin: every thirtieth answer has it."""


class GrblTalk:
    """One machine's link: sends, and remembers what was heard.

    ``answers`` are the oks and errors that nobody has waited for, ``said`` all other lines of the
    answer that is being collected; ``banners`` counts restarts, ``alarm`` is the last alarm's
    line, ``ended`` whether a program's end was told.
    """

    def __init__(self, machine: str, link: Link, times: Times) -> None:
        self.machine = machine
        self.times = times
        self.outlet = Outlet(link)
        self.answers: deque[Reply] = deque()
        self.said: list[Reply] = []
        self.banners = 0
        self.alarm = ""
        self.ended = False
        self._link = link
        self._framer = Framer()
        self._statuses: deque[Status] = deque(maxlen=1)
        self._offset: Place | None = None
        self._doubtful = False

    def status(self) -> Status:
        """Ask how it is and where; raises MachineSilent, PortLost."""
        self._statuses.clear()
        self.outlet.send(Order(words.STATUS, repeatable=True, word="?"))
        deadline = time.monotonic() + self.times.answer
        while not self._statuses:
            left = deadline - time.monotonic()
            if left <= 0:
                self._quiet("?")
            self.read(left)
        return self._statuses[0]

    def place(self) -> tuple[Status, Place | None]:
        """Ask how it is and where it is as our zero sees it; None when the answer does not tell.

        Raises MachineSilent, PortLost.
        """
        status = self.status()
        if status.work is not None:
            return status, status.work
        if status.machine is None or self._offset is None:
            return status, None
        right, up, away = (
            here - zero for here, zero in zip(status.machine, self._offset, strict=True)
        )
        return status, (right, up, away)

    def find_zero(self) -> bool:
        """Ask until the machine has told how far its own zero lies from ours; false if it does not.

        Raises MachineSilent, PortLost.
        """
        self._offset = None
        return any(self.place()[1] is not None for _ in range(_ASKINGS))

    def is_astray(self) -> bool:
        """Say whether the head is where its count began, and that is not where ours does.

        So it stands when it was switched on and nobody has set our zero since; and when it was
        heard starting, it has no zero of ours either. Raises MachineSilent, PortLost.
        """
        machine = self.status().machine
        at_its_beginning = machine is not None and not any(machine)
        return at_its_beginning and (any(self._offset or ()) or self.banners > 0)

    def tell(self, line: str) -> tuple[Reply, ...]:
        """Give an order that may be repeated; return the lines of its answer, the verdict last.

        Raises MachineSilent, PortLost.
        """
        self.settle()
        self.outlet.send(words.order(line, repeatable=True))
        verdict = self.verdict(self.times.answer)
        if verdict is None:
            self._doubtful = True
            self._quiet(line)
        return (*self.said, verdict)

    def settle(self) -> None:
        """Drop every answer that nobody waits for any more.

        After a silence only a status, which is nothing but itself, shows that the machine is back.
        Raises MachineSilent, PortLost.
        """
        if self._doubtful:
            self.status()
            self.read(self.times.pause)
            self._doubtful = False
        self.answers.clear()
        self.said.clear()

    def verdict(self, seconds: float) -> Reply | None:
        """Return the next ok or error, waiting at most so long; raises PortLost.

        None comes early when the machine restarted or is in alarm: no verdict will follow.
        """
        deadline = time.monotonic() + seconds
        banners = self.banners
        while not self.answers:
            left = deadline - time.monotonic()
            if left <= 0 or self.banners > banners or self.alarm:
                return None
            self.read(left)
        return self.answers.popleft()

    def reset(self) -> bool:
        """Reset the machine by its own order and wait for its banner; false if none came.

        What it was told and has not done yet is forgotten there. Raises PortLost.
        """
        banners = self.banners
        self.outlet.send(Order(words.RESET, repeatable=True, word="reset"))
        deadline = time.monotonic() + self.times.answer
        while self.banners == banners and (left := deadline - time.monotonic()) > 0:
            self.read(left)
        back = self.banners > banners
        if back:
            self.read(self.times.pause)
            self.forget()
        return back

    def stop(self) -> None:
        """Hold, then reset: nothing the machine was told goes on. From any thread; no line follows.

        Raises PortLost.
        """
        self.outlet.send_last(Order(words.HOLD, repeatable=True, word="!"))
        time.sleep(self.times.pause)
        self.outlet.send_last(Order(words.RESET, repeatable=True, word="reset"))
        # A port that is closed at once takes back what the wire has not carried yet.
        time.sleep(self.times.pause)

    def forget(self) -> None:
        """Forget all that was heard until now, and start afresh."""
        self.answers.clear()
        self.said.clear()
        self.banners, self.alarm, self.ended = 0, "", False

    def read(self, seconds: float) -> None:
        """Take in what arrives, waiting at most so long for the first byte; raises PortLost."""
        for reply in self._framer.feed(self._link.receive(min(seconds, _READ))):
            self._sort(reply)

    def close(self) -> None:
        """Let go of the link."""
        self.outlet.unarm()
        self._link.close()

    def _sort(self, reply: Reply) -> None:
        match reply.kind:
            case Kind.OK | Kind.ERROR:
                self.answers.append(reply)
            case Kind.STATUS:
                self._note(reply)
            case Kind.BANNER:
                self.banners += 1
            case Kind.ALARM:
                self.alarm = reply.text
            case Kind.MESSAGE if reply.text == words.PROGRAM_END:
                self.ended = True
            case Kind.MESSAGE | Kind.SETTING:
                self.said.append(reply)
            case _:
                pass

    def _note(self, reply: Reply) -> None:
        status = words.status_of(reply)
        if status is not None:
            self._offset = status.offset or self._offset
            self._statuses.append(status)

    def _quiet(self, word: str) -> NoReturn:
        log.info("%s went quiet at %s", self.machine, word)
        self._link.drop_output()
        raise MachineSilent(self.machine, word)
