"""Dates as lists write them: read if there is one reading, kept as written if there are two."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

DateOrder = Literal["", "day", "month"]
"""Which of two small numbers comes first in a list's dates; empty where nothing tells."""

DateStatus = Literal["read", "ambiguous", "unreadable"]

_ISO: Final = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?)?"
)
_NUMBERS: Final = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_ISO_LENGTH: Final = len("2026-11-28")
_COARSE: Final = re.compile(r"\d{4}(?:-\d{2})?")
_EARLIEST: Final = 1800
_LATEST: Final = 2099
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date in ISO form (with a time where one is given), or the text as written."""

    text: str
    status: DateStatus = "read"


@lru_cache(maxsize=16_384)
def read_date(text: str, order: DateOrder = "") -> DateRead:
    """Read a date; 05/06/2021 is ambiguous unless the order is known or there is no other way."""
    seen = text.strip()
    if match := _ISO.fullmatch(seen):
        year, month, day, *clock = match.groups()
        return _checked(seen, (year, month, day), clock)
    if match := _NUMBERS.fullmatch(seen):
        first, _, second, year, *clock = match.groups()
        return _by_order(seen, (first, second, year), clock, order)
    return DateRead(seen, "read" if _COARSE.fullmatch(seen) else "unreadable")


def is_date(text: str) -> bool:
    """Say whether the text is a whole ISO date, such as 2026-11-28."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_by(text: str, day: str) -> bool:
    """Say whether a text is, or begins with, an ISO date that is no later than a day.

    What is no date is not by any day: nobody can say that it is past.
    """
    said = text[:_ISO_LENGTH]
    return said <= day and is_date(said)


def order_of(texts: Iterable[str]) -> DateOrder:
    """Return the order that a column of dates proves: a number above 12 can only be a day."""
    found: set[DateOrder] = set()
    for text in texts:
        if match := _NUMBERS.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[3])
            if first > _MONTHS >= second:
                found.add("day")
            elif second > _MONTHS >= first:
                found.add("month")
    return found.pop() if len(found) == 1 else ""


def _by_order(
    seen: str, numbers: tuple[str, str, str], clock: list[str | None], order: DateOrder
) -> DateRead:
    first, second, year = numbers
    if int(first) > _MONTHS or (order == "day" and int(second) <= _MONTHS) or first == second:
        return _checked(seen, (year, second, first), clock)
    if int(second) > _MONTHS or order == "month":
        return _checked(seen, (year, first, second), clock)
    return DateRead(seen, "ambiguous")


def _checked(seen: str, date: tuple[str, str, str], clock: list[str | None]) -> DateRead:
    year, month, day = map(int, date)
    hour, minute, second = (int(one or 0) for one in clock)
    if not _EARLIEST <= year <= _LATEST:
        return DateRead(seen, "unreadable")
    try:
        moment = dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - as written
    except ValueError:
        return DateRead(seen, "unreadable")
    if clock[0] is None or not (hour or minute or second):
        return DateRead(moment.date().isoformat())
    return DateRead(moment.isoformat())
