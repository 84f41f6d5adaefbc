"""The words of GRBL 1.1 as pure bytes: no port, no clock.

Facts are from the firmware's own interface document and source (machine protocol notes §3). A line
ends with LF and is answered by ``ok`` or ``error:N``, which name nothing; realtime bytes are taken
out of the stream wherever they stand and have no line. There is no checksum.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.pieces import Pieces
from stockpile.domain.errors import MarkNotPossible

STATUS = b"?"
HOLD = b"!"
RESUME = b"~"
RESET = b"\x18"
DOOR = b"\x84"
CHECK = "$C"
HOME = "$H"
UNLOCK = "$X"
SETTINGS = "$$"
BUILD = "$I"
SYNC = "G4 P0.01"
"""Dwells for a moment, and before that waits until every move is made."""
PROGRAM_END = "[MSG:Pgm End]"
"""What the machine says unasked when M2 has waited for the last move."""

LONGEST_LINE = 78
"""Characters of one line: the firmware's line buffer has 80 with the end of the line."""

REPEATABLE = frozenset({"?", "!", "\x18", SETTINGS, BUILD, CHECK, SYNC})
"""What does no harm when the machine gets it twice; ``~``, ``$H`` and every cut may."""

_IN_LINES = frozenset(f"{string.ascii_uppercase}{string.digits} .-$#=:")
_LONGEST_ANSWER = 1024
_ERROR = re.compile(r"error:(\d{1,3})")
_ALARM = re.compile(r"ALARM:(\d{1,3})")
_BANNER = re.compile(r"Grbl \d\S* \[.*\]")
_STARTUP = re.compile(r">.*:(ok|error:\d{1,3})")
_SETTING = re.compile(r"\$(\d{1,3})=(-?\d{1,7}(?:\.\d{1,4})?)(?: \(.*\))?")
_STATUS = re.compile(r"<([A-Z][a-z]+)(?::(\d))?((?:\|[^|<>]+)+)>")
_PLACE = re.compile(
    r"(-?\d{1,6}(?:\.\d{1,4})?),(-?\d{1,6}(?:\.\d{1,4})?),(-?\d{1,6}(?:\.\d{1,4})?)"
)


class Kind(Enum):
    """What a line of the machine is."""

    OK = "ok"
    ERROR = "error"
    ALARM = "alarm"
    STATUS = "status"
    MESSAGE = "message"
    SETTING = "setting"
    BANNER = "banner"
    STARTUP = "startup"
    EMPTY = "empty"
    GARBLED = "garbled"


Place = tuple[int, int, int]
"""Right, up and away from the metal, in micrometres."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete line of the machine, and what it is."""

    kind: Kind
    text: str = ""

    @property
    def code(self) -> int:
        """The number of an error or an alarm; 0 for all else."""
        found = _ERROR.fullmatch(self.text) or _ALARM.fullmatch(self.text)
        return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class Status:
    """An answer to ``?``: the state and where the head is, as far as this answer tells it.

    The machine tells its own place always and how far its origin lies from ours now and then, or
    our place always when it is set so.
    """

    state: str
    sub: int = 0
    machine: Place | None = None
    work: Place | None = None
    offset: Place | None = None


class Framer:
    """Cuts complete lines out of bytes that arrive in any pieces; a partial line stays inside."""

    def __init__(self) -> None:
        self._pieces = Pieces(b"\n", _LONGEST_ANSWER)

    @property
    def kept(self) -> int:
        """How many bytes wait for the end of their line."""
        return self._pieces.kept

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the lines that are complete now, in order."""
        return tuple(map(_reply, self._pieces.feed(arrived)))


def _reply(line: bytes) -> Reply:
    body = line.removesuffix(b"\r")
    if not line.endswith(b"\r") or not body.isascii():
        return Reply(Kind.GARBLED)
    text = body.decode("ascii")
    return Reply(_kind(text), text) if text.isprintable() else Reply(Kind.GARBLED)


def _kind(text: str) -> Kind:
    if text in {"", "ok"}:
        return Kind.OK if text else Kind.EMPTY
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(text):
            return kind
    return Kind.GARBLED


_KINDS: Mapping[Kind, re.Pattern[str]] = {
    Kind.STATUS: _STATUS,
    Kind.ERROR: _ERROR,
    Kind.ALARM: _ALARM,
    Kind.BANNER: _BANNER,
    Kind.STARTUP: _STARTUP,
    Kind.SETTING: _SETTING,
    Kind.MESSAGE: re.compile(r"\[.+\]"),
}


def status_of(reply: Reply) -> Status | None:
    """Return the status in the line; None when it is none."""
    found = _STATUS.fullmatch(reply.text) if reply.kind is Kind.STATUS else None
    if found is None:
        return None
    told = dict(part.split(":", 1) for part in found[3].split("|") if ":" in part)
    machine, work, offset = (_place(told.get(name, "")) for name in ("MPos", "WPos", "WCO"))
    return Status(found[1], int(found[2] or 0), machine, work, offset)


def _place(text: str) -> Place | None:
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    right, up, away = (round(float(part) * 1000) for part in found.groups())
    return right, up, away


def setting_of(reply: Reply) -> tuple[int, float] | None:
    """Return the number and value of a setting in the line; None when it has none."""
    found = _SETTING.fullmatch(reply.text) if reply.kind is Kind.SETTING else None
    return (int(found[1]), float(found[2])) if found else None


def buffers_of(reply: Reply) -> tuple[int, int] | None:
    """Return how many moves and how many bytes the machine keeps, as its build line tells it."""
    found = re.fullmatch(r"\[OPT:[^,\]]*,(\d{1,4}),(\d{1,5})\]", reply.text)
    return (int(found[1]), int(found[2])) if found else None


def encode(line: str) -> bytes:
    """Return the line's bytes.

    Raises MarkNotPossible for a line that the machine would cut off, or in which it would find a
    realtime order, a comment or the end of another line.
    """
    if not line or not _IN_LINES.issuperset(line):
        raise MarkNotPossible(line, "character")
    if len(line) > LONGEST_LINE:
        raise MarkNotPossible(line, "length")
    return f"{line}\n".encode("ascii")


def order(line: str, *, repeatable: bool) -> Order:
    """Return the line as an order; raises as ``encode``."""
    return Order(encode(line), repeatable, line)
