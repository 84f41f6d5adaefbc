"""Which weapons a list holds, as one yes or no for each weapon of the columns.

A condition on a facet is decided once for each of its few values, and then looked up for every
weapon; a text is sought in the few values too, and in marks only where the word index says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from stockpile.adapters.sqlite.columns import Columns, Mask
from stockpile.adapters.sqlite.facets import (
    DEACTIVATED,
    MARKED,
    PHOTO,
    READ_BACK,
    RECORDED,
    SERIAL,
    STANDS,
    UNFIT,
)
from stockpile.adapters.sqlite.known import Known
from stockpile.adapters.sqlite.store import Connection
from stockpile.domain.dates import is_by
from stockpile.domain.values import search_key
from stockpile.domain.weapons import NO_WEAPON
from stockpile.services.ports import Facet, RegisterFilter

Answers = Callable[[str], bool]
WRITTEN: Final[tuple[Facet, ...]] = ("type", "make", "model", "calibre", "country", "year")
"""Facets whose values people wrote: compared with case, spaces and dashes aside."""
_CODED: Final[tuple[Facet, ...]] = ("condition", "officer", "document")
_WORDED: Final[tuple[Facet, ...]] = ("make", "model", "type", "calibre")
_ASKED: Final = (
    ("marked", MARKED), ("serial", SERIAL), ("read_back", READ_BACK), ("photos", PHOTO),
    ("unfit", UNFIT), ("deactivated", DEACTIVATED),
)  # fmt: skip
_OUT_UNDER: Final = {
    "holder": "SELECT row FROM weapon WHERE holder <> '' AND holder = ?",
    "paper": "SELECT row FROM weapon WHERE paper <> '' AND paper = ?",
}
"""What only weapons have that are out: asked of an index of those alone."""
_DUE_BEFORE: Final = "SELECT row, due FROM weapon WHERE due <> '' AND due < ?"
_GRAM: Final = 3
_HIGHEST: Final = "\U0010ffff"
_WITH_GRAMS: Final = (
    "SELECT rowid FROM weapon_fts WHERE weapon_fts MATCH ? "
    "UNION ALL SELECT row FROM weapon WHERE row > (SELECT row FROM words_indexed)"
)
_BEGINNING: Final = "SELECT weapon FROM mark WHERE key >= ? AND key < ?"
_BEARING: Final = (
    "SELECT weapon FROM mark WHERE weapon IN (SELECT value FROM json_each(?)) AND instr(key, ?)"
)


def mask(connection: Connection, columns: Columns, known: Known, among: RegisterFilter) -> Mask:
    """Return which weapons answer to everything that the filter says."""
    found = _registered(columns, among.status)
    for facet in (*WRITTEN, *_CODED):
        if said := getattr(among, facet):
            found &= _having(columns, facet, _test(facet, said))
    if among.place:
        within = known.within(connection, among.place)
        found &= _having(columns, "place", within.__contains__)
    if among.home:
        within = known.within(connection, among.home)
        found &= _having(columns, "home", within.__contains__)
    if among.inspect_by:
        found &= _having(columns, "inspect_by", lambda value: is_by(value, among.inspect_by))
    _narrow_to_out(connection, among, found)
    _narrow_by_answers(columns, among, found)
    _narrow_by_time(columns, among, found)
    for word in filter(None, map(search_key, among.text.split())):
        found &= _with_word(connection, columns, known, word)
    return found


def _registered(columns: Columns, status: str) -> Mask:
    """Return the weapons on record; those behind which none stands, by their status only."""
    wanted = RECORDED if status in NO_WEAPON else STANDS
    found: Mask = (columns.bits & np.uint8(wanted)) != 0
    if status:
        found &= _having(columns, "status", status.__eq__)
    return found


def _test(facet: Facet, said: str) -> Answers:
    if facet not in WRITTEN:
        return said.__eq__
    key = search_key(said)
    return (lambda value: search_key(value) == key) if key else said.__eq__


def _having(columns: Columns, facet: str, answers: Answers) -> Mask:
    """Return the weapons whose value of a facet answers."""
    allowed = np.zeros(columns.code_count, np.bool_)
    allowed[[code for code, value in columns.values(facet).items() if answers(value)]] = True
    found: Mask = allowed[columns.codes(facet)]
    return found


def _narrow_to_out(connection: Connection, among: RegisterFilter, found: Mask) -> None:
    """Leave only weapons that are out with this holder, under this paper, due by this date."""
    for name, sql in _OUT_UNDER.items():
        if said := getattr(among, name):
            _keep_only(found, (row for (row,) in connection.execute(sql, (said,)).fetchall()))
    if among.due_by:
        rows = connection.execute(_DUE_BEFORE, (among.due_by + _HIGHEST,)).fetchall()
        _keep_only(found, (row for row, due in rows if is_by(due, among.due_by)))


def _keep_only(found: Mask, rows: Iterable[int]) -> None:
    kept = np.zeros_like(found)
    _add(kept, rows)
    found &= kept


def _narrow_by_answers(columns: Columns, among: RegisterFilter, found: Mask) -> None:
    asked = [(bit, getattr(among, name)) for name, bit in _ASKED]
    asked += [(MARKED, False)] if among.unmarked else []
    for bit, answer in asked:
        if answer is not None:
            found &= ((columns.bits & np.uint8(bit)) != 0) == answer


def _narrow_by_time(columns: Columns, among: RegisterFilter, found: Mask) -> None:
    if among.since:
        found &= columns.times >= among.since
    if among.until:
        found &= columns.times < among.until


# --- text ---------------------------------------------------------------------------------------


def _with_word(connection: Connection, columns: Columns, known: Known, word: str) -> Mask:
    """Return the weapons with the word in a mark, in what they are, or in their place's name."""
    found = _having(columns, _WORDED[0], lambda value: word in search_key(value))
    for facet in _WORDED[1:]:
        found |= _having(columns, facet, lambda value: word in search_key(value))
    names = known.place_names(connection)
    found |= _having(columns, "place", lambda value: word in search_key(names.get(value, "")))
    _add(found, _marked_with(connection, word, found))
    return found


def _add(found: Mask, rows: Iterable[int]) -> None:
    at = np.fromiter(rows, np.int64) - 1
    found[at[at < len(found)]] = True


def _marked_with(connection: Connection, word: str, found: Mask) -> Iterable[int]:
    """Return the rows of weapons with the word in a mark; a short one must begin the mark."""
    if len(word) < _GRAM:
        rows = connection.execute(_BEGINNING, (word, word + _HIGHEST)).fetchall()
        return (row for (row,) in rows)
    rows = connection.execute(_WITH_GRAMS, (_all_grams(word),)).fetchall()
    doubtful = [row for (row,) in rows if row > len(found) or not found[row - 1]]
    bearing = connection.execute(_BEARING, (json.dumps(doubtful), word)).fetchall()
    return (row for (row,) in bearing)


def _all_grams(word: str) -> str:
    """Return the index's query for a part of a word: all its groups of three, in any place."""
    grams = {word[at : at + _GRAM] for at in range(len(word) - _GRAM + 1)}
    return " AND ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
