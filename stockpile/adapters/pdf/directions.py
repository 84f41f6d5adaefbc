"""Which way text runs: the Unicode bidirectional algorithm, with identifiers kept in one piece."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from bidi import get_base_level, get_display

_RIGHT_TO_LEFT_BLOCKS = re.compile(
    "[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Where right-to-left letters and Arabic digits live, assigned or not (UAX 9, table 4)."""

_CLUTTER = re.compile(
    "[\u00ad\u034f\u180e\u200b\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
"""What nobody sees and nothing of a label needs, embeddings and overrides included."""

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_CHARACTERS = 4096
"""How many characters' nature is kept in mind: more than any depot's lists hold."""

_NEUTRAL = frozenset({"ES", "CS", "ET", "ON", "WS", "BN"})
_ISOLATE, _END = "\u2066", "\u2069"
_STEERING = frozenset("\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200c\u200d")
"""Invisible, and yet they say whether two letters join."""
_IDENTIFIER = re.compile("[dl](?:[dlno]*[dln])?")
_WITNESS = "\u034f"
"""A mark without a shape; wherever its character lands, it stands on that character's far side."""


class Segment(NamedTuple):
    """A stretch of text in one direction, its characters in logical order."""

    text: str
    rtl: bool


class Directed(NamedTuple):
    """A line of text as it is painted: its own direction, and its segments from left to right."""

    rtl: bool
    segments: tuple[Segment, ...]


def directed(text: str, *, rtl: bool | None = None) -> Directed:
    """Return the line's segments in the order of the eye (Unicode Standard Annex 9).

    ``rtl`` is the direction of the paragraph that the line is part of; without one, its first
    letter says it.

    A Latin or Cyrillic stretch with digits in a line that also has Arabic letters is isolated
    first, so that 39-7 is never painted as 7-39. Invisible steering characters are obeyed, then
    left out; embeddings and overrides, which only serve to deceive, are left out unheard.
    """
    tidy = printable(text)
    if not rtl and (tidy.isascii() or not _turns(tidy)):
        plain = tidy if tidy.isascii() else _unsteered(tidy)
        return Directed(rtl=False, segments=(Segment(plain, rtl=False),) if plain else ())
    isolated = _with_isolates(tidy)
    base = None if rtl is None else "R" if rtl else "L"
    seen = get_display("".join(map(_witnessed, isolated)), base_dir=base)
    begins_right = _begins_right(isolated) if rtl is None else rtl
    return Directed(rtl=begins_right, segments=_segments(_pieces(seen)))


def begins_right(text: str) -> bool | None:
    """Say whether a paragraph begins at the right, by its first letter; None where nothing says so.

    A paragraph without any right-to-left letter has no direction to give to its lines.
    """
    tidy = printable(text)
    return _begins_right(tidy) if _turns(tidy) else None


def printable(text: str) -> str:
    """Return the text composed, with single spaces and without invisible clutter."""
    spaced = " ".join(text.split())
    return spaced if spaced.isascii() else _CLUTTER.sub("", unicodedata.normalize("NFC", spaced))


def _turns(text: str) -> bool:
    return _RIGHT_TO_LEFT_BLOCKS.search(text) is not None


def _begins_right(text: str) -> bool:
    """Say whether the line begins at the right; Arabic digits alone do, too."""
    kinds = set(map(unicodedata.bidirectional, text))
    return get_base_level(text) == 1 or ("AN" in kinds and "L" not in kinds)


def _unsteered(text: str) -> str:
    if _STEERING.isdisjoint(text):
        return text
    return "".join(character for character in text if character not in _STEERING)


def _with_isolates(text: str) -> str:
    kinds = "".join(map(_kind, text))
    parts, done = [], 0
    for found in _IDENTIFIER.finditer(kinds):
        if "d" in found.group():
            start, end = found.span()
            parts += [text[done:start], _ISOLATE, text[start:end], _END]
            done = end
    return "".join([*parts, text[done:]])


@lru_cache(_CHARACTERS)
def _kind(character: str) -> str:
    if character.isascii() and character.isdigit():
        return "d"
    kind = unicodedata.bidirectional(character)
    if kind in _NEUTRAL:
        return "o"
    return {"L": "l", "NSM": "n"}.get(kind, "x") if character not in _STEERING else "x"


@lru_cache(_CHARACTERS)
def _needs_witness(character: str) -> bool:
    """Say whether the reordered text alone does not tell the direction of this character."""
    return (
        bool(unicodedata.mirrored(character))
        or character in JOINERS
        or unicodedata.bidirectional(character) == "NSM"
    )


@lru_cache(_CHARACTERS)
def _witnessed(character: str) -> str:
    return character + _WITNESS if _needs_witness(character) else character


def _pieces(seen: str) -> list[tuple[str, bool | None]]:
    """Return each character of the reordered text with its direction; None follows its neighbour.

    The library answers with the text alone. A witness left of its character means right-to-left.
    """
    if _WITNESS not in seen:  # as most lines are
        return [(one, _own_direction(one)) for one in seen if one not in _STEERING]
    pieces: list[tuple[str, bool | None]] = []
    place = 0
    while place < len(seen):
        character = seen[place]
        if character == _WITNESS:
            pieces.append((seen[place + 1], True))
            place += 2
        elif _needs_witness(character):
            pieces.append((character, False))
            place += 2
        else:
            if character not in _STEERING:
                pieces.append((character, _own_direction(character)))
            place += 1
    return pieces


@lru_cache(_CHARACTERS)
def _own_direction(character: str) -> bool | None:
    kind = unicodedata.bidirectional(character)
    return None if kind in _NEUTRAL else kind in _RIGHT_TO_LEFT


def _segments(pieces: list[tuple[str, bool | None]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    current, going = "", next((rtl for _, rtl in pieces if rtl is not None), False)
    for character, rtl in pieces:
        if rtl is not None and rtl != going:
            segments.append(_segment(current, rtl=going))
            current, going = "", rtl
        current += character
    segments.append(_segment(current, rtl=going))
    return tuple(segment for segment in segments if segment.text)


def _segment(seen: str, *, rtl: bool) -> Segment:
    return Segment(seen[::-1] if rtl else seen, rtl)
