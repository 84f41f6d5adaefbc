"""How likely a reading is of a mark: a weighted distance after the errors that recorders make.

1. One symbol taken for another; by looks far more easily than else.
2. Neighbours swapped; a symbol lost, or written twice.
3. The letters at the head left out, or zeros; something put before the number, or lost behind it.

Costs are negative natural logarithms of how seldom each happens, so that they add up and compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.matching.symbols import is_of_other_script, misread

SWAPPED: Final = 3.6
LOST: Final = 4.4
LOST_TWIN: Final = 3.6
ADDED: Final = 6.4
DOUBLED: Final = 3.6
ZERO_LOST: Final = 2.6
ZERO_MORE: Final = 0.5
"""A zero at the head, lost or added: the first one, and each after it."""
HEAD_LETTERS: Final = 3.0
HEAD_MORE: Final = 0.2
"""All letters at the head left out: once, and for each letter."""
HEAD_ADDED: Final = 4.0
"""Letters put before the number: once; each costs HEAD_MORE besides."""
END_LOST: Final = 6.0
END_MORE: Final = 0.8
"""The end not read: once, and for each symbol."""

Step = Literal["same", "misread", "swapped", "lost", "added", "head", "end"]
_INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Compared:
    """A reading against a mark: the cost, why, and the places in the mark's symbols that differ."""

    cost: float
    reasons: tuple[str, ...]
    at: tuple[int, ...]


def heads_lost(mark: str) -> list[float]:
    """Return, for each number of symbols, what leaving so many out at the mark's head costs."""
    costs = [0.0]
    for count in range(1, len(mark) + 1):
        costs.append(min(costs[-1] + lost(mark, count - 1), _head(mark[:count], HEAD_LETTERS)))
    return costs


def heads_added(read: str) -> list[float]:
    """Return, for each number of symbols, what putting so many before the mark costs."""
    costs = [0.0]
    for count in range(1, len(read) + 1):
        costs.append(min(costs[-1] + added(read, count - 1), _head(read[:count], HEAD_ADDED)))
    return costs


def lost(mark: str, at: int) -> float:
    """Return what losing a symbol costs; less where its neighbour is the same."""
    return LOST_TWIN if at and mark[at] == mark[at - 1] else LOST


def added(read: str, at: int) -> float:
    """Return what a symbol too many costs; less where its neighbour is the same."""
    return DOUBLED if at and read[at] == read[at - 1] else ADDED


def ends_lost(count: int) -> float:
    """Return what so many symbols not read at the mark's end cost."""
    return END_LOST + END_MORE * count if count else 0.0


def distance(read: str, mark: str) -> float:
    """Return how far a reading is from a mark, both as symbols: 0 for the same."""
    return _finish(_table(read, mark), len(mark))[0]


def compare(read: str, mark: str) -> Compared:
    """Return the distance with its reasons and places, after the cheapest course of errors."""
    table = _table(read, mark)
    cost, end = _finish(table, len(mark))
    reasons: dict[str, None] = {}
    at: set[int] = set()
    if end < len(mark):
        reasons["missing"] = None
        at.update(range(end, len(mark)))
    i, j = len(read), end
    while i or j:
        step = _step(table, read, mark, i, j)
        reasons.update(dict.fromkeys(_reasons(step, read, mark, i, j)))
        at.update(_places(step, i, j, len(mark)))
        i, j = _before(step, i, j)
    return Compared(cost, tuple(reasons), tuple(sorted(at)))


def _head(head: str, once: float) -> float:
    if head == "0" * len(head):
        return ZERO_LOST + ZERO_MORE * (len(head) - 1)
    return once + HEAD_MORE * len(head) if head.isalpha() else _INFINITE


def _table(read: str, mark: str) -> list[list[float]]:
    added_head = heads_added(read)
    table = [heads_lost(mark)]
    for i in range(1, len(read) + 1):
        row = [added_head[i]]
        for j in range(1, len(mark) + 1):
            row.append(min(_ways(table, row, read, mark, (i, j))))
        table.append(row)
    return table


def _ways(
    table: list[list[float]], row: list[float], read: str, mark: str, at: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Return the costs of the four last steps: misread (or the same), lost, added, swapped."""
    i, j = at
    return (
        table[i - 1][j - 1] + misread(read[i - 1], mark[j - 1]),
        row[j - 1] + lost(mark, j - 1),
        table[i - 1][j] + added(read, i - 1),
        table[i - 2][j - 2] + SWAPPED if _is_swapped(read, mark, i, j) else _INFINITE,
    )


def _is_swapped(read: str, mark: str, i: int, j: int) -> bool:
    if i < 2 or j < 2:  # noqa: PLR2004 - two neighbours
        return False
    return read[i - 2] == mark[j - 1] and read[i - 1] == mark[j - 2] and read[i - 1] != read[i - 2]


def _finish(table: list[list[float]], length: int) -> tuple[float, int]:
    return min((cost + ends_lost(length - end), end) for end, cost in enumerate(table[-1]))


def _step(table: list[list[float]], read: str, mark: str, i: int, j: int) -> Step:
    if not i or not j:
        return "head"
    row = table[i]
    ways = _ways(table, row, read, mark, (i, j))
    chosen = ways.index(min(ways))
    if chosen == 0:
        return "same" if read[i - 1] == mark[j - 1] else "misread"
    names: tuple[Step, Step, Step] = ("lost", "added", "swapped")
    return names[chosen - 1]


def _reasons(step: Step, read: str, mark: str, i: int, j: int) -> tuple[str, ...]:
    if step == "misread":
        return (_of_misread(read[i - 1], mark[j - 1]),)
    if step == "head":
        return (_of_head(read[:i], mark[:j]),)
    told: dict[Step, tuple[str, ...]] = {
        "lost": ("missing",), "added": ("extra",), "swapped": ("swapped",),
    }  # fmt: skip
    return told.get(step, ())


def _of_misread(seen: str, meant: str) -> str:
    if is_of_other_script(seen) != is_of_other_script(meant):
        return "other_script"
    return "look_alike" if misread(seen, meant) < misread("1", "M") else "differs"


def _of_head(read: str, mark: str) -> str:
    head = read or mark
    if head == "0" * len(head):
        return "zeros"
    return "prefix_lost" if mark else "extra"


def _places(step: Step, i: int, j: int, length: int) -> range:
    """Return the places in the mark that a step concerns; beside what was added, its neighbour."""
    if step == "head":
        return range(j) if j else range(min(1, length)) if i else range(0)
    last = {"same": range(0), "swapped": range(j - 2, j), "added": range(j - 1, j)}
    return last.get(step, range(j - 1, j))


def _before(step: Step, i: int, j: int) -> tuple[int, int]:
    if step == "head":
        return 0, 0
    back = {"lost": (0, 1), "added": (1, 0), "swapped": (2, 2)}.get(step, (1, 1))
    return i - back[0], j - back[1]
