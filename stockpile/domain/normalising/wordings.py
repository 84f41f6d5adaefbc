"""Written words as they are compared, whatever their case, accents, script of digits or escapes."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Final

from stockpile.domain.values import tidied

_BETWEEN: Final = re.compile(r"[\W_]+")
_SINGLE: Final = str.maketrans({
    "\u0131": "i", "\u00f8": "o", "\u0111": "d", "\u0142": "l", "\u00e6": "ae", "\u0153": "oe",
    "\u0640": "", "\u0649": "\u064a", "\u0629": "\u0647", "\u0671": "\u0627",
    "\u2018": "'", "\u2019": "'", "\u00b4": "'", "`": "'", "\u201c": '"', "\u201d": '"',
})  # fmt: skip
"""Letters without a decomposition; Arabic letters that hands write for one another; quotes."""
_LATIN: Final = str.maketrans({
    "\u0430": "a", "\u0431": "b", "в": "v", "\u0433": "g", "д": "d", "\u0435": "e", "ж": "zh",
    "з": "z", "и": "i",     "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "\u043e": "o",
    "п": "p", "\u0440": "r", "\u0441": "s",     "т": "t", "\u0443": "u", "ф": "f", "\u0445": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",     "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "ё": "e", "\u0456": "i", "ї": "i",     "є": "e", "ґ": "g",
})  # fmt: skip
"""Cyrillic letters by their sound."""


@lru_cache(maxsize=16_384)
def plainly(text: str) -> str:
    """Return a text in lower case, with ASCII digits, without accents; its signs are kept."""
    whole = tidied(html.unescape(text))
    if whole.isascii():
        return whole.lower()
    loose = unicodedata.normalize("NFKD", whole.casefold())
    bare = "".join(_digit(one) for one in loose if not unicodedata.combining(one))
    return bare.translate(_SINGLE)


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Return words as they are compared: as ``plainly``, single spaces for all other signs."""
    return _BETWEEN.sub(" ", plainly(text)).strip()


def all_of(words: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces between them."""
    return frozenset(words.split())


def closed(text: str) -> str:
    """Return folded words without the spaces between them: PT-92 and PT 92 are one."""
    return folded(text).replace(" ", "")


def in_latin(text: str) -> str:
    """Return folded words with Cyrillic letters transliterated; other scripts stay."""
    return folded(text).translate(_LATIN)


def _digit(character: str) -> str:
    value = unicodedata.digit(character, None) if not character.isascii() else None
    return character if value is None else str(value)
