"""Running text for papers: lines broken to a width, and no character left out silently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stockpile.adapters.pdf.directions import begins_right
from stockpile.adapters.pdf.shaping import Hand, Written, written
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.errors import LabelUnprintable
from stockpile.language import isolated

# What stands in an isolate is one word: a name is not torn apart where it has room on one line.
_BEGINS, _END = "\u2066\u2067\u2068", "\u2069"
# Chinese has no spaces: a line may end after any of its letters, but not before a point, nor after
# a bracket or quotation mark that opens.
_HAN = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff"
_OPENS = "\uff08\u300a\u3008\u300c\u300e\u3010\u201c"
_POINTS = "\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\u2026\uff05"
_CLOSES = _POINTS + "\uff09\u300b\u3009\u300d\u300f\u3011\u201d"
_WORD = re.compile(
    f"[{_OPENS}]*[{_HAN}][{_CLOSES}]*"
    f"|[{_OPENS}]*(?:[{_BEGINS}][^{_END}]*{_END}|[^\\s{_BEGINS}{_HAN}{_OPENS}])+|[{_OPENS}]+"
)
_ISOLATE = re.compile(f"([^{_BEGINS}]*[{_BEGINS}])([^{_END}]*)({_END}.*)", re.DOTALL)

Joint = Literal["", " ", "in"]
"""How a word joins the one before: at once, after a space, or within its isolate."""


def set_in(text: str, hand: Hand, *, rtl: bool | None = None) -> Written:
    """Return the text as glyphs; a character without one stands as its number, "[U+1F52B]".

    A code in a script that the equal letters lack is written in the bold ones.
    """
    while True:
        try:
            return written(text, hand, rtl=rtl)
        except LabelUnprintable as error:
            if hand is Hand.CODE:
                hand = Hand.BOLD
            else:
                text = _numbered(text, error.missing)


def broken(text: str, hand: Hand, size: float, room: float, *, rtl: bool = False) -> list[Written]:
    """Return the lines of a text at a size, none wider than the room; lengths are in points.

    Every line runs as its paragraph does, whatever letter it happens to begin with: on a paper of a
    right-to-left language (``rtl``) from the right, elsewhere as the paragraph's first letter says.
    """
    lines: list[Written] = []
    for part in text.split("\n"):
        begins = begins_right(part)
        setting = _Setting(hand, room * EM / size, (begins or rtl) if begins is not None else None)
        lines += setting.lines(part)
    return lines


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a paragraph is set: its hand, the width of its lines, and the way it runs."""

    hand: Hand
    room: float
    rtl: bool | None

    def lines(self, text: str) -> list[Written]:
        """Break where words end; a word that is wider than a line is broken where it must be."""
        lines: list[Written] = []
        now = ""
        for word, joint in self._words(text):
            longer = _joined(now, word, joint) if now else word
            if self._set(longer).width <= self.room:
                now = longer
                continue
            if now:
                lines.append(self._set(now))
            *full, now = self._pieces(word)
            lines += [self._set(one) for one in full]
        return [*lines, self._set(now)] if now else lines

    def _words(self, text: str) -> Iterator[tuple[str, Joint]]:
        """Give what stays together, and how it joins what is before it.

        An isolate that has no room on one line is broken where its words end, and each part of it
        stays isolated.
        """
        for match in _WORD.finditer(text):
            word, start = match[0], match.start()
            joint: Joint = "" if text[start - 1 : start].strip() else " "
            found = _ISOLATE.fullmatch(word)
            if found is None or self._set(word).width <= self.room:
                yield word, joint
                continue
            before, inner, after = found.groups()
            *parts, last = inner.split() or [""]
            for number, part in enumerate(parts):
                opening = before[-1] if number else before
                yield f"{opening}{part}{_END}", "in" if number else joint
            yield f"{before[-1] if parts else before}{last}{after}", "in" if parts else joint

    def _set(self, text: str) -> Written:
        return set_in(text, self.hand, rtl=self.rtl)

    def _pieces(self, word: str) -> list[str]:
        if self._set(word).width <= self.room or len(word) == 1:
            return [word]
        least, most = 1, len(word) - 1
        while least < most:
            middle = (least + most + 1) // 2
            if self._set(word[:middle]).width <= self.room:
                least = middle
            else:
                most = middle - 1
        return [word[:least], *self._pieces(word[least:])]


def _joined(before: str, word: str, joint: Joint) -> str:
    """Return a line with its next word, which may go on in the isolate at its end."""
    if joint == "in" and before.endswith(_END):
        return f"{before.removesuffix(_END)} {word[1:]}"
    return f"{before}{word}" if not joint else f"{before} {word}"


def _numbered(text: str, missing: str) -> str:
    for character in set(missing):
        text = text.replace(character, isolated(f"[U+{ord(character):04X}]"))
    return text
