"""The tables of the catalogue: UTF-8 CSV with a header, `|` between several values of one cell."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain.catalogue import Kind, Term
from stockpile.domain.errors import FileHostile, FileUnreadable
from stockpile.domain.vocabulary import ACTIONS
from stockpile.domain.weapon_types import TYPES
from stockpile.paths import resource

LARGEST: Final = 16_000_000
"""Bytes of the largest table that is read; the shipped ones are a hundredth of it."""

_SHOWN: Final = 80

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Table:
    """One file: its name, what its rows are, its columns, and how a row becomes a term."""

    file: str
    kind: Kind
    columns: tuple[str, ...]
    read: Callable[[Row], Term]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A term and where it stands."""

    term: Term
    path: str
    row: int

    def wrong(self, column: str, text: str) -> FileUnreadable:
        """Return the error that names this row."""
        return _wrong(self.path, self.row, column, text)


def shipped_catalogue() -> tuple[Term, ...]:
    """Return the terms that come with the program."""
    return read_catalogue(resource("catalogue"))


def read_catalogue(folder: Path) -> tuple[Term, ...]:
    """Read every table that is in the folder, types first, models last.

    Raises FileHostile, and FileUnreadable also for the first row that has no code or name, repeats
    a code, or names a type, action, make, calibre or country that is in no table: file and row are
    said.
    """
    placed = [
        one
        for table in _TABLES
        if (folder / table.file).is_file()
        for one in _read(folder / table.file, table)
    ]
    _check_codes(placed)
    _check_references(placed)
    return tuple(one.term for one in placed)


def _read(file: Path, table: _Table) -> Iterator[_Placed]:
    rows = csv.reader(_text(file).splitlines(keepends=True), strict=True)
    try:
        header = tuple(next(rows, ()))
        if header != table.columns:
            raise _wrong(str(file), 1, "header", ",".join(header))
        for cells in filter(None, rows):
            if len(cells) != len(header):
                raise _wrong(str(file), rows.line_num, "row", ",".join(cells))
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            yield _Placed(table.read(row), str(file), rows.line_num)
    except csv.Error as error:
        raise _wrong(str(file), rows.line_num, "row", str(error)) from error


def _wrong(path: str, row: int, column: str, text: str) -> FileUnreadable:
    return FileUnreadable(path, f"row {row}, {column}: {text[:_SHOWN]}")


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise FileHostile(str(file), "too_large")
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise FileUnreadable(str(file), error.strerror or "unreadable") from error
    except UnicodeDecodeError as error:
        raise FileUnreadable(str(file), "not UTF-8") from error


def _check_codes(placed: Iterable[_Placed]) -> None:
    seen: set[tuple[Kind, str]] = set()
    for one in placed:
        for column, text in (("code", one.term.code), ("name", one.term.name)):
            if not text:
                raise one.wrong(column, text)
        key = one.term.kind, one.term.code
        if key in seen:
            raise one.wrong("code", one.term.code)
        seen.add(key)


def _check_references(placed: list[_Placed]) -> None:
    """Raise for a word that stands for nothing; a kind of which no table is here is not asked."""
    known = {
        kind: {one.term.code for one in placed if one.term.kind == kind}
        for kind in ("make", "calibre", "country")
    }
    for one in placed:
        term = one.term
        if term.type and term.type not in TYPES:
            raise one.wrong("type", term.type)
        if term.action and term.action not in ACTIONS:
            raise one.wrong("action", term.action)
        named = (("make", (term.within,)), ("calibre", term.calibres), ("country", (term.country,)))
        for kind, codes in named:
            for code in filter(None, codes):
                if known[kind] and code not in known[kind]:
                    raise one.wrong(kind, code)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in cell.split("|"))))


def _type(row: Row) -> Term:
    words = _several(row["words"])
    name = words[0] if words else ""
    return Term("type", row["code"], name, words[1:], type=row["code"], source=row["source"])


def _make(row: Row) -> Term:
    aliases = _several(row["aliases"])
    return Term(
        "make", row["code"], row["name"], aliases, country=row["country"], source=row["source"]
    )


def _model(row: Row) -> Term:
    return Term(
        "model",
        row["code"],
        row["name"],
        _several(row["aliases"]),
        within=row["make"],
        type=row["type"],
        action=row["action"],
        calibres=_several(row["calibres"]),
        country=row["country"],
        source=row["source"],
    )


def _calibre(row: Row) -> Term:
    aliases = _several(row["aliases"])
    return Term(
        "calibre", row["code"], row["name"], aliases, sort=row["kind"], source=row["source"]
    )


def _country(row: Row) -> Term:
    aliases, sort = _several(row["aliases"]), "former" if row["former"] == "yes" else ""
    return Term("country", row["code"], row["name"], aliases, sort=sort, source=row["source"])


_TABLES: Final = (
    _Table("types.csv", "type", ("code", "words", "source"), _type),
    _Table("countries.csv", "country", ("code", "name", "former", "aliases", "source"), _country),
    _Table("calibres.csv", "calibre", ("code", "name", "kind", "aliases", "source"), _calibre),
    _Table("makes.csv", "make", ("code", "name", "country", "aliases", "source"), _make),
    _Table(
        "models.csv",
        "model",
        (
            *("code", "make", "name", "type", "action", "calibres", "country"),
            *("aliases", "source"),
        ),
        _model,
    ),
)
