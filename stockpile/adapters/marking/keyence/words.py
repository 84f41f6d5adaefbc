"""The commands of Keyence MD-X2000 and MD-X2500 laser markers as pure bytes: no port, no clock.

Facts are from public driver source that quotes the maker's command reference (machine protocol
notes §1.7): the commands, that ``WX,StartMarking`` is answered when the marking is complete, the
three answers of ``RX,Ready``, and that ``RX,MarkingResult`` is a result (1 success, 0 failure) and
a time in milliseconds. Not found: the list of errors, and what a refused ``RX`` looks like; here it
is taken to look like a refused ``WX``.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from enum import Enum
from typing import Final

from stockpile.adapters.marking import texts
from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.pieces import Pieces
from stockpile.adapters.marking.talk import Run
from stockpile.domain.errors import MarkNotPossible

LONGEST_TEXT: Final = 64
"""Letters of one text; the machine's own limit was not found, ours is above any marking scheme."""

ALPHABET: Final = frozenset(f"{string.ascii_letters}{string.digits} -./")
"""What a text may hold. A comma would begin another word of the command; all else is untried."""

REPEATABLE: Final = frozenset(
    {"Ready", "Error", "MarkingResult", "MarkedCharacter", "CharacterString", "JobNo", "Title"}
    | {"CharacterFont", "CharacterSize", "BlockPosition", "TriggerLock", "StopMarking"}
)
"""Commands that do no harm twice; StartMarking may, and ErrorClear is a person's to give."""

SET, READ = "WX", "RX"

START: Final = "WX,StartMarking=1"
STOP: Final = "WX,StopMarking"
READY: Final = "RX,Ready"
RESULT: Final = "RX,MarkingResult"
LOCK: Final = "WX,TriggerLock=1"
"""Blocks the external trigger; whoever wants to trigger by hand again unlocks it there."""

_NAME = re.compile(r",([A-Za-z]{4,})")
_LAYOUT = re.compile(r"(?P<job>\d{1,4})(?:[,.](?P<block>\d{1,3}))?")
_LAST_JOB, _LAST_BLOCK = 1999, 255
_RESULT = re.compile(r"([01]),(.*)")


class Kind(Enum):
    """What kind of line a reply is."""

    OK = "OK"
    NG = "NG"
    GARBLED = "garbled"


class Ready(Enum):
    """What RX,Ready answers."""

    ON = "0"
    ERROR = "1"
    BUSY = "2"


@dataclass(frozen=True, slots=True)
class Reply:
    """One line of the machine: of a setting (WX) or a reading (RX), a yes or a no, and its data."""

    kind: Kind
    word: str = ""
    data: str = ""

    @property
    def said(self) -> str:
        """The reply in words, for a message."""
        return " ".join(part for part in (self.kind.value, self.data) if part)


@dataclass(frozen=True, slots=True)
class Block:
    """Where the text stands on the machine: the number of a job and of a block in it."""

    job: str
    number: str

    @property
    def path(self) -> str:
        """The block as commands name it."""
        return f"JOB={self.job},BLK={self.number}"


@dataclass(frozen=True, slots=True)
class Result:
    """What RX,MarkingResult answers: whether the last marking succeeded, and its time."""

    succeeded: bool
    time: str


class Framer:
    """Cuts complete lines out of bytes that arrive in any pieces; a partial line stays inside."""

    def __init__(self) -> None:
        self._pieces = Pieces(b"\r")

    @property
    def kept(self) -> int:
        """How many bytes wait for the end of their line."""
        return self._pieces.kept

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the lines that are complete now, in order."""
        return tuple(_reply(line.removeprefix(b"\n")) for line in self._pieces.feed(arrived))


def _reply(line: bytes) -> Reply:
    try:
        text = line.decode("ascii")
    except UnicodeDecodeError:
        return Reply(Kind.GARBLED)
    word, _, rest = text.partition(",")
    told, _, data = rest.partition(",")
    known = word in {SET, READ} and told in {Kind.OK.value, Kind.NG.value}
    return Reply(Kind(told), word, data) if known and text.isprintable() else Reply(Kind.GARBLED)


def encode(command: str) -> bytes:
    """Return the command's bytes; raises MarkNotPossible if it would end early on the wire."""
    if not command.isascii() or not command.isprintable():
        raise MarkNotPossible(command, "character")
    return f"{command}\r".encode("ascii")


def order(command: str) -> Order:
    """Return the command as an order, with the table's word on repeating it.

    Its word is only that of a setting or a reading: that is all by which the machine answers.
    """
    name = _NAME.findall(command)[-1]
    return Order(encode(command), name in REPEATABLE, command[: len(SET)])


def block_of(layout: str) -> Block:
    """Return the block that a layout names: "7" or "7,003"; raises MarkNotPossible otherwise."""
    found = _LAYOUT.fullmatch(layout) if layout.isascii() else None
    if found is None:
        raise MarkNotPossible(layout, "layout")
    job, number = int(found["job"]), int(found["block"] or 0)
    if job > _LAST_JOB or number > _LAST_BLOCK:
        raise MarkNotPossible(layout, "layout")
    return Block(f"{job:04}", f"{number:03}")


def set_text(block: Block, text: str) -> str:
    """Return the command that puts a text into a block; an empty one blanks it.

    Raises MarkNotPossible for any text outside the white list.
    """
    if text:
        check_text(text)
    return f"WX,{block.path},CharacterString={text}"


def check_text(text: str) -> None:
    """Raise MarkNotPossible unless the machine can hold and give back exactly this text."""
    texts.check(text, ALPHABET, LONGEST_TEXT)
    if text in {one.value for one in Ready}:
        # Answers do not say what was asked: this text would look like an answer to RX,Ready.
        raise MarkNotPossible(text, "command")


def ready_of(reply: Reply) -> Ready | None:
    """Return what the reply says of being ready; None when it says something else."""
    if reply.kind is not Kind.OK or reply.word != READ:
        return None
    return next((one for one in Ready if one.value == reply.data), None)


def result_of(reply: Reply) -> Result | None:
    """Return the last marking's result; None when the reply is none."""
    is_reading = reply.kind is Kind.OK and reply.word == READ
    found = _RESULT.fullmatch(reply.data) if is_reading else None
    return Result(found[1] == "1", found[2]) if found else None


def text_of(reply: Reply) -> str | None:
    """Return the text that was read; None when the machine said no."""
    return reply.data if reply.kind is Kind.OK and reply.word == READ else None


class KeyenceTongue:
    """The family's words for a talk.

    No answer names its question, and that to StartMarking is its end. So while a marking is under
    way (``running``) the next answer to a setting is the end of that marking and nothing else;
    after a stop (``stopped``) it is no finished one.
    """

    def __init__(self) -> None:
        self._framer = Framer()
        self.probe = order(READY)
        self.running = False
        self.stopped = False

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the lines that are complete now."""
        return self._framer.feed(arrived)

    def answers(self, reply: Reply, word: str) -> bool:
        """Say whether the line answers an order of this word; a run's end answers none."""
        return reply.word == word and self.run_of(reply) is None

    def is_proof(self, reply: Reply) -> bool:
        """Say whether the line is an answer to RX,Ready."""
        return ready_of(reply) is not None

    def run_of(self, reply: Reply) -> Run | None:
        """Return what the line says about the run under way."""
        if not self.running or reply.word != SET:
            return None
        ended_well = reply.kind is Kind.OK and not self.stopped
        return Run.FINISHED if ended_well else Run.STOPPED

    def word_of(self, reply: Reply) -> str:
        """Return the word by which the line answers; none for the end of a run."""
        return "" if self.run_of(reply) else reply.word

    def refuses(self, reply: Reply) -> bool:
        """Say whether the line is a no."""
        return reply.kind is Kind.NG
