"""How a count ends: its numbers, and an investigation for everything that does not agree.

Nothing is put right by closing: what was found stands, and only evidence ends an investigation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from stockpile.domain import reconciling
from stockpile.domain.count_quantities import QuantityLine
from stockpile.domain.count_sheet import CountSheet, Stranger
from stockpile.domain.counting import DIFFERENCES, Line, Tally
from stockpile.domain.facts import Draft, Horizon, InvestigationOpened, StocktakeClosed
from stockpile.domain.opening_counts import Stocktake
from stockpile.domain.values import Digest, PlaceId, WeaponId

DAYS_TO_ANSWER: Final = 7
"""So many days an investigation may take before it is overdue; a house rule, from no instrument."""
_GRAVEST: Final = ("missing", "unexpected", "misplaced")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree, whose investigation a closing opens."""

    kind: Literal["missing", "unexpected", "misplaced", "stranger", "quantity"]
    place: PlaceId | None
    weapon: WeaponId | None = None
    said: str = ""
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a count comes to: every line, the numbers, and the differences, the gravest first."""

    lines: tuple[Line, ...]
    quantities: tuple[QuantityLine, ...]
    strangers: tuple[Stranger, ...]
    tally: Tally

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All that does not agree."""
        wrong = (one for one in self.lines if one.kind in DIFFERENCES)
        ranked = sorted(wrong, key=lambda one: (_GRAVEST.index(one.kind), one.place or ""))
        return (
            *(_of_line(one) for one in ranked),
            *(Difference("stranger", one.place, said=one.read) for one in self.strangers),
            *(
                Difference("quantity", one.place, said=one.said)
                for one in self.quantities
                if not one.agrees
            ),
        )

    @property
    def digest(self) -> Digest:
        """The digest of the list of results."""
        rest = (*self.quantities, *((one.place, one.read) for one in self.strangers))
        return reconciling.digest_of(self.lines, rest)


def found(sheet: CountSheet) -> Found:
    """Return what a sheet comes to as it stands."""
    lines = tuple(sorted(sheet.lines.values(), key=lambda one: one.weapon))
    by_number = sheet.scope.opened.basis != "serial"
    quantities = sheet.quantities() if by_number else ()
    numbers = _by_number(sheet.tally, quantities) if by_number else sheet.tally
    return Found(lines, quantities, sheet.strangers, numbers)


def closed(
    stocktake: Stocktake,
    heads: tuple[Digest, ...],
    what: Found,
    known: tuple[Horizon, ...],
    *,
    ids: Sequence[str],
    today: str,
) -> list[Draft]:
    """Close a count, and open an investigation for each of its differences, under these ids."""
    due = (date.fromisoformat(today) + timedelta(days=DAYS_TO_ANSWER)).isoformat()
    numbers = what.tally
    body = StocktakeClosed(
        expected=numbers.expected,
        seen=numbers.found,
        missing=numbers.missing,
        unexpected=numbers.unexpected,
        misplaced=numbers.misplaced,
        explained=numbers.explained,
        twice=numbers.twice,
        horizon=known,
        lines=what.digest,
        investigations=tuple(ids),
    )
    opened = [
        _investigation(stocktake.id, id_, one, due)
        for id_, one in zip(ids, what.differences, strict=True)
    ]
    return [Draft(stocktake.id, body, heads), *opened]


def _investigation(stocktake: str, id_: str, one: Difference, due: str) -> Draft:
    body = InvestigationOpened(one.kind, stocktake, one.weapon or "", one.place, one.said, due)
    return Draft(id_, body)


def _of_line(line: Line) -> Difference:
    seen = line.seen[-1] if line.seen else line.place
    assert line.kind in _GRAVEST
    return Difference(line.kind, seen, line.weapon, line=line)


def _by_number(seen: Tally, lines: Sequence[QuantityLine]) -> Tally:
    """Return the numbers of a count without serials: what lacks, and what is too much."""
    counted = sum(one.counted or 0 for one in lines)
    return Tally(
        expected=sum(one.expected for one in lines),
        found=counted,
        missing=sum(-one.difference for one in lines if one.difference < 0),
        unexpected=seen.unexpected + sum(max(0, one.difference) for one in lines),
    )
