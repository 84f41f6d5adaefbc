"""The digits of a paper: Latin or Arabic-Indic, for counts and dates, never for identifiers.

1. What is written for reading is converted: figures that were marked as such, and whole dates with
   their times. Serial numbers, tags and numbers of papers are neither, and stay as they are marked
   on metal and typed into a search.
2. Only a language that has digits of its own is written in them: Arabic. Without a choice it is
   written in Arabic-Indic digits, the default numbering system of the locale "ar" in Unicode's
   CLDR; the countries of the Maghreb and some others write Latin ones, hence the choice.
3. A date stands in the same order in either digits, its year at the left: 2026-11-28. Left to the
   rules for Arabic digits (UAX 9, W4 and N1) its parts would run from the right, beside Latin ones
   on the same sheet that do not.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Digits = Literal["", "latin", "arabic"]

_OWN_DIGITS: Final = frozenset({"ar"})
_ARABIC: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SEPARATORS: Final = str.maketrans(",.%", "\u066c\u066b\u066a")
_SEPARATED: Final = re.compile("[^\u0660-\u0669:]+")
_LEFT_TO_RIGHT: Final = "\u200e"
FIGURE, END = "\u2068", "\u2069"
"""First strong isolate: marks a figure; identifiers stand in left-to-right isolates."""

_FIGURE: Final = re.compile(f"{FIGURE}([^\u2066-\u2069]*){END}")
_DATE: Final = re.compile(
    r"(?<![\w/.-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[ T]\d\d:\d\d(?::\d\d)?(?: ?[+-]\d\d:?\d\d)?)?(?![\w/.-])",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?(?: ?%)?", re.ASCII)


def digits_of(language: str, chosen: str) -> Digits:
    """Return the digits that a paper in a language is written in, by what was chosen for papers."""
    if language.partition("_")[0] not in _OWN_DIGITS:
        return "latin"
    return "latin" if chosen == "latin" else "arabic"


def in_digits(text: str, digits: Digits) -> str:
    """Return a text with its figures and dates in these digits."""
    if digits != "arabic":
        return text
    return _DATE.sub(_date, _FIGURE.sub(_figure, text))


def _figure(found: re.Match[str]) -> str:
    said = found.group(1)
    if _NUMBER.fullmatch(said):
        said = said.translate(_SEPARATORS)
    return f"{FIGURE}{said.translate(_ARABIC)}{END}"


def _date(found: re.Match[str]) -> str:
    """Return a date in Arabic digits, its parts kept in order by marks that nobody sees."""
    said = found.group().translate(_ARABIC)
    return _SEPARATED.sub(rf"{_LEFT_TO_RIGHT}\g<0>{_LEFT_TO_RIGHT}", said)
