"""What a serial column's cell says: a number, words instead of one, or something amiss."""

from __future__ import annotations

import re
from typing import Final

from stockpile.domain.normalising.answers import (
    BY_ALIAS,
    BY_GRAMMAR,
    GUESSED,
    SURE,
    Normal,
    Why,
)
from stockpile.domain.serials import SerialStatus, read_serial

_SUSPECT: Final = re.compile(
    r"\d(?:[.,]\d+)?E[+-]?\d{1,3}"  # a spreadsheet's power of ten
    r"|\d{4}-\d{2}-\d{2}.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"  # a date
    r"|\d{4}-\d{2}-\d{3}-\d{4}"  # a stock number
    r"|(?:CAL\.?\s*)?\.\d{2,3}\b.*|\d+(?:[.,]\d+)?\s*(?:X\s*\d+\s*)?MM|(?:5[.,]56|7[.,]6[25])(?:\s*X\s*\d+)?"
    r"|1234(?:5(?:6(?:7(?:89?)?)?)?)?|(\d)\1{3,}|X{3,}|TEST\w*|TBD",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"[^\W\d_]{6,}(?: [^\W\d_]+)*", re.IGNORECASE)
"""Words alone, at least six letters: no maker's number is that."""
_PROSE: Final = re.compile(r"(?:^|[\s(:,])[^\W\d_]{5,}(?:$|[\s).:,;])")
"""A word of a sentence beside a number: where it stood, how it was found."""
_CONFIDENCE: Final[dict[SerialStatus, float]] = {
    "read": SURE, "partial": BY_GRAMMAR, "none": BY_ALIAS, "removed": BY_ALIAS,
    "illegible": BY_ALIAS,
}  # fmt: skip


def read_serial_text(text: str) -> Normal:
    """Return the serial with its status; a doubtful one looks like a date or a calibre."""
    if not text.strip():
        return Normal(text, "", "", "", 0.0, "empty", "none")
    serial = read_serial(text)
    why = _why(serial.text, serial.status)
    confidence = GUESSED if why == "doubtful" else _CONFIDENCE[serial.status]
    number = serial.text if serial.status in ("read", "partial") else ""
    return Normal(text, "", number, number, confidence, why, serial.status)


def _why(seen: str, status: SerialStatus) -> Why:
    if status in ("none", "removed", "illegible"):
        return "status_words"
    if (
        _SUSPECT.fullmatch(seen)
        or _WORDS.fullmatch(seen)
        or (status == "read" and _PROSE.search(seen))
    ):
        return "doubtful"
    return "part" if status == "partial" else "exact"
