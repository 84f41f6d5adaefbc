"""The symbols of a mark as they are compared: digits of all scripts, letters with their twins.

The confusable sets are those that tracing programmes meet (firearms examiners' guides name 5/S and
Z/2; the United States' crime register folds O to 0); Cyrillic and Greek letters have a twin by look
and another by sound, because a clerk may type either.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

from stockpile.domain.values import REMEMBERED

DIGITS: Final = "0123456789"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄЅЈҐ"
_GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
ALPHABET: Final = DIGITS + LETTERS + _CYRILLIC + _GREEK + "Ø"
"""Every symbol with a code of its own; all others are told apart no further than being other."""

BY_LOOK: Final = dict(
    zip(
        "АБВГДЕЁЗИЙКЛМНОПРСТУХЧШЩЬЯІЇЅЈҐ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧΓΛΠΣΘΦ" + "Ø",
        "A6BRDEE3NNKAMHOHPCTYX4WW6RIISJR" + "ABEZHIKMNOPTYXRANE00" + "0",
        strict=True,
    )
)
BY_SOUND: Final = dict(
    zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯІЇЄЅЈҐ" + "ΒΓΔΗΘΛΞΠΡΣΥΦΧΨΩ",
        "ABVGDEEZZIIKLMNOPRSTUFHCCSSYEUYIIESJG" + "VGDITLXPRSYFHPO",
        strict=True,
    )
)
CLASSES: Final = (
    "0OQD", "1ILT7", "2Z", "38B", "4A", "5S", "6GC", "9", "UV", "MNW", "EF", "KX", "H", "J", "P",
    "R", "Y",
)  # fmt: skip
"""Letters and digits that are taken for one another, each in one set: the visual skeleton."""

_OFTEN = ("0OQD", "1IL", "2Z", "8B", "5S", "6G", "1L7", "I7", "4A", "UV")
_ELSE = ("38B", "6GB", "9GQ", "MNW", "CG", "EF", "KX", "1T7", "IT")
_BY_A_LATIN_EYE = ("50", "67", "7V", "8V")
_SAME, _TWIN, _HEARD = 0.0, 0.4, 1.2
_OFTEN_TAKEN, _ALSO_TAKEN, _SEEN_IN_ARABIC, _UNLIKE = 3.0, 3.4, 4.6, 6.6
UNLIKE: Final = _UNLIKE
"""The cost of taking one symbol for another that it does not resemble."""
_NUMERALS = frozenset(range(10))
_SIGNS = {"&": "0", "|": "I"}


def _pairs() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    graded = ((_OFTEN, _OFTEN_TAKEN), (_ELSE, _ALSO_TAKEN), (_BY_A_LATIN_EYE, _SEEN_IN_ARABIC))
    for sets, cost in graded:
        for one, other in (pair for alike in sets for pair in combinations(alike, 2)):
            found.setdefault((one, other), cost)
            found.setdefault((other, one), cost)
    return found


_TAKEN = _pairs()
_CLASS = {symbol: alike[0] for alike in CLASSES for symbol in alike}


@lru_cache(maxsize=REMEMBERED)
def symbols(text: str) -> str:
    """Return what is compared of a text: no punctuation, capitals, every script's digits as 0-9.

    ``&`` stands for a genuine zero in numbers that an army pads with zeros, ``|`` for an I.
    """
    return "".join(symbol for symbol, _ in placed(text))


def placed(text: str) -> list[tuple[str, int]]:
    """Return each symbol with the place in the text that it was read from."""
    return [
        (_digit(symbol), place)
        for place, character in enumerate(text)
        for symbol in _plain(character)
        if symbol.isalnum()
    ]


def look(symbol: str) -> str:
    """Return the class of a symbol's looks: one for all that are taken for one another."""
    latin = BY_LOOK.get(symbol, symbol)
    return _CLASS.get(latin, latin)


@cache
def misread(seen: str, meant: str) -> float:
    """Return what it costs to have read one symbol for the other, 0 for the same; symmetric."""
    if seen == meant:
        return _SAME
    cost = min(
        _of_latin(one, other) + first + second
        for one, first in _readings(seen)
        for other, second in _readings(meant)
    )
    return min(cost, _UNLIKE)


def is_alike(seen: str, meant: str) -> bool:
    """Say whether one symbol is easily taken for the other."""
    return misread(seen, meant) < _UNLIKE


def is_of_other_script(symbol: str) -> bool:
    """Say whether the symbol is neither a Latin letter nor a digit."""
    return symbol not in DIGITS and symbol not in LETTERS


def _plain(character: str) -> str:
    if character.isascii():
        return _SIGNS.get(character, character).upper()
    return _compatible(character)


@lru_cache(maxsize=REMEMBERED)
def _compatible(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).upper()
    return plain if plain in ALPHABET else _bare(plain)


def _bare(plain: str) -> str:
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(one for one in apart if not unicodedata.combining(one))


def _digit(symbol: str) -> str:
    if symbol.isascii():
        return symbol
    value = unicodedata.numeric(symbol, -1.0)
    return str(int(value)) if value in _NUMERALS else symbol


def _readings(symbol: str) -> tuple[tuple[str, float], ...]:
    """Return the Latin letters or digits a symbol may be read as, with what each costs."""
    found = [(symbol, 0.0)]
    if symbol in BY_LOOK:
        found.append((BY_LOOK[symbol], _TWIN))
    if symbol in BY_SOUND:
        found.append((BY_SOUND[symbol], _HEARD if symbol in BY_LOOK else _TWIN))
    if symbol == "Ø":
        found.append(("O", _TWIN))
    return tuple(found)


def _of_latin(one: str, other: str) -> float:
    return _SAME if one == other else _TAKEN.get((one, other), _UNLIKE)
