"""The commands of Panasonic LP laser markers as pure bytes: no port, no clock.

Facts are from the manual of the LP-GS in LP-400/V compatible mode (ME-LP-GS-SR-COMP-3, pages 33,
34, 56 to 64 and 72; machine protocol notes §1.7), save one: the digit after ``MRK S``. What was
read of the page on the trigger shows none for a single one, so ``1`` is inferred and must be tried
at commissioning; a machine that wants something else refuses it, and nothing is marked.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from stockpile.adapters.marking import texts
from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.pieces import Pieces
from stockpile.adapters.marking.talk import ANY_WORD, Run
from stockpile.domain.errors import MarkNotPossible

LONGEST_TEXT: Final = 99
"""Letters of one text per trigger (manual, page 72)."""

ALPHABET: Final = frozenset(f"{string.ascii_letters}{string.digits} -./")
"""What a text may hold. The machine takes more, but ``%`` begins its functions."""

REPEATABLE: Final = frozenset(
    {"STSR", "FNOR", "FNMR", "MSTR", "FNOS", "MSTS", "MKMS", "LSRS", "SHTS", "SINS"}
)
"""Commands that do no harm twice; the trigger MRK may. A second SIN is refused by the machine."""

TRIGGER: Final = "MRKS"

REFUSALS: Mapping[str, str] = {
    "01": "wrong start code",
    "02": "wrong end code",
    "03": "not now: the shutter is open, or setting is not permitted",
    "04": "no such command",
    "05": "wrong checksum",
    "06": "wrong length",
    "07": "the terminal has priority",
    "08": "wrong sub command",
    "09": "wrong data",
    "10": "alarm",
    "11": "no text is wanted now",
    "12": "no memory left for the file",
    "14": "not supported",
    "15": "value not supported",
    "99": "other",
}
"""What the machine means by its codes. A refused command is wholly without effect (page 34)."""

_TELLS_NOTHING: Final = "99"
_STX, _ACK, _NAK, _CR = 0x02, 0x06, 0x15, b"\r"
_STARTS = (_STX, _ACK, _NAK)
_FILLING = b"\n\x00"
"""What may stand between frames: the rest of CR LF, and NUL (LP-M manual, page 28)."""
_FILE = re.compile(r"\d{1,4}")
_STATUS = re.compile(r"([01])([012])([01])([01])([01])")
_READ = re.compile(r"([A-Z]{3})A(.*)", re.DOTALL)
_REPORT = re.compile(r"0000|E\d{3}")
_CODE = re.compile(r"\d\d")
_SUM_DIGITS = 2


class Kind(Enum):
    """What kind of frame a reply is."""

    DONE = "done"
    REFUSED = "refused"
    READ = "read"
    GARBLED = "garbled"


class Pumping(Enum):
    """How far the laser is pumped."""

    OFF = "0"
    PREPARING = "1"
    DONE = "2"


@dataclass(frozen=True, slots=True)
class Reply:
    """One frame of the machine: a yes, a no with its code, or what was read out of a command."""

    kind: Kind
    command: str = ""
    data: str = ""

    @property
    def is_report(self) -> bool:
        """Whether it is the unasked report of how a marking ended; it is longer than a read-out."""
        return self.kind is Kind.READ and self.command == "MST" and len(self.data) > 1

    @property
    def said(self) -> str:
        """The reply in words, for a message."""
        if self.kind is Kind.REFUSED:
            return f"NAK {self.data} {REFUSALS.get(self.data, '')}".strip()
        return f"{self.command}{self.data}" or self.kind.value

    @property
    def proves_no_start(self) -> bool:
        """Whether a trigger answered so has surely started nothing, as far as the code tells."""
        return self.kind is Kind.REFUSED and self.data in REFUSALS and self.data != _TELLS_NOTHING


@dataclass(frozen=True, slots=True)
class Status:
    """An STS answer.

    ``takes_settings`` is also said of a machine with a closed shutter. ``trigger_ready`` is off
    while it marks and while it waits for its text, and this status does not tell these apart.
    """

    failed: bool
    pumping: Pumping
    takes_settings: bool
    trigger_ready: bool
    at_intervals: bool

    @property
    def is_ready(self) -> bool:
        """Whether a trigger would mark now; the manual writes it ``02110``."""
        return (
            self.trigger_ready
            and self.pumping is Pumping.DONE
            and not (self.failed or self.takes_settings or self.at_intervals)
        )


class Framer:
    """Cuts frames out of bytes that arrive in any pieces; ``summed`` when each ends in a sum."""

    def __init__(self, *, summed: bool) -> None:
        self._summed = summed
        self._pieces = Pieces(_CR)

    @property
    def kept(self) -> int:
        """How many bytes wait for the end of their frame."""
        return self._pieces.kept

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the frames that are complete now, in order."""
        return tuple(
            reply for frame in self._pieces.feed(arrived) for reply in self._replies(frame)
        )

    def _replies(self, frame: bytes) -> tuple[Reply, ...]:
        start = max(frame.rfind(code) for code in _STARTS)
        before = frame if start < 0 else frame[:start]
        noise = (Reply(Kind.GARBLED),) if before.strip(_FILLING) else ()
        return noise if start < 0 else (*noise, self._reply(frame[start:]))

    def _reply(self, frame: bytes) -> Reply:
        body = _unsummed(frame) if self._summed else frame[1:]
        text = None if body is None else _decoded(body)
        if text is None:
            return Reply(Kind.GARBLED)
        if frame[0] == _ACK:
            return Reply(Kind.DONE) if text == "00" else Reply(Kind.GARBLED)
        if frame[0] == _NAK:
            return Reply(Kind.REFUSED, "", text) if _CODE.fullmatch(text) else Reply(Kind.GARBLED)
        found = _READ.fullmatch(text)
        return Reply(Kind.READ, found[1], found[2]) if found else Reply(Kind.GARBLED)


def _unsummed(frame: bytes) -> bytes | None:
    """Return the frame's body when its sum is right."""
    told = frame[-_SUM_DIGITS:]
    return frame[1:-_SUM_DIGITS] if told == checksum(frame[:-_SUM_DIGITS]) else None


def _decoded(body: bytes) -> str | None:
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None


def checksum(frame: bytes) -> bytes:
    """Return the sum of the frame from its start code, as the machine writes it."""
    return b"%02X" % (sum(frame) & 0xFF)


def encode(command: str, *, summed: bool) -> bytes:
    """Return the command's bytes.

    Raises MarkNotPossible when the command would end early on the wire.
    """
    if not command.isascii() or not command.isprintable():
        raise MarkNotPossible(command, "character")
    frame = bytes([_STX]) + command.encode("ascii")
    return frame + (checksum(frame) if summed else b"") + _CR


def order(command: str, *, summed: bool) -> Order:
    """Return the command as an order, with the table's word on repeating it."""
    word = command[:4]
    return Order(encode(command, summed=summed), word in REPEATABLE, word)


def file_number(layout: str) -> str:
    """Return a file's number as the machine writes it; raises MarkNotPossible when it is none."""
    if _FILE.fullmatch(layout) is None or not layout.isascii():
        raise MarkNotPossible(layout, "layout")
    return layout.zfill(4)


def set_text(text: str) -> str:
    """Return the command that gives text 00 for the next trigger; raises MarkNotPossible."""
    check_text(text)
    return f"SINS00{text}"


def check_text(text: str) -> None:
    """Raise MarkNotPossible unless the machine can mark exactly this text."""
    texts.check(text, ALPHABET, LONGEST_TEXT)


def status_of(reply: Reply) -> Status | None:
    """Return the status in the reply; None when it is none that the table knows."""
    is_status = reply.kind is Kind.READ and reply.command == "STS"
    found = _STATUS.fullmatch(reply.data) if is_status else None
    if found is None:
        return None
    return Status(
        failed=found[1] == "1",
        pumping=Pumping(found[2]),
        takes_settings=found[3] == "0",
        trigger_ready=found[4] == "1",
        at_intervals=found[5] == "1",
    )


def run_of(reply: Reply) -> Run | None:
    """Return what a report says about a run; None when the reply is about something else.

    Warnings that do not break a marking off are reported as a normal end (page 64).
    """
    if not reply.is_report or not _REPORT.fullmatch(reply.data):
        return None
    return Run.FINISHED if reply.data == "0000" else Run.STOPPED


class PanasonicTongue:
    """The family's words for a talk."""

    def __init__(self, *, summed: bool) -> None:
        self._framer = Framer(summed=summed)
        self.probe = order("STSR", summed=summed)

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the frames that are complete now."""
        return self._framer.feed(arrived)

    def answers(self, reply: Reply, word: str) -> bool:
        """Say whether the reply answers an order of this word; yes and no name no command."""
        match reply.kind:
            case Kind.DONE:
                return word.endswith("S")
            case Kind.REFUSED:
                return True
            case Kind.READ:
                return not reply.is_report and word == f"{reply.command}R"
            case Kind.GARBLED:
                return False

    def is_proof(self, reply: Reply) -> bool:
        """Say whether the reply is a status that the table knows."""
        return status_of(reply) is not None

    def run_of(self, reply: Reply) -> Run | None:
        """Return what the reply says about a run."""
        return run_of(reply)

    def word_of(self, reply: Reply) -> str:
        """Return the word of the order that it answers; a yes or a no may belong to any."""
        if reply.kind in {Kind.DONE, Kind.REFUSED}:
            return ANY_WORD
        known = reply.kind is Kind.READ and not reply.is_report
        return f"{reply.command}R" if known else ""

    def refuses(self, reply: Reply) -> bool:
        """Say whether the reply is a no."""
        return reply.kind is Kind.REFUSED
