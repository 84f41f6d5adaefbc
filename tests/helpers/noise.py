"""How recorders misread serials: errors drawn one by one, apart from the tables they are judged by.

Look-alikes, neighbours swapped, symbols lost or doubled, spaces, prefixes and zeros lost or added,
letters and digits of other scripts, and now and then a symbol that resembles nothing. The mix is
such that exact keys and rapidfuzz's ratio do about as well as they were seen to do on real lists.
"""

from __future__ import annotations

import random
from collections.abc import Callable

_ALIKE = (
    "0OQD", "1Il|7", "2Z", "38B", "4A", "5S", "6Gb", "8B", "9gq", "UV", "MNW", "CG", "EF", "KX",
)  # fmt: skip
_CYRILLIC = {**dict(zip("ABEKMHOPCTYX", "АВЕКМНОРСТУХ", strict=True)), "3": "З", "4": "Ч"}
_HEARD = dict(zip("VNRSUKHMLDGBPFZI", "ВНРСУКХМЛДГБПФЗИ", strict=True))
_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９", "〇一二三四五六七八九")
_BEFORE = ("No ", "Nº", "SN", "S/N ", "№ ", "N. ", "A", "BR")
_LEAST = 4
_PREFIX_LOST, _LETTERS_OF_OTHERS, _BY_LOOK, _IN_SMALL_LETTERS = 0.7, 0.7, 0.6, 0.25
_ANY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

Error = Callable[[random.Random, str], str]


def look_alike(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    sets = [one for one in _ALIKE if text[at].upper() in one]
    others = "".join(sets).replace(text[at], "")
    return text[:at] + chance.choice(others) + text[at + 1 :] if others else text


def swapped(chance: random.Random, text: str) -> str:
    at = chance.randrange(max(1, len(text) - 1))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def lost(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def doubled(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[: at + 1] + text[at:]


def unlike(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_ANY) + text[at + 1 :]


def spaced(chance: random.Random, text: str) -> str:
    at = chance.randrange(1, max(2, len(text)))
    return text[:at] + chance.choice(" -./") + text[at:]


def prefixed(chance: random.Random, text: str) -> str:
    bare = text.lstrip("".join(filter(str.isalpha, text)))
    if len(bare) != len(text) and len(bare) >= _LEAST and chance.random() < _PREFIX_LOST:
        return bare
    return chance.choice(_BEFORE) + text


def zeros(chance: random.Random, text: str) -> str:
    return text.lstrip("0") if text.startswith("0") else "0" * chance.randint(1, 2) + text


def other_script(chance: random.Random, text: str) -> str:
    if any(one.isalpha() for one in text) and chance.random() < _LETTERS_OF_OTHERS:
        table = _CYRILLIC if chance.random() < _BY_LOOK else _HEARD
        return "".join(table.get(one, one) for one in text)
    digits = chance.choice(_DIGITS)
    return "".join(digits[int(one)] if one in "0123456789" else one for one in text)


ERRORS: dict[Error, int] = {
    look_alike: 32, swapped: 14, lost: 16, doubled: 15, spaced: 3, prefixed: 7, zeros: 6,
    other_script: 5, unlike: 2,
}  # fmt: skip


def misread(chance: random.Random, serial: str, errors: int) -> str:
    """The serial with so many errors, each of which changed something, in either case."""
    text = "".join(one for one in serial.upper() if one.isalnum())
    for _ in range(errors):
        text = _once(chance, text)
    return text.lower() if chance.random() < _IN_SMALL_LETTERS else text


def _once(chance: random.Random, text: str) -> str:
    for _ in range(20):
        (error,) = chance.choices(list(ERRORS), list(ERRORS.values()))
        changed = error(chance, text)
        if changed != text and len(changed) >= 2:
            return changed
    return text
