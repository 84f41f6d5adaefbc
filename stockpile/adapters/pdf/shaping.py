"""Text to glyphs: the font for each character, letters joined, the order of the eye."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from stockpile.adapters.pdf.directions import JOINERS, Segment, directed
from stockpile.adapters.pdf.typefaces import Glyph, Typeface
from stockpile.domain.errors import LabelUnprintable

ELLIPSIS = "…"
_LARGER = {"NotoNaskhArabic-Regular": 1.2, "NotoNaskhArabic-Bold": 1.2}
_WORD = re.compile(r"\d{1,2}|\s+|[^\s\d]+")
"""Digits stand two by two: they neither join nor are kerned, and every number is new."""

_PAIR = re.compile("[0-9A-Za-z]{1,2}|.", re.DOTALL)
"""Letters and digits of a code stand two by two, its signs alone: some fonts join signs."""

_TWO_DIGITS = re.compile("..?")
_NUMBER = re.compile("[0-9]{3,}|[\u0660-\u0669]{3,}")
_ARABIC_ZERO = "\u0660"
_NUMBERS_RTL = False
"""A number runs from the left in any script (UAX 9), and what shares its run with it."""

_KEPT = 10_000
_LETTERS = frozenset({"L", "R", "AL"})


class Hand(Enum):
    """How a line is written: the fonts it asks, first choice first."""

    PLAIN = ("NotoSans-Regular", "NotoNaskhArabic-Regular", "NotoSansSC-subset")
    BOLD = ("NotoSans-Bold", "NotoNaskhArabic-Bold", "NotoSansSC-subset")
    CODE = ("JetBrainsMono-Medium",)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word, space or digit: its glyphs from left to right, with clusters counted in its text.

    Words are shaped once and met again on the next label; the same word is the same object.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    width: float
    is_letter_by_letter: bool
    """Whether every glyph shows one character, in order: what a search reads by itself."""

    missing: str
    """The characters that the font cannot draw."""


class Run(NamedTuple):
    """Words of one font in a row, from left to right, and the text they show."""

    font: str
    text: str
    words: tuple[Word, ...]

    @property
    def scale(self) -> float:
        """How much larger than the line's size the font is set, to look as large as the others."""
        return _LARGER.get(self.font, 1.0)

    @property
    def width(self) -> float:
        """The width in thousandths of the line's font size."""
        return sum([word.width for word in self.words]) * self.scale


class Written(NamedTuple):
    """A shaped line: its runs from left to right, its width in thousandths of the font size."""

    text: str
    rtl: bool
    runs: tuple[Run, ...]
    width: float


@lru_cache
def typeface(name: str) -> Typeface:
    """Return a shipped font, loaded once."""
    return Typeface(name)


def written(text: str, hand: Hand, *, rtl: bool | None = None) -> Written:
    """Return the text as glyphs; raise LabelUnprintable if any character has none.

    ``rtl`` is the direction of the paragraph it is a line of; without one, its first letter says.
    """
    if not rtl and text.isascii() and text.isprintable():
        return _plain(" ".join(text.split()), hand)
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or hand is Hand.CODE:
        return _directed(text, hand, rtl)
    zeros = ("0" if numbers[0].isascii() else _ARABIC_ZERO) * len(numbers[0])
    try:
        return _filled(_framed(text.replace(numbers[0], zeros), zeros, hand, rtl), text, numbers[0])
    except LabelUnprintable:
        return _directed(text, hand, rtl)  # says it of the text itself


def _directed(text: str, hand: Hand, rtl: bool | None) -> Written:
    line = directed(text, rtl=rtl)
    runs = tuple(run for segment in line.segments for run in _runs(text, segment, hand))
    return Written(text, line.rtl, runs, sum(run.width for run in runs))


class _Frame(NamedTuple):
    """A line shaped with zeros for its number: what stands before it, its run, what stands after.

    Which way a line runs and which font a number has does not depend on which digits it has: the
    next label with the same words differs in its number alone.
    """

    rtl: bool
    left: tuple[Run, ...]
    before: Run
    after: Run
    right: tuple[Run, ...]
    width: float
    """Of everything but the number."""


@lru_cache(_KEPT)
def _framed(text: str, zeros: str, hand: Hand, rtl: bool | None) -> _Frame:
    line = _directed(text, hand, rtl)
    (at,) = [number for number, run in enumerate(line.runs) if zeros in run.text]
    run = line.runs[at]
    before, _, after = run.text.partition(zeros)
    parts = [
        Run(
            run.font,
            part,
            tuple([_word(run.font, one, _NUMBERS_RTL) for one in _words(part, hand)]),
        )
        for part in (before, after)
    ]
    left, right = line.runs[:at], line.runs[at + 1 :]
    width = sum(one.width for one in (*left, *parts, *right))
    return _Frame(line.rtl, left, parts[0], parts[1], right, width)


def _filled(frame: _Frame, text: str, number: str) -> Written:
    """Return the line with its own number where the zeros stood."""
    before, after = frame.before, frame.after
    font = before.font
    digits = tuple([_word(font, pair, _NUMBERS_RTL) for pair in _TWO_DIGITS.findall(number)])
    words = before.words + digits + after.words
    run = Run(font, before.text + number + after.text, words)
    width = sum([word.width for word in digits]) * run.scale
    return Written(text, frame.rtl, (*frame.left, run, *frame.right), frame.width + width)


def _plain(text: str, hand: Hand) -> Written:
    """Return a line that every first font draws, from left to right: most lines are such."""
    if not text:
        return Written(text, rtl=False, runs=(), width=0)
    run = _run(text, text, hand.value[0], hand)
    return Written(text, rtl=False, runs=(run,), width=run.width)


def fitted(line: Written, hand: Hand, room: float) -> Written:
    """Return the line, or as much of its beginning as the room holds, with an ellipsis.

    The room is in thousandths of the font size.
    """
    if line.width <= room:
        return line
    least, most = 0, len(line.text) - 1
    while least < most:
        middle = (least + most + 1) // 2
        if _elided(line.text, middle, hand).width <= room:
            least = middle
        else:
            most = middle - 1
    return _elided(line.text, least, hand)


def _elided(text: str, length: int, hand: Hand) -> Written:
    return written(text[:length].rstrip() + ELLIPSIS, hand)


def _runs(text: str, segment: Segment, hand: Hand) -> Iterator[Run]:
    stretches = _stretches(text, segment, hand)
    for font, part in reversed(stretches) if segment.rtl else stretches:
        yield _run(text, part, font, hand, rtl=segment.rtl)


def _run(text: str, part: str, font: str, hand: Hand, *, rtl: bool = False) -> Run:
    words = [_word(font, word, rtl) for word in _words(part, hand)]
    if missing := "".join([word.missing for word in words]):
        raise LabelUnprintable(text, missing)
    return Run(font, part, tuple(reversed(words) if rtl else words))


def _words(text: str, hand: Hand) -> list[str]:
    """Cut the text where nothing joins, into parts that are met again on the next label."""
    return (_PAIR if hand is Hand.CODE else _WORD).findall(text)


@lru_cache(_KEPT)
def _word(font: str, text: str, rtl: bool) -> Word:
    glyphs = typeface(font).shaped(text, rtl=rtl)
    return Word(
        text=text,
        glyphs=glyphs,
        width=sum([glyph.advance for glyph in glyphs]),
        is_letter_by_letter=[glyph.cluster for glyph in glyphs] == list(range(len(text))),
        missing="".join([text[glyph.cluster] for glyph in glyphs if glyph.id == 0]),
    )


def _stretches(text: str, segment: Segment, hand: Hand) -> list[tuple[str, str]]:
    """Return the segment cut where the font changes, in logical order."""
    fonts = _by_preference(hand, segment.rtl)
    if typeface(fonts[0]).characters.issuperset(segment.text):
        return [(fonts[0], segment.text)]
    font, chosen = "", []
    for character in segment.text:
        font = _font_for(character, font, fonts)
        if not font:
            raise LabelUnprintable(text, character)
        chosen.append((font, character))
    return [
        (font, "".join([character for _, character in stretch]))
        for font, stretch in groupby(chosen, key=itemgetter(0))
    ]


@lru_cache
def _by_preference(hand: Hand, rtl: bool) -> tuple[str, ...]:
    """Put the Arabic font first in right-to-left text, whose spaces and points are its own."""
    first, *others = hand.value
    return (*others, first) if rtl else hand.value


@lru_cache(_KEPT)
def _font_for(character: str, current: str, fonts: tuple[str, ...]) -> str:
    """Return the font for a character after one in the current font; "" if there is none."""
    if current and _goes_along(character, current):
        return current
    return next((font for font in fonts if character in typeface(font).characters), "")


def _goes_along(character: str, font: str) -> bool:
    """Say whether spaces, points and marks stay in the font of the letter before them."""
    if character in JOINERS:
        return True
    if unicodedata.bidirectional(character) in _LETTERS or character.isdigit():
        return False
    return character in typeface(font).characters
