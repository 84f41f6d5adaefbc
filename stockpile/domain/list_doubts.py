"""What is odd about rows beside each other: what no row shows by itself.

A serial that comes twice, a run that somebody copied down, zeros that a column has lost: each is a
remark on an accepted row, and none keeps it out. A delivery of new weapons is a run as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain.damage import lost_zeros
from stockpile.domain.facts import WeaponRegistered
from stockpile.domain.importing import Remark, Verdict
from stockpile.domain.layouts import Layout
from stockpile.domain.row_keys import LineSaid
from stockpile.domain.serials import read_serial
from stockpile.domain.type_words import plain

SHORTEST_RUN: Final = 20
"""Rows that count up by one and are equal in all else: fewer are taken for a small delivery."""
_COUNTING: Final = re.compile(r"(.*?)(\d{1,18})", re.DOTALL)


def with_list_doubts(
    verdicts: Sequence[Verdict], lines: Sequence[LineSaid], layout: Layout
) -> tuple[Verdict, ...]:
    """Return the verdicts with what the rows show together added to their remarks."""
    numbered = tuple(_numbered(verdicts))
    found: defaultdict[int, list[Remark]] = defaultdict(list)
    for position, remark in (
        *_twice(numbered),
        *_lost_zeros(numbered),
        *_counted_up(numbered, lines, layout),
    ):
        found[position].append(remark)
    return tuple(
        replace(one, remarks=(*one.remarks, *found[position])) if position in found else one
        for position, one in enumerate(verdicts)
    )


def serial_key(weapon: WeaponRegistered) -> str:
    """Return the key of a serial that was read whole; empty for none, a part, or zeros alone."""
    text = next((mark.text for mark in weapon.marks if mark.is_identity), "")
    serial = read_serial(text)
    return serial.key if serial.status == "read" and serial.key.strip("0") else ""


def are_like(one: WeaponRegistered, other: WeaponRegistered) -> bool:
    """Say whether make and model of two weapons are the same, as far as both say them."""
    return _agree(one.make_code or plain(one.make), other.make_code or plain(other.make)) and (
        _agree(one.model_code or plain(one.model), other.model_code or plain(other.model))
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A row that registers one weapon with a serial that was read whole."""

    position: int
    row: int
    weapon: WeaponRegistered
    key: str

    @property
    def serial(self) -> str:
        return next(mark.text for mark in self.weapon.marks if mark.is_identity)


def _numbered(verdicts: Iterable[Verdict]) -> Iterator[_Numbered]:
    for position, verdict in enumerate(verdicts):
        if len(verdict.bodies) == 1 and isinstance(body := verdict.bodies[0], WeaponRegistered):
            key = serial_key(body)
            if key:
                yield _Numbered(position, verdict.row, body, key)


def _twice(numbered: Sequence[_Numbered]) -> Iterator[tuple[int, Remark]]:
    seen: defaultdict[str, list[_Numbered]] = defaultdict(list)
    for one in numbered:
        before = next((old for old in seen[one.key] if are_like(old.weapon, one.weapon)), None)
        if before is None:
            seen[one.key].append(one)
        else:
            other = str(before.row)
            yield one.position, Remark(one.row, "serial", "twice_in_list", one.serial, other=other)


def _lost_zeros(numbered: Sequence[_Numbered]) -> Iterator[tuple[int, Remark]]:
    groups: defaultdict[str, list[_Numbered]] = defaultdict(list)
    for one in numbered:
        groups[one.weapon.make_code or plain(one.weapon.make)].append(one)
    for group in groups.values():
        lost = lost_zeros(one.serial for one in group)
        for one in group if lost else ():
            if one.serial in lost:
                remark = Remark(one.row, "serial", "zeros_lost", one.serial, lost[one.serial])
                yield one.position, remark


def _counted_up(
    numbered: Sequence[_Numbered], lines: Sequence[LineSaid], layout: Layout
) -> Iterator[tuple[int, Remark]]:
    """Tell of each run once, at its first row."""
    own = {*layout.columns_of("serial"), *layout.columns_of("control")}
    others = [one for one in range(len(layout.columns)) if one not in own]
    for run in _runs(numbered, lines, others):
        if len(run) >= SHORTEST_RUN:
            first, last = run[0], run[-1]
            other = last.serial
            yield (
                first.position,
                Remark(first.row, "serial", "counted_up", first.serial, other=other),
            )


def _runs(
    numbered: Sequence[_Numbered], lines: Sequence[LineSaid], columns: Sequence[int]
) -> Iterator[list[_Numbered]]:
    run: list[_Numbered] = []
    for one in numbered:
        if run and not (_follows(run[-1], one) and _same(lines, run[-1], one, columns)):
            yield run
            run = []
        run.append(one)
    yield run


def _follows(one: _Numbered, after: _Numbered) -> bool:
    if after.position != one.position + 1:
        return False
    before, now = _COUNTING.fullmatch(one.serial), _COUNTING.fullmatch(after.serial)
    if before is None or now is None:
        return False
    return before[1] == now[1] and int(now[2]) == int(before[2]) + 1


def _same(
    lines: Sequence[LineSaid], one: _Numbered, after: _Numbered, columns: Sequence[int]
) -> bool:
    here, there = lines[one.position].cells, lines[after.position].cells
    return all(here[column].value == there[column].value for column in columns)
