"""What a text may hold that a person sets at a machine, letter by letter."""

from __future__ import annotations

import string
import unicodedata
from typing import Final

from stockpile.adapters.marking import texts
from stockpile.domain.errors import MarkNotPossible

LONGEST_TEXT: Final = 32
"""Characters that a person can be asked to type and compare without losing the place."""

_LAST_LETTER: Final = 0x4FF
_SCRIPTS: Final = ("LATIN ", "GREEK ", "CYRILLIC ")


def _letters() -> frozenset[str]:
    every = map(chr, range(0x41, _LAST_LETTER + 1))
    return frozenset(
        letter
        for letter in every
        if unicodedata.category(letter) in {"Lu", "Ll"}
        and unicodedata.name(letter).startswith(_SCRIPTS)
    )


ALPHABET: Final = _letters() | frozenset(f"{string.digits} -./+:()#*&_=")
"""Printable Latin, Greek and Cyrillic letters, digits, and signs that a keyboard has."""


def check_text(text: str) -> None:
    """Raise MarkNotPossible unless a person can set exactly this text from reading it."""
    texts.check(text, ALPHABET, LONGEST_TEXT)
    if "  " in text:
        raise MarkNotPossible(text, "spaces")
