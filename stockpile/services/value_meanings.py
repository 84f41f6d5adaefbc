"""Every value of a list that the catalogue was asked about, with its meaning, to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from stockpile.domain.facts import WeaponRegistered
from stockpile.domain.headings import Field
from stockpile.domain.importing import Verdict
from stockpile.domain.layouts import Layout
from stockpile.domain.meanings import MEANT, Meanings, Meant, ValueMeaning
from stockpile.domain.row_keys import LineSaid, tidy

_BESIDE: Final[dict[Meant, Field]] = {"model": "make", "calibre": "type"}
_RANK: Final = {"open": 0, "proposed": 1, "written": 2, "nothing": 3}


def values_meant(
    lines: Sequence[LineSaid], layout: Layout, verdicts: Sequence[Verdict], meanings: Meanings
) -> tuple[ValueMeaning, ...]:
    """Return each value of the weapons' rows with what it means, in how many rows it stands.

    What nobody understood comes first, then what is only proposed, the most frequent first.
    """
    weapons = [
        line
        for line, verdict in zip(lines, verdicts, strict=True)
        if verdict.bodies and isinstance(verdict.bodies[0], WeaponRegistered)
    ]
    found = (one for field in MEANT for one in _of_field(field, weapons, layout, meanings))
    return tuple(sorted(found, key=lambda one: (_RANK[one.standing], -one.rows, one.value)))


def _of_field(
    field: Meant, lines: Sequence[LineSaid], layout: Layout, meanings: Meanings
) -> Iterator[ValueMeaning]:
    columns = layout.columns_of(field)
    if not columns:
        return
    beside = layout.columns_of(_BESIDE[field]) if field in _BESIDE else ()
    written = Counter(
        (tidy(line.cells[columns[0]].value), tidy(line.cells[beside[0]].value) if beside else "")
        for line in lines
    )
    merged: Counter[tuple[str, str]] = Counter()
    answers = {}
    for (value, other), rows in written.most_common():
        if value:
            normal = meanings.of(field, value, other)
            merged[value, normal.code] += rows
            answers[value, normal.code] = normal
    for key, rows in merged.items():
        yield ValueMeaning(field, key[0], rows, answers[key])
