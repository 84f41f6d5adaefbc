"""The text protocol of SIC Marking e8 and e10 machines as pure bytes: no port, no clock.

From the openly readable pages of the vendor's protocol manuals (machine protocol notes §1.3):
``COMMAND arguments LF`` is answered by ``COMMAND OK`` or ``COMMAND BAD ARGUMENTS``, CR LF. The
arguments of LOADFILE, SETVAR and RUN are inferred from their names. Whether RUN is answered at the
start or at the end of the mark was not found, nor any way to ask for a status or for a text.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import Final

from stockpile.adapters.marking import texts
from stockpile.adapters.marking.link import Order
from stockpile.adapters.marking.pieces import Pieces
from stockpile.adapters.marking.talk import Run
from stockpile.domain.errors import MarkNotPossible

START: Final = "RUN"
PROBE: Final = "SETVAR"
"""SETVAR without arguments: it can set nothing, and whatever is answered shows that somebody is
there. That a machine answers BAD ARGUMENTS to it is inferred."""

LONGEST_TEXT: Final = 20
"""Characters of a text: the manual gives 20 for a variable's name and 25 for a global value; that
of a file's variable was not found, so the shorter one holds."""

ALPHABET: Final = frozenset(f"{string.ascii_uppercase}{string.digits}-./+() ")
"""What a text may hold. A space is for layouts with a variable for each part of the text."""

REPEATABLE: Final = frozenset({"LOADFILE", "SETVAR"})
"""Orders that do no harm twice. RUN starts; RESETERROR may release what a person has stopped; the
INSERT orders each add a line, and those of files change what every later mark looks like."""

OTHERS: Final = frozenset({
    "RUN", "RESETERROR", "NEWFILE", "SETFILEOPTION", "INSERTTEXTLINE", "INSERTPAUSELINE",
    "INSERTLOGOLINE", "INSERTECC200LINE", "INSERTAUTOZLINE", "INSERTMOVEZLINE",
    "INSERTROTATIONLINE", "SETLINEOPTION", "SAVEFILE", "FILEDELETE",
})  # fmt: skip
"""The other commands of the manual; of these only RUN is ever sent."""

BLANK: Final = "-"
"""What a variable is set to after a job. An argument cannot be empty here, and one dash that a
pedal cuts can be taken for no mark."""

_COMMANDS: Final = REPEATABLE | OTHERS
_FILE: Final = re.compile(r"[A-Za-z0-9_.-]{1,11}")
_VARIABLE: Final = re.compile(r"[A-Z0-9_]{1,20}")
_ANSWER: Final = re.compile(r"([A-Z0-9]+) (OK|BAD ARGUMENTS) ?")


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete line of the machine; its word is empty when it is none of its answers."""

    text: str
    word: str = ""
    ok: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A marking file on the machine, and its variables in the order of the text's parts."""

    file: str
    variables: tuple[str, ...]

    def parts(self, text: str) -> tuple[str, ...]:
        """Return what each variable gets; raises MarkNotPossible.

        A layout of one variable takes a text without spaces; one of three takes ``UG 26 000042``.
        """
        texts.check(text, ALPHABET, LONGEST_TEXT)
        parts = tuple(text.split(" "))
        if len(parts) != len(self.variables) or not all(parts):
            raise MarkNotPossible(text, "spaces")
        return parts


def layout(told: str) -> Layout:
    """Return the layout written ``FILE:VARIABLE`` or ``FILE:FIRST,SECOND``; as MARK without one.

    Raises MarkNotPossible for names that the machine does not take.
    """
    file, _, names = told.partition(":")
    variables = tuple(names.split(",")) if names else ("MARK",)
    fits = _FILE.fullmatch(file) and all(_VARIABLE.fullmatch(name) for name in variables)
    if not fits or len(set(variables)) < len(variables):
        raise MarkNotPossible(told, "layout")
    return Layout(file, variables)


def order(command: str) -> Order:
    """Return the command as an order, with the table's word on repeating it.

    Raises MarkNotPossible when it would end early on the wire or is none of the manual's.
    """
    word = command.split(" ", 1)[0]
    if word not in _COMMANDS:
        raise MarkNotPossible(command, "command")
    if not (command.isascii() and command.isprintable()):
        raise MarkNotPossible(command, "character")
    return Order(f"{command}\n".encode("ascii"), word in REPEATABLE, word)


class SicTongue:
    """The family's words for a talk; an answer may arrive in any pieces."""

    def __init__(self) -> None:
        self._pieces = Pieces(b"\n")
        self.probe = order(PROBE)

    def feed(self, arrived: bytes) -> tuple[Reply, ...]:
        """Return the answers that are complete now, in order."""
        return tuple(map(_reply, self._pieces.feed(arrived)))

    def answers(self, reply: Reply, word: str) -> bool:
        """Say whether the line answers an order of this word."""
        return bool(word) and reply.word == word

    def is_proof(self, reply: Reply) -> bool:
        """Say whether the line is the no that an order without arguments gets."""
        return reply.word == PROBE and not reply.ok

    def run_of(self, reply: Reply) -> Run | None:  # noqa: ARG002 - a tongue's method
        """Return nothing: no line is known to tell of a run without being asked."""
        return None

    def word_of(self, reply: Reply) -> str:
        """Return the word of the order that it answers; empty when it is no answer."""
        return reply.word

    def refuses(self, reply: Reply) -> bool:
        """Say whether the line is a no."""
        return bool(reply.word) and not reply.ok


def _reply(line: bytes) -> Reply:
    """Return the line as an answer; bytes that are hurt or foreign make none."""
    text = line.decode("ascii", "replace").removesuffix("\r")
    found = _ANSWER.fullmatch(text)
    if found is None or not line.endswith(b"\r") or found[1] not in _COMMANDS:
        return Reply(text)
    return Reply(text, found[1], found[2] == "OK")
