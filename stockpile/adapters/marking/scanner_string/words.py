"""A text between a start and an end, as a bar code scanner sends it: pure bytes, no port.

``:`` text CR LF with at most 80 characters is what the vendor's help of the Columbia I-Mark says
(machine protocol notes §1.8); other machines take the text with other characters about it. It is
read there that the I-Mark keeps the last text and marks it again at every start. Whether an empty
text blanks it is not known: commissioning tells.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stockpile.adapters.marking import texts
from stockpile.adapters.marking.link import Order
from stockpile.domain.errors import FieldUnreadable, MarkNotPossible

LONGEST_LINE: Final = 80
"""Characters with all that is about the text: the stricter reading of "at most 80"."""
LONGEST_TEXT: Final = 77
"""Characters of the text itself, when one character is before it and two are behind it."""

ALPHABET: Final = frozenset(f"{string.ascii_letters}{string.digits} -./+()#")
"""What a text may hold: nothing that a machine could take for a start, an end or an order."""

OPTIONS: Final = frozenset({"start", "end", "blank"})
"""What the address tells: what is before the text, what ends it, and how a text is blanked."""

REPEATABLE: Final = frozenset({"BLANK"})
"""Only blanking does no harm twice: where a machine starts by itself, a text is a START."""

_NAMED: Final[Mapping[str, bytes]] = {
    "none": b"", "cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "nul": b"\x00",
    "stx": b"\x02", "etx": b"\x03",
}  # fmt: skip
_BLANKS: Final[Mapping[str, str | None]] = {"empty": "", "space": " ", "never": None}
_LONGEST_MARK: Final = 2
_ASCII: Final = 0x80


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What is about a text on the wire, and the text that blanks; None where nothing may."""

    before: bytes = b""
    after: bytes = b"\r"
    blank: str | None = ""

    def text(self, text: str) -> Order:
        """Return the order that gives a text, which may start the machine; as ``check_text``."""
        check_text(text)
        frame = self._about(text)
        if len(frame) > LONGEST_LINE:
            raise MarkNotPossible(text, "length")
        return Order(frame, repeatable=False, word="TEXT")

    def blanking(self) -> Order | None:
        """Return the order that blanks the text; None where that was found to do harm."""
        if self.blank is None:
            return None
        return Order(self._about(self.blank), repeatable=True, word="BLANK")

    def _about(self, text: str) -> bytes:
        return self.before + text.encode("ascii") + self.after


def wrapping(options: Mapping[str, str]) -> Wrapping:
    """Return what the address tells; raises FieldUnreadable for what no machine can take.

    ``start`` and ``end`` are a name (cr, lf, crlf, tab, nul, stx, etx, none) or one or two
    characters that no text holds; ``blank`` is empty, space or never.
    """
    blank = options.get("blank", "empty")
    if blank not in _BLANKS:
        raise FieldUnreadable("address", blank)
    before = _mark(options.get("start", "none"))
    after = _mark(options.get("end", "cr"))
    if not after:
        raise FieldUnreadable("address", options["end"])
    return Wrapping(before, after, _BLANKS[blank])


def check_text(text: str) -> None:
    """Raise MarkNotPossible unless the line carries exactly this text and nothing else."""
    texts.check(text, ALPHABET, LONGEST_TEXT)


def _mark(told: str) -> bytes:
    """Return the bytes before or behind a text; raises FieldUnreadable: texts may hold them."""
    if told.lower() in _NAMED:
        return _NAMED[told.lower()]
    fits = 0 < len(told) <= _LONGEST_MARK and all(ord(one) < _ASCII for one in told)
    if not fits or not ALPHABET.isdisjoint(told):
        raise FieldUnreadable("address", told)
    return told.encode("ascii")
