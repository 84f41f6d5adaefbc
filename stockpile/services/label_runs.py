"""The runs of labels on record: when, how many, which weapon bears which, and what is left of one.

A run is known by the name that its prints bear; a run of an older version by its sheet's digest.
Its labels are counted from 1, as the small number on each label's edge says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import (
    FieldUnreadable,
    LabelNeverPrinted,
    LabelRunUnknown,
    SheetFinished,
)
from stockpile.domain.facts import Fact, Horizon, LabelPrinted
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import Instant, OfficerId, WeaponId
from stockpile.services.ports import Books

_RECENT: Final = 5_000
"""So many facts of each chain are looked at first: the newest runs are nearly always among them."""
_NEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Rest:
    """What a run of labels still owes after its last good one, and on which stock it was."""

    stock: str
    weapons: tuple[WeaponId, ...]


@dataclass(frozen=True, slots=True)
class LabelRun:
    """Labels that were printed together: ``printer`` is empty for sheets."""

    run: str
    stock: str
    labels: int
    at: Instant
    zone: int
    by: OfficerId | None
    printer: str = ""


@dataclass(frozen=True, slots=True)
class RunLabel:
    """One label of a run: its number, whose it is, and whether the weapon bears another by now."""

    place: int
    weapon: WeaponId
    number: str
    tag: str
    is_void: bool


_Print = tuple[Fact, LabelPrinted]


@dataclass(frozen=True, slots=True)
class LabelRuns:
    """The ledger of labels."""

    books: Books

    def newest(self, limit: int = _NEWEST) -> tuple[LabelRun, ...]:
        """Return the runs that were printed last, newest first."""
        runs = _by_run(self._prints(recent=True))
        # The first run of those looked at may have begun before them.
        if len(runs) <= limit:
            runs = _by_run(self._prints(recent=False))
        told = [_told(run, found) for run, found in runs.items()]
        return tuple(sorted(told, key=lambda one: one.at, reverse=True)[:limit])

    def labels(self, run: str) -> tuple[RunLabel, ...]:
        """Return the labels of a run by their numbers; raises LabelRunUnknown."""
        prints = self._run(run)
        weapons = self.books.weapons([WeaponId(fact.subject) for fact, _body in prints])
        return tuple(
            RunLabel(place, one.id, registry_number(one.id), body.tag, one.tag != body.tag)
            for place, ((_fact, body), one) in enumerate(zip(prints, weapons, strict=True), start=1)
        )

    def after(self, last_good: WeaponId) -> Rest:
        """Return the weapons whose labels come after this one's in the run printed last for it.

        Those before it are good and are not printed, nor counted as reprinted. Raises
        LabelNeverPrinted, SheetFinished where it was the last one.
        """
        prints = [
            (fact, fact.body)
            for fact in self.books.history(last_good)
            if isinstance(fact.body, LabelPrinted)
        ]
        if not prints:
            raise LabelNeverPrinted(registry_number(last_good))
        fact, body = max(prints, key=lambda one: one[0].order)
        shown = Horizon(fact.node, fact.seq)
        known = [shown if one.node == fact.node else one for one in self.books.horizons()]
        found = _by_run(self._among(known)).get(_name(body), [])
        if not found:
            raise SheetFinished(registry_number(last_good))
        return _rest(found)

    def from_number(self, number: int, run: str = "") -> Rest:
        """Return the weapons of a run, the newest unless named, from this number's label on.

        Raises LabelRunUnknown, FieldUnreadable for a number that the run does not have,
        SheetFinished where its last label is the one before.
        """
        prints = self._run(run or self._last())
        if number == len(prints) + 1:
            raise SheetFinished(str(number - 1))
        if not 1 <= number <= len(prints):
            raise FieldUnreadable("label", str(number))
        return _rest(prints[number - 1 :])

    def _last(self) -> str:
        runs = self.newest(1)
        if not runs:
            raise LabelRunUnknown("")
        return runs[0].run

    def _run(self, run: str) -> list[_Print]:
        """Return the prints of a run in the order of its labels; raises LabelRunUnknown."""
        found = _by_run(self._prints(recent=True)).get(run, [])
        if not found or found[0][1].place != 1:
            found = _by_run(self._prints(recent=False)).get(run, [])
        if not found:
            raise LabelRunUnknown(run)
        return found

    def _prints(self, *, recent: bool) -> list[_Print]:
        back = _RECENT if recent else 0
        ends = self.books.horizons() if recent else ()
        return self._among([Horizon(one.node, max(0, one.seq - back)) for one in ends])

    def _among(self, known: Sequence[Horizon]) -> list[_Print]:
        return list(_printed(self.books.since(known, [LabelPrinted])))


def _printed(facts: Sequence[Fact]) -> Iterator[_Print]:
    for fact in facts:
        if isinstance(fact.body, LabelPrinted):
            yield fact, fact.body


def _name(body: LabelPrinted) -> str:
    return body.run or str(body.sheet or "")


def _by_run(prints: Sequence[_Print]) -> dict[str, list[_Print]]:
    """Return the prints of each run by their numbers in it; what is in no run is left out."""
    runs: dict[str, list[_Print]] = {}
    for fact, body in prints:
        if name := _name(body):
            runs.setdefault(name, []).append((fact, body))
    for found in runs.values():
        found.sort(key=lambda one: (one[1].place, one[0].order))
    return runs


def _told(run: str, prints: Sequence[_Print]) -> LabelRun:
    fact, body = max(prints, key=lambda one: one[0].order)
    return LabelRun(run, body.stock, len(prints), fact.at, fact.zone, fact.by, body.printer)


def _rest(prints: Sequence[_Print]) -> Rest:
    weapons = dict.fromkeys(WeaponId(fact.subject) for fact, _body in prints)
    return Rest(prints[0][1].stock, tuple(weapons))
