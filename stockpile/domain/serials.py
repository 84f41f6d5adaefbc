"""How a serial number is read: what was seen, and the keys by which it is found again.

The visual skeleton follows the confusable sets that programmes meet (O/0, I/1, Z/2, S/5, G/6, T/7,
B/8, Cyrillic and Greek twins of Latin letters). A fold is for finding, never for deciding: two
weapons with one fold are look-alikes until a person says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from stockpile.domain.values import search_key, tidied

SerialStatus = Literal["read", "partial", "none", "removed", "illegible"]

_TWINS = str.maketrans(
    "АВЕЁКМНОРСТУХІЅЈЗЧБΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABEEKMHOPCTYXISJ346ABEZHIKMNOPTYX",
)
_LOOKALIKES = str.maketrans("OQDILZSGTB", "0001125678")
_UNCERTAIN = re.compile(r"[?*#]|\[[^\]]*\]|\.{2,}|_{2,}")
_WITHOUT_ONE = frozenset(
    {
        "",
        "0",
        "00",
        "000",
        "0000",
        "NA",
        "NONE",
        "NIL",
        "NULL",
        "NUMBERLESS",
        "UNKNOWN",
        "SN",
        "SEM",
        "SEMNUMERO",
        "SEMNUMERACAO",
        "SEMNUMERACAOAPARENTE",
        "NAOHA",
        "NAOPOSSUI",
        "NAOCONSTA",
        "NAOINFORMADO",
        "NAOIDENTIFICADO",
        "SINNUMERO",
        "SANSNUMERO",
        "AUCUN",
        "БЕЗНОМЕРА",
        "НЕТ",
    }
)
_REMOVED = re.compile(
    r"SUPRIM|RASPAD|OBLITERA|REMOVID|ERASED|GROUND|FILED|LIMAD|LIXAD|BORRAD|SPILEN|СПИЛЕН"
)
_NOTE = re.compile(r"\([^()0-9]*\)")
_ILLEGIBLE = re.compile(
    r"ILEG[IÍ]VEL|ILLEGIB|ILLISIB|DANIFICAD|PREJUDICAD|UNREADABLE|НЕЧИТ|CORRO[IÍ]D"
)


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial number as it was seen.

    ``text`` is as read, only tidied; ``status`` says how much of a number it is; ``key`` compares
    exactly (one case, no punctuation); ``fold`` compares by looks. Both keys are empty where no
    number was read.
    """

    text: str
    status: SerialStatus
    key: str
    fold: str


def read_serial(text: str) -> Serial:
    """Read a serial as typed, scanned or listed; reading a reading again changes nothing."""
    seen = tidied(text)
    key = search_key(seen)
    status = _status(seen, key)
    if status in ("none", "removed") or (status == "illegible" and not _has_digit(key)):
        return Serial(seen, status, "", "")
    number = _NOTE.sub(" ", seen)
    return Serial(seen, status, search_key(number), fold(number))


def fold(text: str) -> str:
    """Return the visual skeleton of a text: equal for texts easily misread as each other."""
    digits = "".join(_digit(character) for character in unicodedata.normalize("NFKC", text).upper())
    return search_key(digits.translate(_TWINS)).translate(_LOOKALIKES)


def _status(seen: str, key: str) -> SerialStatus:
    plain = seen.upper()
    if key in _WITHOUT_ONE:
        return "none"
    if _REMOVED.search(plain) and not _has_digit(key):
        return "removed"
    if _ILLEGIBLE.search(plain):
        return "partial" if _has_digit(key) else "illegible"
    return "partial" if _UNCERTAIN.search(seen) or _REMOVED.search(plain) else "read"


def _has_digit(key: str) -> bool:
    return any(character.isdigit() for character in key)


def _digit(character: str) -> str:
    value = unicodedata.digit(character, None)
    return character if value is None else str(value)
