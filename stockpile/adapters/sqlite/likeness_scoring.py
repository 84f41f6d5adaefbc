"""The weighted distance of one reading to many marks at once.

The same numbers as the domain's distance between two texts, for all marks in step: the loops walk
the symbols, numpy the marks.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from stockpile.adapters.sqlite.likeness_codes import (
    COST_OF,
    WIDTH,
    ZERO,
    Codes,
    are_letters,
    encoded,
)
from stockpile.domain.matching import channel

Costs = npt.NDArray[np.float32]
_ENDS: Final = np.array([channel.ends_lost(count) for count in range(WIDTH + 1)], np.float32)


def distances(read: str, marks: Codes) -> Costs:
    """Return the distance of a reading, as symbols, to each mark, a row of codes."""
    if not len(marks):
        return np.zeros(0, np.float32)
    columns = np.ascontiguousarray(marks.T)
    lost = _lost(columns)
    heads = channel.heads_added(read)
    before, earlier = _heads_lost(columns, lost), None
    codes = encoded(read)
    for i, code in enumerate(codes, 1):
        row = np.empty_like(before)
        row[0] = heads[i]
        np.add(before[:-1], COST_OF[code][columns], out=row[1:])
        np.minimum(row[1:], before[1:] + np.float32(channel.added(read, i - 1)), out=row[1:])
        if earlier is not None and codes[i - 2] != code:
            _swapped(row, earlier, columns, (codes[i - 2], code))
        for j in range(1, len(row)):
            np.minimum(row[j], row[j - 1] + lost[j - 1], out=row[j])
        before, earlier = row, before
    return _finished(before, columns)


def _lost(columns: Codes) -> Costs:
    costs = np.full(columns.shape, channel.LOST, np.float32)
    costs[1:][columns[1:] == columns[:-1]] = channel.LOST_TWIN
    return costs


def _heads_lost(columns: Codes, lost: Costs) -> Costs:
    """Return, by number of symbols, what leaving so many out at each mark's head costs."""
    costs = np.zeros((len(columns) + 1, columns.shape[1]), np.float32)
    letters = np.ones(columns.shape[1], np.bool_)
    zeros = letters.copy()
    for j, column in enumerate(columns):
        letters &= are_letters(column)
        zeros &= column == ZERO
        step = costs[j] + lost[j]
        once = np.float32(channel.HEAD_LETTERS + channel.HEAD_MORE * (j + 1))
        none = np.float32(channel.ZERO_LOST + channel.ZERO_MORE * j)
        step = np.where(letters, np.minimum(step, once), step)
        costs[j + 1] = np.where(zeros, np.minimum(step, none), step)
    return costs


def _swapped(row: Costs, earlier: Costs, columns: Codes, codes: tuple[int, int]) -> None:
    first, second = codes
    fits = (columns[1:] == first) & (columns[:-1] == second)
    swapped = np.where(fits, earlier[:-2] + np.float32(channel.SWAPPED), np.float32(np.inf))
    np.minimum(row[2:], swapped, out=row[2:])


def _finished(last: Costs, columns: Codes) -> Costs:
    """Return the cheapest end of each mark; what stands behind it was not read."""
    lengths = (columns != 0).sum(axis=0)
    best = np.full(columns.shape[1], np.inf, np.float32)
    for end, costs in enumerate(last):
        left = lengths - end
        cost = np.where(left >= 0, costs + _ENDS[np.maximum(left, 0)], np.float32(np.inf))
        np.minimum(best, cost, out=best)
    return best
