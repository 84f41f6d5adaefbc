"""Running text for papers: lines broken to a width, and no character left out silently."""

from __future__ import annotations

import re

from stockpile.adapters.pdf.shaping import Hand, Written, written
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.errors import LabelUnprintable
from stockpile.language import isolated

# What stands in an isolate is one word: a name is not torn apart where it has room on one line.
_WORD = re.compile("\u2066[^\u2069]*\u2069[^\\s\u2066]*|[^\\s\u2066]+")


def set_in(text: str, hand: Hand) -> Written:
    """Return the text as glyphs; a character without one stands as its number, "[U+1F52B]".

    A code in a script that the equal letters lack is written in the bold ones.
    """
    while True:
        try:
            return written(text, hand)
        except LabelUnprintable as error:
            if hand is Hand.CODE:
                hand = Hand.BOLD
            else:
                text = _numbered(text, error.missing)


def broken(text: str, hand: Hand, size: float, room: float) -> list[Written]:
    """Return the lines of a text at a size, none wider than the room; lengths are in points."""
    lines: list[Written] = []
    for part in text.split("\n"):
        lines += _lines(part, hand, room * EM / size)
    return lines


def _lines(text: str, hand: Hand, room: float) -> list[Written]:
    """Break where words end; a word that is wider than a line is broken where it must be."""
    lines: list[Written] = []
    now = ""
    for word in _WORD.findall(text):
        longer = f"{now} {word}" if now else word
        if set_in(longer, hand).width <= room:
            now = longer
            continue
        if now:
            lines.append(set_in(now, hand))
        *full, now = _pieces(word, hand, room)
        lines += [set_in(one, hand) for one in full]
    return [*lines, set_in(now, hand)] if now else lines


def _pieces(word: str, hand: Hand, room: float) -> list[str]:
    if set_in(word, hand).width <= room or len(word) == 1:
        return [word]
    least, most = 1, len(word) - 1
    while least < most:
        middle = (least + most + 1) // 2
        if set_in(word[:middle], hand).width <= room:
            least = middle
        else:
            most = middle - 1
    return [word[:least], *_pieces(word[least:], hand, room)]


def _numbered(text: str, missing: str) -> str:
    for character in set(missing):
        text = text.replace(character, isolated(f"[U+{ord(character):04X}]"))
    return text
