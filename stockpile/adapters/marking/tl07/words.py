"""The TL07 commands of Gravotech and Technifor machines as pure bytes: no port, no clock.

Facts are from public driver source for the UC500 and XF510 (machine protocol notes §1.1); none is
from a vendor manual. Commands go out as a line on TCP and in a counted frame on RS-232; answers
are lines ended by CR LF on both.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

from stockpile.adapters.marking import texts
from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.pieces import Pieces
from stockpile.adapters.marking.talk import ANY_WORD, Run
from stockpile.domain.errors import MarkNotPossible

LONGEST_TEXT = 64
"""Bytes of UTF-8 in one text: far below any frame limit, above any marking scheme."""

ALPHABET = frozenset(
    f"{string.ascii_letters}{string.digits} -./+:()#"
    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"  # a mark may be Greek (EU 2019/68)
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЈЉЊЋЏ"  # or Cyrillic
)
"""What a text may hold: nothing that ends a command, a quoted word or a layout's field."""

REPEATABLE = frozenset({"ST", "VG", "VS", "LD", "LS", "GI", "GP", "GF", "AM", "AD"})
"""Commands that do no harm when the machine gets them twice; GO and all others may."""

_WORDS = REPEATABLE | {"GO", "ER", "OG", "SP", "PF", "GF", "RM"}
_LAYOUT = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_STATUS = re.compile(r"ST (\d{1,3}) (\d{1,3}) (\d)")
_ERROR = re.compile(r"ER (\d) (\d{1,3})")
_QUOTED = re.compile(r'(?:VG )?(?:\d )?"(.*)"')
_ESCAPE = b"\x1b\x00"
_LONGEST_FRAME = 0xFFFF


class Framing(Enum):
    """How a command is wrapped."""

    SERIAL = "serial"
    TCP = "tcp"


class State(IntEnum):
    """The state number of an ST answer."""

    INIT = 1
    ALIVE = 2
    READY = 4
    MARKING = 8
    PAUSED = 16
    FAULT = 32


class Mode(IntEnum):
    """The mode number of an ST answer; only NORMAL cuts metal when told to and not otherwise."""

    NORMAL = 0
    AUTONOMOUS = 1
    SIMULATION = 2


RUNS: Mapping[str, Run] = {
    "GO M": Run.STARTED, "GO F": Run.FINISHED, "GO P": Run.PAUSED, "GO S": Run.STOPPED,
}  # fmt: skip
"""What the machine says about a run, at its start or later without being asked."""


ERRORS: Mapping[tuple[int, int], str] = {
    (1, 1): "unknown command",
    (1, 2): "not enough parameters",
    (1, 3): "too many parameters",
    (1, 4): "wrong parameter",
    (1, 5): "cannot open file",
    (1, 6): "unknown parameter",
    (1, 7): "wrong parameter value",
    (1, 8): "file size limit",
    (1, 9): "not a string",
    (2, 1): "wrong state: init",
    (2, 2): "wrong state: alive",
    (2, 4): "wrong state: ready",
    (2, 8): "wrong state: marking",
    (2, 16): "wrong state: paused",
    (2, 32): "wrong state: fault",
    (3, 1): "overloaded",
    (3, 2): "internal transmission",
    (3, 3): "internal reception",
    (3, 4): "memory full",
    (3, 5): "no fault to acknowledge",
    (3, 6): "cannot acknowledge, origin required",
    (3, 7): "stop marking is open",
    (3, 8): "start closed at power on, or out of range",
    (3, 9): "acknowledgement failed",
    (4, 1): "reserved to the master",
}
"""What the machine means by ``ER type detail``, in the words of the protocol."""

_NO_PROOF = {(2, 8), (2, 16), (3, 2), (3, 3)}
"""Errors after which metal may be cut all the same: it marks already, or lost a message inside."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete line of the machine; garbled when it cannot be one of its own."""

    text: str
    garbled: bool = False

    @property
    def word(self) -> str:
        """The command word that the line begins with; empty when it begins with none."""
        word = self.text.split(" ", 1)[0]
        return word if word in _WORDS and not self.garbled else ""


@dataclass(frozen=True, slots=True)
class Status:
    """An ST answer."""

    state: State
    rearm: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Error:
    """An ER answer; its meaning is empty when the table does not have it."""

    kind: int
    detail: int

    @property
    def meaning(self) -> str:
        """The table's words for it."""
        return ERRORS.get((self.kind, self.detail), "")

    @property
    def proves_no_start(self) -> bool:
        """Whether a GO answered so has surely started nothing."""
        return bool(self.meaning) and (self.kind, self.detail) not in _NO_PROOF


class Framer:
    """Cuts complete lines out of bytes that arrive in any pieces; a partial line stays inside."""

    def __init__(self) -> None:
        self._pieces = Pieces(b"\n")

    @property
    def kept(self) -> int:
        """How many bytes wait for the end of their line."""
        return self._pieces.kept

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the lines that are complete now, in order."""
        return tuple(map(_reply, self._pieces.feed(arrived)))


def _reply(line: bytes) -> Reply:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return Reply("", garbled=True)
    body = text.removesuffix("\r")
    return Reply(body, garbled=body == text or not body.isprintable())


def encode(command: str, framing: Framing) -> bytes:
    """Return the command's bytes; the length in a serial frame counts UTF-8 bytes.

    Raises MarkNotPossible when the command would end early on the wire, or is too long.
    """
    payload = command.encode("utf-8")
    if framing is Framing.TCP:
        if b"\r" in payload:
            raise MarkNotPossible(command, "character")
        return payload + b"\r"
    if len(payload) > _LONGEST_FRAME:
        raise MarkNotPossible(command, "length")
    return _ESCAPE + len(payload).to_bytes(2, "big") + payload + b"\r"


def order(command: str, framing: Framing) -> Order:
    """Return the command as an order, with the table's word on repeating it."""
    word = command.split(" ", 1)[0]
    return Order(encode(command, framing), word in REPEATABLE, word)


def load(layout: str) -> str:
    """Return the command that loads a layout for one marking in normal mode.

    The count of one is a guard inside the machine. Raises MarkNotPossible for a name that is none.
    """
    if _LAYOUT.fullmatch(layout) is None:
        raise MarkNotPossible(layout, "layout")
    return f'LD "{layout}" 1 N'


def read_file(layout: str) -> str:
    """Return the command that reads a layout file back; raises as ``load``."""
    if _LAYOUT.fullmatch(layout) is None:
        raise MarkNotPossible(layout, "layout")
    return f'GF "{layout}"'


def set_text(text: str) -> str:
    """Return the command that puts a text into variable 0; an empty one blanks it.

    Raises MarkNotPossible for any text outside the white list: it goes out between quotes.
    """
    if text:
        check_text(text)
    return f'VS 0 "{text}"'


def check_text(text: str) -> None:
    """Raise MarkNotPossible unless the machine can hold and give back exactly this text."""
    texts.check(text, ALPHABET, LONGEST_TEXT, lambda one: len(one.encode("utf-8")))
    if Reply(text).word:
        # Some firmware reads a text back bare; this one would then look like another answer.
        raise MarkNotPossible(text, "command")


def run_of(reply: Reply) -> Run | None:
    """Return what the line says about a run; None when it is about something else."""
    return None if reply.garbled else RUNS.get(reply.text)


def status_of(reply: Reply) -> Status | None:
    """Return the status in the line; None when it is none that the table knows."""
    found = None if reply.garbled else _STATUS.fullmatch(reply.text)
    if found is None:
        return None
    try:
        return Status(State(int(found[1])), int(found[2]), Mode(int(found[3])))
    except ValueError:
        return None


def error_of(reply: Reply) -> Error | None:
    """Return the error in the line; None when it is none."""
    found = None if reply.garbled else _ERROR.fullmatch(reply.text)
    return Error(int(found[1]), int(found[2])) if found else None


def text_of(reply: Reply) -> str | None:
    """Return the text in a VG answer, quoted or bare; None when the line answers something else."""
    if reply.garbled or reply.word not in {"", "VG"}:
        return None
    found = _QUOTED.fullmatch(reply.text)
    return found[1] if found else reply.text.removeprefix("VG ")


def answers(reply: Reply, word: str) -> bool:
    """Say whether the line answers a command of this word: by the word, or as an error."""
    if reply.garbled:
        return False
    if word == "VG":
        return reply.word == "ER" or text_of(reply) is not None
    if word in {"GI", "GF"}:
        return reply.word in {"", word, "ER"}
    return reply.word in {word, "ER"}


class Tl07Tongue:
    """The family's words for a talk."""

    def __init__(self, framing: Framing) -> None:
        self._framer = Framer()
        self.probe = order("ST", framing)

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the lines that are complete now."""
        return self._framer.feed(arrived)

    def answers(self, reply: Reply, word: str) -> bool:
        """Say whether the line answers an order of this word; GO itself only as ``GO M`` or no."""
        if word == "GO":
            return run_of(reply) is Run.STARTED or error_of(reply) is not None
        return answers(reply, word)

    def is_proof(self, reply: Reply) -> bool:
        """Say whether the line is a status that the table knows."""
        return status_of(reply) is not None

    def run_of(self, reply: Reply) -> Run | None:
        """Return what the line says about a run."""
        return run_of(reply)

    def word_of(self, reply: Reply) -> str:
        """Return the line's word; an error names no question."""
        return ANY_WORD if reply.word == "ER" else reply.word

    def refuses(self, reply: Reply) -> bool:
        """Say whether the line is an error."""
        return error_of(reply) is not None
