"""Consecutive serials: a run of numbers between the same letters, as a crate's list names them.

Exactly one group of digits counts up; what stands before and after it, and its leading zeros, stay.
No check character is assumed: a serial that ends in one is no run, and has to be typed or pasted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import RangeTooLong, RangeUnclear
from stockpile.domain.values import tidied

MOST: Final = 5_000
"""Weapons in one run; more is a slip of the key, or a list to import."""

_BETWEEN: Final = re.compile(r"\s*(?:\.\.+|…)\s*")
_COUNTED: Final = re.compile(r"^(?P<first>.*\d.*?)\s*\+\s*(?P<count>\d{1,9})$")
_GROUPS: Final = re.compile(r"(\d+)")
_ENDS: Final = 2


@dataclass(frozen=True, slots=True)
class SerialRange:
    """``count`` serials from the number ``first`` on; numbers shorter than ``width`` get zeros.

    ``zero`` is the digit nought of the script that the number is written in.
    """

    prefix: str
    first: int
    count: int
    width: int
    suffix: str = ""
    zero: str = "0"

    def serials(self) -> tuple[str, ...]:
        """Return every serial of the run, in order."""
        return tuple(map(self._serial, range(self.first, self.first + self.count)))

    @property
    def lowest(self) -> str:
        """The first serial."""
        return self._serial(self.first)

    @property
    def highest(self) -> str:
        """The last serial."""
        return self._serial(self.first + self.count - 1)

    def _serial(self, number: int) -> str:
        digits = str(number).zfill(self.width)
        if self.zero != "0":
            digits = "".join(chr(ord(self.zero) + int(digit)) for digit in digits)
        return f"{self.prefix}{digits}{self.suffix}"


def parse_range(text: str) -> SerialRange | None:
    """Return the run that is written as ``KB01..KB99``, ``KB01..99`` or ``KB01+99``.

    None where the text is one serial: two dots also stand for characters that cannot be read.
    Raises RangeTooLong.
    """
    seen = tidied(text)
    counted = _COUNTED.match(seen)
    ends = _BETWEEN.split(seen)
    try:
        if counted:
            return counted_range(counted["first"], int(counted["count"]))
        return range_between(*ends) if len(ends) == _ENDS and all(ends) else None
    except RangeUnclear:
        return None


def range_between(first: str, last: str) -> SerialRange:
    """Return the run from one serial to another; ``last`` may be its final digits alone.

    Raises RangeUnclear unless exactly one group of digits counts up, and RangeTooLong.
    """
    lower, upper = tidied(first), _completed(tidied(first), tidied(last))
    start, end = _GROUPS.split(lower), _GROUPS.split(upper)
    differing = [at for at, pair in enumerate(zip(start, end, strict=False)) if pair[0] != pair[1]]
    if len(start) != len(end) or len(differing) > 1:
        raise RangeUnclear(first, last)
    at = differing[0] if differing else _last_group(start, first, last)
    if not at % 2 or not _counts_up(start[at], end[at]):
        raise RangeUnclear(first, last)
    return _run(start, at, int(end[at]) - int(start[at]) + 1)


def counted_range(first: str, count: int) -> SerialRange:
    """Return so many serials from one on: its last group of digits counts up.

    Raises RangeUnclear for a serial without digits or a count below one, and RangeTooLong.
    """
    groups = _GROUPS.split(tidied(first))
    if count < 1:
        raise RangeUnclear(first, str(count))
    return _run(groups, _last_group(groups, first, str(count)), count)


def _run(groups: list[str], at: int, count: int) -> SerialRange:
    if count > MOST:
        raise RangeTooLong(count, MOST)
    digits, zero = groups[at], _zero(groups[at])
    if zero is None:
        raise RangeUnclear("".join(groups), str(count))
    before, after = "".join(groups[:at]), "".join(groups[at + 1 :])
    return SerialRange(before, int(digits), count, len(digits), after, chr(zero))


def _completed(first: str, last: str) -> str:
    """Return the last serial whole where only its final digits were written."""
    groups = _GROUPS.split(first)
    if len(groups) == 1 or not last.isdecimal() or first.isdecimal() or groups[-1]:
        return last
    number = groups[-2]
    if len(last) > len(number):
        return last
    groups[-2] = number[: len(number) - len(last)] + last
    return "".join(groups)


def _last_group(groups: list[str], first: str, last: str) -> int:
    if len(groups) == 1:
        raise RangeUnclear(first, last)
    return len(groups) - 2


def _counts_up(start: str, end: str) -> bool:
    """Say whether a number rises to another of the same script, its leading zeros kept."""
    if _zero(start) is None or _zero(start) != _zero(end) or int(start) > int(end):
        return False
    return len(start) == len(end) or (len(end) > len(start) and int(end[0]) > 0)


def _zero(digits: str) -> int | None:
    """Return the code of nought in the script of a number; None where scripts are mixed."""
    zeros = {ord(digit) - unicodedata.decimal(digit) for digit in digits}
    return zeros.pop() if len(zeros) == 1 else None
