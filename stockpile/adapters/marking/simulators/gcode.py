"""One line of G-code as a simulated controller reads it: its words, or the number of its error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

EXPECTED_LETTER = 1
BAD_NUMBER = 2
UNSUPPORTED = 20
SAME_GROUP = 21
NO_FEED = 22

_WORD = re.compile(r"([A-Z])([^A-Z]*)")
_NUMBER = re.compile(r"[+-]?(?:\d{1,6}\.?\d{0,6}|\.\d{1,6})")
_AXES = "XYZ"
_MOTIONS = {0, 1}
_IGNORED = {17, 54, 94}
_UNITS = {20, 21}
_DISTANCES = {90, 91}
_DWELL = 4
_SPINDLE = {3, 4, 5}
_ENDS = {2, 30}
_VALUES = {"F", "S", "P"}


class GcodeError(Exception):
    """A line that the controller refuses, by its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(slots=True)
class Words:
    """The words of one line; None for what the line leaves as it was."""

    motion: int | None = None
    units: int | None = None
    distance: int | None = None
    spindle: int | None = None
    dwell: bool = False
    ends: bool = False
    axes: dict[str, float] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)


def words_of(line: str) -> Words:
    """Return the line's words; raises GcodeError."""
    words = Words()
    rest = _WORD.sub("", line)
    if rest:
        raise GcodeError(EXPECTED_LETTER)
    for letter, text in _WORD.findall(line):
        if not _NUMBER.fullmatch(text):
            raise GcodeError(BAD_NUMBER)
        _take(words, letter, float(text))
    return words


def _take(words: Words, letter: str, number: float) -> None:
    if letter in {"G", "M"}:
        if not number.is_integer():
            raise GcodeError(UNSUPPORTED)
        (_take_g if letter == "G" else _take_m)(words, int(number))
    elif letter in _AXES:
        words.axes[letter] = number
    elif letter in _VALUES:
        words.values[letter] = number
    else:
        raise GcodeError(UNSUPPORTED)


def _take_g(words: Words, number: int) -> None:
    if number in _MOTIONS:
        if words.motion is not None:
            raise GcodeError(SAME_GROUP)
        words.motion = number
    elif number in _UNITS:
        words.units = number
    elif number in _DISTANCES:
        words.distance = number
    elif number == _DWELL:
        words.dwell = True
    elif number not in _IGNORED:
        raise GcodeError(UNSUPPORTED)


def _take_m(words: Words, number: int) -> None:
    if number in _SPINDLE:
        words.spindle = number
    elif number in _ENDS:
        words.ends = True
    else:
        raise GcodeError(UNSUPPORTED)
