"""Weapons whose marks a reading may have been taken from: weighed, cut, and told why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from stockpile.adapters.sqlite.likeness import Candidates, Places
from stockpile.adapters.sqlite.likeness_codes import texts_of
from stockpile.adapters.sqlite.likeness_narrow import among_named
from stockpile.adapters.sqlite.likeness_reading import LikenessOnRecord
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.matching.agreeing import agreement
from stockpile.domain.matching.asking import Question, Said
from stockpile.domain.matching.channel import Compared, compare
from stockpile.domain.matching.patterns import is_partial, pattern
from stockpile.domain.matching.symbols import BY_SOUND, placed, symbols
from stockpile.domain.matching.weighing import MOST, shown
from stockpile.domain.serials import fold, number_in

Why = Literal["applied_mark", "serial", "serial_looks_alike", "mark", "part", "similar"]
_MARKS: Final = (
    "SELECT mark.weapon, text, is_identity, is_ours, make, calibre, weapon.model "
    "FROM mark CROSS JOIN weapon ON weapon.row = mark.weapon "
    "WHERE mark.weapon IN (SELECT value FROM json_each(?)) AND registered AND key <> ''"
)
_LOOKED_AT: Final = 40
_COMPARED: Final = 14
"""So many of the nearest are read from the register and explained."""
_WORST: Final = 11.0
"""What a reading may cost before it says nothing of a mark."""
_WORST_AT_ALL: Final = 14.0
_SHORTEST: Final = 4
"""So many symbols a reading has at least without the zeros that were put before it."""
_PART: Final = 1.0
_OTHER_LENGTH: Final = 2.0
_MANY_PARTS: Final = 200_000
_PARTS_SHOWN: Final = 10
_NOT_EXACT: Final = 0.5
_ALL_BY_LOOKS: Final = 3.6
"""Who takes one O for a zero takes them all: more of the same costs little."""
_LOOKS: Final = frozenset({"look_alike", "other_script"})
_ENDS: Final = frozenset({"prefix_lost", "missing", "zeros"})
_WORDS: Final[tuple[Said, ...]] = ("make", "calibre", "model")


@dataclass(frozen=True, slots=True)
class Resembling:
    """A weapon's row, its cost with the words beside the serial, and why it was found."""

    row: int
    cost: float
    why: Why
    mark: str
    at: tuple[int, ...]
    reasons: tuple[str, ...]
    looks_the_same: bool = False

    @property
    def stays(self) -> bool:
        """Say whether it is shown whatever else is likelier: read exactly, or but for its looks."""
        return self.is_exact or self.looks_the_same

    @property
    def is_exact(self) -> bool:
        """Say whether the mark is the reading itself."""
        return self.why in ("applied_mark", "serial", "mark")


def resembling(
    connection: Connection, index: LikenessOnRecord, question: Question, *, fuzzy: bool
) -> list[Resembling]:
    """Return the weapons that may well be meant, best first."""
    number = number_in(question.serial)
    read = symbols(number)
    if not read:
        return []
    if is_partial(number):
        rows = _fitting(index, question, number)
        return _cut(_told(connection, index, question, rows), _PARTS_SHOWN)
    worst = _WORST_AT_ALL if fuzzy else _WORST
    found = _told(connection, index, question, _near(index, question, read))
    return _cut([one for one in found if one.cost <= worst or one.stays], MOST)


def _near(index: LikenessOnRecord, question: Question, read: str) -> list[int]:
    """Return the rows of the weapons with the least cost, for each form of the reading."""
    best: dict[int, float] = {}
    for form in _forms(read):
        found = index.likeness.like(form, lambda places: index.advantages.of(question, places))
        _take(best, index, question, found)
    named = among_named(index.likeness, index.advantages, question, read)
    if named is not None:
        _take(best, index, question, named)
    return sorted(best, key=best.__getitem__)[:_COMPARED]


def _forms(read: str) -> Iterable[str]:
    """Return a reading as it is, as it sounds, and without the zeros before it."""
    bare = read.lstrip("0")
    forms = (read, "".join(BY_SOUND.get(one, one) for one in read), bare)
    return dict.fromkeys(forms if len(bare) >= _SHORTEST else forms[:2])


def _take(
    best: dict[int, float], index: LikenessOnRecord, question: Question, found: Candidates
) -> None:
    """Take in the likeliest of some candidates: the least cost of each weapon."""
    costs = found.costs + index.advantages.of(question, found.places)
    for at in np.argsort(costs, kind="stable")[:_LOOKED_AT].tolist():
        row, cost = int(found.weapons[at]), float(costs[at])
        if row >= 0:
            best[row] = min(cost, best.get(row, cost))


def _fitting(index: LikenessOnRecord, question: Question, number: str) -> list[int]:
    """Return the rows of weapons whose mark may be the number read in part."""
    known = pattern(number)
    places = index.likeness.holding(known.read, known.tail, _MANY_PARTS)
    texts = texts_of(index.likeness.columns.codes[places])
    fits = [at for at, text in enumerate(texts) if known.fits(text)]
    chosen: Places = places[fits]
    worth = index.advantages.of(question, chosen)
    worth += [0.0 if len(texts[at]) == known.length else _OTHER_LENGTH for at in fits]
    best = np.argsort(worth, kind="stable")[: 2 * _LOOKED_AT]
    rows = index.likeness.columns.weapons[chosen[best]]
    return [int(row) for row in dict.fromkeys(rows.tolist()) if row >= 0]


def _told(
    connection: Connection, index: LikenessOnRecord, question: Question, rows: list[int]
) -> list[Resembling]:
    """Compare whole marks, as they stand on record now, and tell why; best first."""
    marks = connection.execute(_MARKS, (json.dumps(rows),)).fetchall()
    number = number_in(question.serial)
    best: dict[int, Resembling] = {}
    for row, text, is_identity, is_ours, *words in marks:
        one = _of_mark(row, number, text, bool(is_identity), bool(is_ours))
        cost, reasons = _of_words(index, question, words)
        told = replace(one, cost=one.cost + cost, reasons=(*one.reasons, *reasons))
        if row not in best or told.cost < best[row].cost:
            best[row] = told
    return sorted(best.values(), key=lambda one: (one.cost, not one.is_exact, one.row))


def _of_mark(row: int, number: str, text: str, is_identity: bool, is_ours: bool) -> Resembling:
    bare = symbols(number_in(text))
    if is_partial(number):
        return _of_part(row, number, text, bare)
    compared = compare(symbols(number), bare)
    at = _in_text(text, bare, compared.at)
    if not compared.cost:
        why: Why = "applied_mark" if is_ours else "serial" if is_identity else "mark"
        return Resembling(row, 0.0, why, text, at, ())
    reasons = _reasons(symbols(number), bare, compared)
    same = fold(number) == fold(bare)
    cost = min(compared.cost, _ALL_BY_LOOKS) if same else compared.cost
    return Resembling(row, cost + _NOT_EXACT, _why(reasons), text, at, reasons, same)


def _of_part(row: int, number: str, text: str, bare: str) -> Resembling:
    known = pattern(number)
    cost = _PART + (0.0 if len(bare) == known.length else _OTHER_LENGTH)
    ends = bool(known.tail) and bare.endswith(known.tail)
    cost = cost if known.fits(bare) else _WORST
    return Resembling(row, cost, "part", text, (), ("tail",) if ends else ("wildcard",))


def _reasons(read: str, bare: str, compared: Compared) -> tuple[str, ...]:
    more: tuple[str, ...] = ()
    if "prefix_lost" in compared.reasons and read.isdigit() and not bare.isdigit():
        more = ("digits_only",) if "".join(filter(str.isdigit, bare)) == read else ("tail",)
    return (*compared.reasons, *more)


def _why(reasons: Iterable[str]) -> Why:
    told = frozenset(reasons) - {"digits_only", "tail"}
    if told <= _LOOKS:
        return "serial_looks_alike"
    return "part" if told <= _ENDS else "similar"


def _of_words(
    index: LikenessOnRecord, question: Question, words: list[str]
) -> tuple[float, tuple[str, ...]]:
    """Return what the words are worth, and which of them agree or differ."""
    reasons: list[str] = []
    cost = 0.0
    for kind, written in zip(_WORDS, words, strict=True):
        said = question.said(kind)
        if not said:
            continue
        cost += index.advantages.worth(kind, said, written)
        how = agreement(kind, said, written, index.words)
        if how in ("agrees", "near"):
            reasons.append(kind)
        elif how == "differs":
            reasons.append(f"{kind}_differs")
    return cost, tuple(reasons)


def _in_text(text: str, bare: str, at: tuple[int, ...]) -> tuple[int, ...]:
    """Return the places in a text as it was written for places in its symbols."""
    places = placed(text)
    start = max(0, "".join(symbol for symbol, _ in places).find(bare))
    return tuple(dict.fromkeys(places[start + one][1] for one in at))


def _cut(found: list[Resembling], most: int) -> list[Resembling]:
    """Leave out what is not likely beside the best; what was read exactly always stays."""
    kept = shown([one.cost for one in found], most)
    return [one for at, one in enumerate(found) if at < kept or one.stays]
