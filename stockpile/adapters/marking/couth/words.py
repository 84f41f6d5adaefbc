"""The frames of Couth MC2000 machines as pure bytes: no port, no clock.

All from public driver source (machine protocol notes §1.4): ``10 ADDR LEN_LO LEN_HI CMD DATA C1
C2``, where the length counts the whole frame and the check bytes are sent as 03 03, whose real rule
was not found; nor was the meaning of any answer. The unit of the attributes is not known.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stockpile.adapters.marking import texts
from stockpile.adapters.marking.link import Order
from stockpile.domain.errors import MarkNotPossible

ADDRESS: Final = 0x02
"""The machine's number on its line, as the driver source has it."""
STATUS, CLEAR, TEXT, ATTRIBUTE = 0x02, 0x21, 0x25, 0x26
START, PAUSE, CANCEL = 0x31, 0x33, 0x34

WORDS: Final[Mapping[int, str]] = {
    STATUS: "STATUS", CLEAR: "CLEAR", TEXT: "TEXT", ATTRIBUTE: "ATTRIBUTE",
    START: "START", PAUSE: "PAUSE", CANCEL: "CANCEL",
}  # fmt: skip

REPEATABLE: Final = frozenset({"STATUS", "CLEAR", "TEXT", "ATTRIBUTE", "CANCEL"})
"""Orders that do no harm twice; START marks, and PAUSE may be what lets a held mark go on."""

LONGEST_TEXT: Final = 32
"""Characters of a text; the machine's own limit was not found, and no scheme needs more."""

ALPHABET: Final = frozenset(f"{string.ascii_letters}{string.digits} -./+:#")
"""What a text may hold: no bracket, which would end a Data Matrix, and no control character."""

_HEAD: Final = 0x10
_CHECK: Final = b"\x03\x03"
_OVERHEAD: Final = 7
_SYMBOL, _SYMBOL_END = b"\x1e", b"\x1f"
_LOGO: Final = re.compile(r"[A-Z0-9_-]{1,8}\.LOG")
_LAST_LINE: Final = 9


@dataclass(frozen=True, slots=True)
class Attribute:
    """How a line is set: its number on the wire, its bounds, and how many bytes its value has.

    The public driver declares two bytes for speed and force and sends one: a frame with a wrong
    length. Here every length is what the frame has.
    """

    code: int
    low: int
    high: int
    size: int


ATTRIBUTES: Final[Mapping[str, Attribute]] = {
    "height": Attribute(0x01, 0, 400, 2),
    "width": Attribute(0x02, 0, 200, 1),
    "density": Attribute(0x05, 1, 101, 1),
    "x": Attribute(0x06, 0, 10000, 2),
    "y": Attribute(0x07, 0, 10000, 2),
    "angle": Attribute(0x09, 0, 3600, 2),
    "speed": Attribute(0x0E, 1, 10, 1),
    "force": Attribute(0x0F, 1, 10, 1),
}
"""The attributes of a line, by the name that a layout calls them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: the mark's text, the same as a Data Matrix, or a stored logo."""

    kind: str
    attributes: tuple[tuple[str, int], ...] = ()


def layout(told: str) -> tuple[Line, ...]:
    """Return the lines of a file that is written down as ``text height=160 x=1000; matrix x=200``.

    Lines are parted by ``;``; each is ``text``, ``matrix`` or a logo as ``STAR.LOG``, with its
    attributes in the machine's own unit. Empty, it is one line of text as the machine sets it.
    Raises MarkNotPossible when it means nothing, or has no text.
    """
    lines = tuple(_line(part, told) for part in (told or "text").split(";"))
    if len(lines) > _LAST_LINE or not any(line.kind == "text" for line in lines):
        raise MarkNotPossible(told, "layout")
    return lines


def orders(lines: tuple[Line, ...], text: str) -> Iterator[Order]:
    """Return what fills a new file with these lines: nothing in it moves. As ``check_text``."""
    check_text(text)
    yield order(CLEAR)
    for number, line in enumerate(lines, start=1):
        yield order(TEXT, bytes([number]) + _said(line, text))
        for name, value in line.attributes:
            yield order(ATTRIBUTE, bytes([number]) + attribute(name, value))


def order(command: int, data: bytes = b"") -> Order:
    """Return a command as an order, with the table's word on repeating it."""
    length = (_OVERHEAD + len(data)).to_bytes(2, "little")
    frame = bytes([_HEAD, ADDRESS]) + length + bytes([command]) + data + _CHECK
    return Order(frame, WORDS[command] in REPEATABLE, WORDS[command])


def attribute(name: str, value: int) -> bytes:
    """Return an attribute's number and value; raises MarkNotPossible outside its bounds."""
    known = ATTRIBUTES.get(name)
    if known is None or not known.low <= value <= known.high:
        raise MarkNotPossible(f"{name}={value}", "layout")
    return bytes([known.code]) + value.to_bytes(known.size, "little")


def matrix(text: str) -> bytes:
    """Return a text as a Data Matrix; raises as ``check_text``."""
    check_text(text)
    return _SYMBOL + b"DMS(" + text.encode("ascii") + b")" + _SYMBOL_END


def logo(name: str) -> bytes:
    """Return a stored logo; raises MarkNotPossible for a name that is none."""
    if _LOGO.fullmatch(name) is None:
        raise MarkNotPossible(name, "layout")
    return _SYMBOL + b"L(" + name.encode("ascii") + b")" + _SYMBOL_END


def check_text(text: str) -> None:
    """Raise MarkNotPossible unless the text can be nothing but a text, alone and as a symbol."""
    texts.check(text, ALPHABET, LONGEST_TEXT)


def _line(part: str, told: str) -> Line:
    kind, *settings = part.split() or [""]
    if kind not in {"text", "matrix"} and _LOGO.fullmatch(kind) is None:
        raise MarkNotPossible(told, "layout")
    return Line(kind, tuple(_setting(one, told) for one in settings))


def _setting(written: str, told: str) -> tuple[str, int]:
    name, _, value = written.partition("=")
    if not (value.isascii() and value.isdigit()):
        raise MarkNotPossible(told, "layout")
    attribute(name, int(value))
    return name, int(value)


def _said(line: Line, text: str) -> bytes:
    if line.kind == "text":
        return text.encode("ascii")
    return matrix(text) if line.kind == "matrix" else logo(line.kind)
