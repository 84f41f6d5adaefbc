"""Running text for papers: lines broken to a width, and no character left out silently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stockpile.adapters.pdf.directions import begins_right
from stockpile.adapters.pdf.shaping import Hand, Written, written
from stockpile.adapters.pdf.typefaces import EM
from stockpile.domain.errors import LabelUnprintable
from stockpile.language import isolated

# What stands in an isolate is one word: a name is not torn apart where it has room on one line.
_BEGINS, _END = "\u2066\u2067\u2068", "\u2069"
_WORD = re.compile(f"(?:[{_BEGINS}][^{_END}]*{_END}|[^\\s{_BEGINS}])+")
_ISOLATE = re.compile(f"([^{_BEGINS}]*[{_BEGINS}])([^{_END}]*)({_END}.*)", re.DOTALL)


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
        for word, goes_on in self._words(text):
            longer = _joined(now, word, goes_on=goes_on) if now else word
            if self._set(longer).width <= self.room:
                now = longer
                continue
            if now:
                lines.append(self._set(now))
            *full, now = self._pieces(word)
            lines += [self._set(one) for one in full]
        return [*lines, self._set(now)] if now else lines

    def _words(self, text: str) -> Iterator[tuple[str, bool]]:
        """Give what stays together, and whether it goes on in the isolate before it.

        An isolate that has no room on one line is broken where its words end, and each part of it
        stays isolated.
        """
        for word in _WORD.findall(text):
            found = _ISOLATE.fullmatch(word)
            if found is None or self._set(word).width <= self.room:
                yield word, False
                continue
            before, inner, after = found.groups()
            *parts, last = inner.split() or [""]
            for number, part in enumerate(parts):
                opening = before[-1] if number else before
                yield f"{opening}{part}{_END}", number > 0
            yield f"{before[-1] if parts else before}{last}{after}", bool(parts)

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


def _joined(before: str, word: str, *, goes_on: bool) -> str:
    """Return a line with its next word, which may go on in the isolate at its end."""
    if goes_on and before.endswith(_END):
        return f"{before.removesuffix(_END)} {word[1:]}"
    return f"{before} {word}"


def _numbered(text: str, missing: str) -> str:
    for character in set(missing):
        text = text.replace(character, isolated(f"[U+{ord(character):04X}]"))
    return text
