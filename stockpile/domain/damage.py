"""What spreadsheet programs make of serials, models and calibres, and what probably stood there.

A program that takes ``12E5`` for a number shows 1.2E+06, one that takes ``7-62`` for a date shows
July 1962, and a number of more than fifteen digits ends in zeros. What was there before is said as
a proposal to look at, and never written in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from stockpile.domain.headings import Field

Harm = Literal["serial_damaged", "rounded", "made_a_date"]

LOOKED_AT: Final[tuple[Field, ...]] = ("serial", "model", "calibre", "make")
_POWER_OF_TEN: Final = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,3})", re.IGNORECASE)
_NEGATIVE_POWER: Final = re.compile(r"\d(?:[.,]\d+)?E-\d{1,3}", re.IGNORECASE)
_ROUNDED: Final = re.compile(r"\d{12,}0{3,}")
_ISO_DATE: Final = re.compile(r"((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?: 00:00:00)?")
_NUMBERED_DATE: Final = re.compile(r"([0-3]?\d)/([0-3]?\d)/((?:19|20)\d\d)")
_MONTHS: Final = {
    name: number
    for number, names in enumerate((
        "jan ene janv", "feb fev févr", "mar mars", "apr abr avr", "may mai", "jun juin",
        "jul juil", "aug ago août", "sep set sept", "oct out", "nov", "dec dez dic déc",
    ), 1)
    for name in names.split()
}  # fmt: skip
_DAY_AND_MONTH: Final = re.compile(r"([0-3]?\d)[-/ ]([A-Z]?[a-zûé]{2,4})\.?(?:[-/ ]\d{2,4})?")
_MONTH_AND_YEAR: Final = re.compile(r"([A-Z]?[a-zûé]{2,4})\.?[-/ ](?:19|20)?(\d\d)")
_LAST_MONTH: Final = 12
_SHORT: Final = 4
_PLAIN: Final = re.compile(r"[0-9]+")
_LEAST_IN_GROUP: Final = 10
_NEARLY_ALL: Final = 0.8
_SHORTEST: Final = 5
_MOST_LOST: Final = 3


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to a value, and what probably stood there; empty where nobody can say."""

    harm: Harm
    probable: str = ""


@lru_cache(maxsize=16_384)
def damage_to(field: Field, text: str) -> Damage | None:
    """Return what a spreadsheet program did to a value of a field, if it shows."""
    if field == "serial" and (number := _number_damage(text)):
        return number
    parts = _date_parts(text)
    return Damage("made_a_date", _before_the_date(field, *parts)) if parts else None


def lost_zeros(serials: Iterable[str]) -> dict[str, str]:
    """Return for each serial that probably lost zeros at its beginning what it was.

    Asked of serials that belong together, as of one maker: where nearly all have one length of
    digits and some are shorter.
    """
    digits = [one for one in serials if _PLAIN.fullmatch(one)]
    if len(digits) < _LEAST_IN_GROUP:
        return {}
    lengths = [len(one) for one in digits]
    usual = max(set(lengths), key=lengths.count)
    if usual < _SHORTEST or lengths.count(usual) < _NEARLY_ALL * len(digits):
        return {}
    return {one: one.zfill(usual) for one in digits if 0 < usual - len(one) <= _MOST_LOST}


def _number_damage(text: str) -> Damage | None:
    if match := _POWER_OF_TEN.fullmatch(text):
        return Damage("serial_damaged", _before_the_power(match[1], match[2] or "", int(match[3])))
    if _NEGATIVE_POWER.fullmatch(text):
        return Damage("serial_damaged")
    return Damage("rounded") if _ROUNDED.fullmatch(text) else None


def _before_the_power(whole: str, fraction: str, power: int) -> str:
    """Return the serial with an E that was taken for a number: 1.2E+06 was 12E5.

    A long fraction is a long number cut short: nobody can say what it was.
    """
    digits = (whole + fraction).rstrip("0") or whole
    left = power - (len(digits) - 1)
    return f"{digits}E{left}" if left >= 0 and len(digits) <= _SHORT else ""


def _date_parts(text: str) -> tuple[int, int, str] | None:
    """Return month, day (0 for none) and the year's last two digits of what reads as a date."""
    if match := _ISO_DATE.fullmatch(text):
        day = int(match[3])
        return int(match[2]), 0 if day == 1 else day, match[1][2:]
    if match := _NUMBERED_DATE.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if second <= _LAST_MONTH else (second, first)
        return month, day, match[3][2:]
    return _named_month(text)


def _named_month(text: str) -> tuple[int, int, str] | None:
    if (match := _DAY_AND_MONTH.fullmatch(text)) and (month := _month(match[2])):
        return month, int(match[1]), ""
    if (match := _MONTH_AND_YEAR.fullmatch(text)) and (month := _month(match[1])):
        return month, 0, match[2]
    return None


def _month(name: str) -> int:
    return _MONTHS.get(name.casefold(), 0)


def _before_the_date(field: Field, month: int, day: int, year: str) -> str:
    """Return what was typed: 7-62 became July 1962, 9-19 the 19th of September of this year."""
    if field == "calibre":
        return f"{month}x{day}" if day else f"{month}.{year}"
    return f"{day}/{month}" if day else f"{month}-{year}"
