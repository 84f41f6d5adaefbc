"""Codewords of a Data Matrix mended by Reed-Solomon, with and without knowing which are bad.

The field is that of the standard: 256 numbers over x^8 + x^5 + x^3 + x^2 + 1, roots from 2^1 on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

_FIELD: Final = 0x12D
_ORDER: Final = 255


def _tables() -> tuple[list[int], list[int]]:
    powers, logs = [0] * (2 * _ORDER), [0] * 256
    value = 1
    for power in range(_ORDER):
        powers[power] = powers[power + _ORDER] = value
        logs[value] = power
        value = value << 1 ^ (_FIELD if value & 0x80 else 0)
    return powers, logs


_POWERS, _LOGS = _tables()


def syndromes(words: Sequence[int], correction: int) -> list[int]:
    """Return what is wrong with the words: all nought where nothing is."""
    found = []
    for root in range(1, correction + 1):
        value = 0
        for word in words:
            value = (_POWERS[_LOGS[value] + root] if value else 0) ^ word
        found.append(value)
    return found


def mended(
    words: Sequence[int], wrong: Sequence[int], doubtful: Collection[int] = ()
) -> list[int] | None:
    """Return the words put right, or nothing where too many are bad.

    ``wrong`` are their syndromes, ``doubtful`` the places of those that count as unread: each costs
    half of what a bad one costs whose place is not known.
    """
    if not any(wrong):
        return list(words)
    places = [len(words) - 1 - one for one in doubtful]
    locator = _locator(wrong, places)
    bad = len(locator) - 1
    if 2 * (bad - len(places)) + len(places) > len(wrong):
        return None
    roots = [one for one in range(len(words)) if not _at(locator, _ORDER - one)]
    if len(roots) != bad:
        return None
    right = list(words)
    evaluator = _times(locator, wrong)[: len(wrong)]
    slope = [value if not power % 2 else 0 for power, value in enumerate(locator[1:])]
    for one in roots:
        bottom = _at(slope, _ORDER - one)
        if not bottom:
            return None
        top = _at(evaluator, _ORDER - one)
        right[len(words) - 1 - one] ^= _over(top, bottom)
    return None if any(syndromes(right, len(wrong))) else right


def _locator(wrong: Sequence[int], places: Sequence[int]) -> list[int]:
    """Return the polynomial whose roots tell the bad places (Berlekamp, Massey, erasures)."""
    locator = [1]
    for place in places:
        locator = _times(locator, [1, _POWERS[place]])
    last, length, gap = list(locator), len(places), 1
    scale = 1
    for step in range(len(places), len(wrong)):
        amiss = 0
        for power, value in enumerate(locator):
            if value and power <= step and wrong[step - power]:
                amiss ^= _POWERS[_LOGS[value] + _LOGS[wrong[step - power]]]
        if not amiss:
            gap += 1
            continue
        share = _over(amiss, scale)
        shifted = [0] * gap + [_POWERS[_LOGS[one] + _LOGS[share]] if one else 0 for one in last]
        grown = _plus(locator, shifted)
        if 2 * length <= step + len(places):
            last, scale, length, gap = locator, amiss, step + 1 + len(places) - length, 1
        else:
            gap += 1
        locator = grown
    while len(locator) > 1 and not locator[-1]:
        locator.pop()
    return locator


def _plus(first: Sequence[int], second: Sequence[int]) -> list[int]:
    long, short = (first, second) if len(first) >= len(second) else (second, first)
    return [one ^ two for one, two in zip(long, short, strict=False)] + list(long[len(short) :])


def _times(first: Sequence[int], second: Sequence[int]) -> list[int]:
    product = [0] * (len(first) + len(second) - 1)
    for place, one in enumerate(first):
        if one:
            log = _LOGS[one]
            for beside, two in enumerate(second, place):
                if two:
                    product[beside] ^= _POWERS[log + _LOGS[two]]
    return product


def _at(polynomial: Sequence[int], power: int) -> int:
    """Return the polynomial's value at 2 to a power, the lowest coefficient first."""
    value = 0
    step = power % _ORDER
    for one in reversed(polynomial):
        value = (_POWERS[_LOGS[value] + step] if value else 0) ^ one
    return value


def _over(top: int, bottom: int) -> int:
    return _POWERS[_LOGS[top] - _LOGS[bottom] + _ORDER] if top else 0
