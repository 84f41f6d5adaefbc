"""The driver of InfoSight machines: a variant of the Telesis frames of which little is known. Beta.

Known from a vendor data sheet (machine protocol notes §1.6): the frame's layout, the types, that
the marker may speak first, and that newer firmware repeats a text it took. Not found: the rule of
the BCC, the status table, what an answer looks like. So a start is never claimed to be refused, an
end is never claimed at all, and every mark is read back.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from stockpile.adapters.marking.address import at_speed
from stockpile.adapters.marking.link import Link, OpenLink, Order
from stockpile.adapters.marking.talk import Run, Times
from stockpile.adapters.marking.telesis import words
from stockpile.adapters.marking.telesis.frames import Framer, Reply, encode
from stockpile.adapters.marking.telesis.marker import BAUD
from stockpile.adapters.marking.telesis.talk import TIMES, TypedTalk
from stockpile.domain.errors import (
    MachineMisread,
    MachineRefused,
    MachineStranger,
    MarkNotPossible,
    PortLost,
    StopByHand,
    Unavailable,
)
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
    Work,
)

DEFAULT_BUFFER: Final = "1"
"""The message buffer on the machine whose one line of text is text field 1."""

FIELD, ASSIGN, ASSIGNED, LINK, ONLINE, START = "1", "A", "B", "C", "O", "G"
REPEATABLE: Final = frozenset({*"12345", ASSIGN, ASSIGNED, LINK, ONLINE, "S", "T"})
"""Types that do no harm when the machine gets them twice."""

CAPABILITIES: Final = Capabilities(
    evidence=0,
    can_read_back=True,
    can_abort=False,
    longest_text=words.LONGEST_TEXT,
    alphabet=words.ALPHABET,
    end="none",
    repeatable=REPEATABLE,
    beta=True,
)

_BUFFER: Final = re.compile(r"[0-9]{1,3}")


def order(kind: str, data: str = "") -> Order:
    """Return the request as an order, without a BCC: its rule is not known and it may be left out.

    Raises MarkNotPossible for data that is not plain ASCII.
    """
    return Order(encode(kind, data, sealed=False), kind in REPEATABLE, kind)


class InfoSightTongue:
    """The family's words for a talk."""

    def __init__(self) -> None:
        self._framer = Framer(sealed=False)
        self.probe = order(LINK)

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the frames that are complete now."""
        return self._framer.feed(arrived)

    def answers(self, reply: Reply, word: str) -> bool:
        """Say whether the frame is of this type; START is only answered by a plain yes or no."""
        if word == START and reply.yes is None:
            return False
        return not reply.flaw and reply.kind == word

    def is_proof(self, reply: Reply) -> bool:
        """Say whether the frame answers the link check."""
        return reply.kind == LINK and not reply.flaw

    def run_of(self, _reply: Reply) -> Run | None:
        """Return None: what the machine says of itself is not known."""
        return None

    def word_of(self, reply: Reply) -> str:
        """Return the frame's type; "" when it is strange."""
        return reply.kind if reply.kind in {*REPEATABLE, START} and not reply.flaw else ""

    def refuses(self, reply: Reply) -> bool:
        """Say whether the frame is a no."""
        return reply.yes is False


class InfoSightMarker:
    """An InfoSight machine on an open link; one thread at a time, except for ``abort``."""

    def __init__(self, machine: MachineSet, link: Link, times: Times | None = None) -> None:
        self._machine = machine
        self.talk = TypedTalk(machine.name, link, InfoSightTongue(), times or TIMES)
        self._text = ""
        self._started: StartResult | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What this driver can promise."""
        return CAPABILITIES

    @property
    def start_bytes(self) -> bytes:
        """The exact bytes that START will put on the wire, for the journal."""
        return order(START).frame

    def identity(self) -> str:
        """Return "": no word for who it is was found. Raises MachineSilent, PortLost."""
        self.status()
        return ""

    def status(self) -> MachineState:
        """Ask whether anyone is there: that it answers is all that "ready" means here.

        Raises MachineSilent, PortLost.
        """
        no = self.talk.insist(order(LINK)).yes is False
        return MachineState.NOT_READY if no else MachineState.READY

    def fingerprint(self) -> str:
        """Return "": no way to read a message layout was found."""
        return ""

    def prepare(self, work: Work) -> None:
        """Assign the buffer and set the text, which the machine must repeat; no run.

        Raises MarkNotPossible, MachineRefused, MachineMisread (older firmware repeats nothing: it
        cannot be used), MachineStranger (an identity is on record), MachineSilent, PortLost.
        """
        self.talk.outlet.unarm()
        self._text, self._started = "", None
        words.check_text(work.text)
        buffer = self._machine.layout or DEFAULT_BUFFER
        if _BUFFER.fullmatch(buffer) is None:
            raise MarkNotPossible(buffer, "layout")
        self.talk.clear()
        if self._machine.identity:
            raise MachineStranger(self._machine.name, self._machine.identity, self.identity())
        self._tell(order(LINK))
        self._tell(order(ONLINE))
        self._tell(order(ASSIGN, buffer))
        self._compare(buffer, self._tell(order(ASSIGNED)).data)
        self._put(work.text)
        self._text = work.text
        self.talk.outlet.arm()

    def start(self) -> StartResult:
        """Put exactly one START on the wire, ever, for what was prepared; never raises.

        Asked again, it sends nothing. REFUSED only when nothing was sent: what the machine means by
        a no is not known, so that one is UNCERTAIN.
        """
        if self._started is None:
            self._started = self._start() if self._still_there() else StartResult.REFUSED
        return self._started

    def watch(self, seconds: float) -> EndResult:
        """Listen a moment for a lost cable; UNTOLD, for no end can be told. Never raises."""
        if self._started in {None, StartResult.REFUSED}:
            return EndResult.SILENT
        try:
            self.talk.listen(min(seconds, self.talk.times.settle))
        except PortLost:
            return EndResult.LINK_LOST
        accepted = self._started is StartResult.ACCEPTED
        return EndResult.UNTOLD if accepted else EndResult.SILENT

    def evidence(self) -> Evidence:
        """Ask whether it answers; its text cannot be asked for. Raises MachineSilent, PortLost."""
        return Evidence(self.status(), None)

    def disarm(self) -> None:
        """Blank the text, unless a run may be under way: nobody knows what that would cut.

        After a start the text stays in the machine until the next job: its pedal must be guarded.
        Raises MachineSilent, PortLost, MachineRefused, MachineMisread.
        """
        self.talk.outlet.unarm()
        if self._started in {None, StartResult.REFUSED}:
            self._put("")

    def abort(self) -> None:
        """Let no START follow, and raise StopByHand: no stop over the wire is known."""
        self.talk.outlet.unarm()
        raise StopByHand(self._machine.name)

    def close(self) -> None:
        """Let go of the port; an unused START goes with it."""
        self.talk.close()

    def _start(self) -> StartResult:
        if not self.talk.outlet.armed:
            return StartResult.REFUSED
        with suppress(PortLost):
            reply = self.talk.go(order(START))
            if reply is not None and reply.yes:
                return StartResult.ACCEPTED
        return StartResult.UNCERTAIN

    def _still_there(self) -> bool:
        """Set the text afresh, because a restart may have lost it; nothing is started if not."""
        if not self._text:
            return False
        with suppress(Unavailable):
            self._put(self._text)
            self.talk.clear()
            return True
        return False

    def _put(self, text: str) -> None:
        self._compare(text, self._tell(order(FIELD, text)).data)

    def _compare(self, sent: str, told: str) -> None:
        if told != sent:
            raise MachineMisread(self._machine.name, sent, told)

    def _tell(self, order: Order) -> Reply:
        """Give an order that may be repeated; anything but a no goes on."""
        reply = self.talk.insist(order)
        if reply.yes is False:
            raise MachineRefused(self._machine.name, order.word)
        return reply


def open_infosight(
    machine: MachineSet, open_link: OpenLink, times: Times | None = None
) -> InfoSightMarker:
    """Open an InfoSight machine: a serial port, ``socket://`` or ``listen://``.

    Raises PortMissing, MachineDidNotCall.
    """
    return InfoSightMarker(machine, open_link(at_speed(machine.url, BAUD)), times)
