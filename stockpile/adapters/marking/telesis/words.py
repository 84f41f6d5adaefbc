"""The Telesis extended protocol's requests, answers and status word as pure bytes.

The types are from vendor manuals and public driver source (machine protocol notes §1.2). Read the
trust with each: what is inferred is said to be. Nothing here was heard from a real machine.
"""

from __future__ import annotations

import re
import string
from enum import IntFlag
from typing import Final

from stockpile.adapters.marking import texts
from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.talk import Run
from stockpile.adapters.marking.telesis.frames import Framer, Reply, encode
from stockpile.domain.errors import MarkNotPossible
from stockpile.services.ports import MachineState

FIELD: Final = "01"
"""The variable text field of the pattern that takes the mark."""
LONGEST_TEXT: Final = 40
"""Characters in one text: as many as the longest frame on record, above any marking scheme."""

ALPHABET: Final = frozenset(f"{string.ascii_letters}{string.digits} -./+:()#")
"""What a text may hold: plain ASCII, nothing that a pattern or a request takes for a sign.

``?`` and ``~`` turn a request into a question, ``%`` is a flag in patterns.
"""

ONLINE, PATTERN, TEXT, STATUS, SIGNALS, START = "O", "P", "V", "S", "I", "G"
REPEATABLE: Final = frozenset({ONLINE, PATTERN, TEXT, STATUS, SIGNALS, "Q", "1"})
"""Types that do no harm when the machine gets them twice; G never is one of them.

The manual has hosts resend every message after 3 s of silence, three times: for G that marks twice.
"""
TRIES: Final = 3
"""How often the manual has a host send one message before it calls the line down."""

_PATTERN = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_ENDING = ".TTP"
_STATUS = re.compile(r"[0-9A-Fa-f]{8}")


class Status(IntFlag):
    """The status word's bits, from public driver source; that it is a mask is inferred."""

    ABORTED = 0x1
    BUSY = 0x2
    LOCKED = 0x4
    ONLINE = 0x10
    HOMING = 0x20
    PRINTING = 0x40
    DRY_RUN = 0x80
    PAUSED = 0x100
    PARKING = 0x200
    BATCH = 0x400
    REPEAT = 0x800
    PREVIEW = 0x1000
    PRE_POSITION = 0x2000
    INPUT = 0x4000
    SERIAL_TOOL = 0x8000
    PULSING = 0x10000
    EXERCISE = 0x20000
    AUTO_SENSE = 0x40000


_FOR_SHOW = Status.DRY_RUN | Status.BATCH | Status.REPEAT | Status.PREVIEW | Status.EXERCISE
"""Modes in which a start marks nothing, or more than once."""
_MOVING = (
    Status.BUSY | Status.HOMING | Status.PARKING | Status.PRE_POSITION
    | Status.PULSING | Status.AUTO_SENSE
)  # fmt: skip


def order(kind: str, data: str = "") -> Order:
    """Return the request as an order, with the table's word on repeating it."""
    return Order(encode(kind, data), kind in REPEATABLE, kind)


def load(pattern: str) -> Order:
    """Return the order that loads a pattern; raises MarkNotPossible for a name that is none."""
    if _PATTERN.fullmatch(pattern) is None:
        raise MarkNotPossible(pattern, "layout")
    return order(PATTERN, pattern)


def ask_pattern() -> Order:
    """Return the question which pattern is loaded."""
    return order(PATTERN, "~")


def is_pattern(told: str, pattern: str) -> bool:
    """Say whether the machine told this pattern's name, with or without its ending."""
    return told in {pattern, f"{pattern}{_ENDING}"}


def put(text: str) -> Order:
    """Return the order that puts a text into the field; an empty one blanks it.

    Raises MarkNotPossible for any text outside the white list.
    """
    if text:
        check_text(text)
    return order(TEXT, f"{FIELD}{text}")


def ask_text() -> Order:
    """Return the question what the field holds."""
    return order(TEXT, f"?{FIELD}")


def check_text(text: str) -> None:
    """Raise MarkNotPossible unless the machine can hold and give back exactly this text."""
    texts.check(text, ALPHABET, LONGEST_TEXT)


def status_of(reply: Reply) -> Status | None:
    """Return the status in the frame; None when it is none."""
    if reply.kind != STATUS or not reply.yes or _STATUS.fullmatch(reply.data) is None:
        return None
    return Status(int(reply.data, 16))


def state_of(status: Status) -> MachineState:
    """Return the state that the bits together mean; ready is online and nothing else."""
    if status & Status.ABORTED:
        return MachineState.FAULT
    if status & Status.PAUSED:
        return MachineState.PAUSED
    if status & _FOR_SHOW:
        return MachineState.SIMULATION
    if status & Status.PRINTING:
        return MachineState.MARKING
    if status & _MOVING:
        return MachineState.BUSY
    return MachineState.READY if status == Status.ONLINE else MachineState.NOT_READY


class TelesisTongue:
    """The family's words for a talk."""

    def __init__(self) -> None:
        self._framer = Framer()
        self.probe = order(STATUS)

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the frames that are complete now."""
        return self._framer.feed(arrived)

    def answers(self, reply: Reply, word: str) -> bool:
        """Say whether the frame answers a request of this type."""
        return not reply.flaw and reply.kind == word

    def is_proof(self, reply: Reply) -> bool:
        """Say whether the frame is a status."""
        return status_of(reply) is not None

    def run_of(self, _reply: Reply) -> Run | None:
        """Return None: the machine tells nothing of a run unasked.

        An answer to G that comes late is only an answer; the status says whether anything runs.
        """
        return None

    def word_of(self, reply: Reply) -> str:
        """Return the type that the frame answers; "" when it is strange."""
        return reply.kind if not reply.flaw and reply.kind in {*REPEATABLE, START} else ""

    def refuses(self, reply: Reply) -> bool:
        """Say whether the frame is a no."""
        return reply.yes is False
