"""What stands on record beside weapons, by kind; what is asked for all the time stays in memory.

Places, officers, people, schemes and machines are few and asked for at every scan: they are decoded
once, and again only where one was written. Receipts, waybills and counts grow for ever and are read
from the file: all of them, the newest, or those that speak of an id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from stockpile.adapters.sqlite import rows
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain import codec, facts
from stockpile.domain.references import Reference

_KEPT: Final = frozenset(
    kind
    for kind, body in codec.KINDS.items()
    if body
    in (
        facts.PlaceOpened, facts.OfficerAppointed, facts.PersonRecorded, facts.SchemeSet,
        facts.MachineSet, facts.MarkLayoutSet, facts.CountRuleSet, facts.CustodyHandedOver,
        facts.BlockGranted, facts.LabelLayoutSet,
    )
)  # fmt: skip
_OF_KIND: Final = "SELECT subject, state FROM reference WHERE kind = ?"
_ABOUT: Final = " AND instr(state, ?)"
_OLDEST_FIRST: Final = " ORDER BY subject"
_NEWEST_FIRST: Final = " ORDER BY subject DESC LIMIT ?"
_SOME: Final = (
    "SELECT subject, kind, state FROM reference WHERE subject IN (SELECT value FROM json_each(?))"
)


class Shelf:
    """References in the order of their ids; a list that did not change is the same object."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, Reference]] = {}
        self._lists: dict[tuple[str, ...], tuple[Reference, ...]] = {}
        self._written: set[str] = set()

    def forget(self, subjects: Iterable[str] | None) -> None:
        """Take in that these subjects were written, or that all of them were (None)."""
        if subjects is None:
            self._held, self._lists, self._written = {}, {}, set()
        else:
            self._written.update(subjects)

    def all(self, connection: Connection, kinds: Sequence[str]) -> tuple[Reference, ...]:
        """Return every reference that was opened as one of these kinds."""
        self._catch_up(connection)
        key = tuple(kinds)
        if key in self._lists:
            return self._lists[key]
        found = [self._of_kind(connection, kind) for kind in kinds]
        whole = {subject: one for held in found for subject, one in held.items()}
        ordered = tuple(whole[subject] for subject in sorted(whole))
        if _KEPT.issuperset(kinds):
            self._lists[key] = ordered
        return ordered

    def _of_kind(self, connection: Connection, kind: str) -> dict[str, Reference]:
        if kind in self._held:
            return self._held[kind]
        found = {one.subject: one for one in read(connection, kind)}
        if kind in _KEPT:
            self._held[kind] = found
        return found

    def _catch_up(self, connection: Connection) -> None:
        """Read again what was written since; of a kind that was not asked for, nothing is held."""
        if not self._written:
            return
        asked, self._written = json.dumps(sorted(self._written)), set()
        for subject, kind, state in connection.execute(_SOME, (asked,)).fetchall():
            held = [one for one, known in self._held.items() if subject in known or one == kind]
            for one in held:
                self._held[one].pop(subject, None)
                self._lists = {key: of for key, of in self._lists.items() if one not in key}
            if kind in self._held:
                self._held[kind][subject] = rows.decode_reference(subject, state)


def read(connection: Connection, kind: str, about: str = "", newest: int = 0) -> list[Reference]:
    """Return references of a kind by their ids: all, those that speak of an id, or the newest."""
    sql, values = _OF_KIND, list[object]([kind])
    if about:
        sql += _ABOUT
        values.append(about.encode())
    sql += _NEWEST_FIRST if newest else _OLDEST_FIRST
    values += [newest] if newest else []
    found = connection.execute(sql, values).fetchall()
    return [rows.decode_reference(subject, state) for subject, state in found]
