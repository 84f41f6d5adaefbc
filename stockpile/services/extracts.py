"""Extracts: what a list shows, or what was chosen in it, as a file for other people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final, get_args

from stockpile import wording
from stockpile.domain import people
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import Draft, PaperIssued
from stockpile.domain.ledger import Tip, head_code
from stockpile.domain.values import Instant, WeaponId, new_id
from stockpile.language import _, current_language, figure, is_right_to_left, isolated, plain
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    ExtractColumn,
    Extracted,
    ExtractTable,
    ExtractWriter,
    Form,
    Order,
    Progress,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
    silent,
)
from stockpile.wording import Names

PAGE: Final = 1000
FORMS: Final[tuple[Form, ...]] = get_args(Form)
USUAL_COLUMNS: Final = (
    "number", "serial", "mark", "type", "make", "model", "calibre", "condition", "status", "place",
)  # fmt: skip
PREFIX: Final = "EX"
_Cell = Callable[[RegisterRow, Names], str]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that an extract may have: its title, width in letters, and what it says."""

    title: Callable[[], str]
    width: int
    cell: _Cell
    is_code: bool = False


_COLUMNS: Final[dict[str, _Column]] = {
    "number": _Column(lambda: _("Registry number"), 15, lambda row, _n: row.number, is_code=True),
    "serial": _Column(lambda: _("Serial number"), 16, lambda row, _n: row.serial, is_code=True),
    "mark": _Column(lambda: _("National mark"), 16, lambda row, _n: row.mark, is_code=True),
    "type": _Column(lambda: _("Type"), 12, lambda row, _n: row.type),
    "make": _Column(lambda: _("Make"), 16, lambda row, _n: row.make),
    "model": _Column(lambda: _("Model"), 16, lambda row, _n: row.model),
    "calibre": _Column(lambda: _("Calibre"), 12, lambda row, _n: row.calibre),
    "country": _Column(lambda: _("Country"), 9, lambda row, _n: row.country),
    "year": _Column(lambda: _("Year"), 7, lambda row, _n: row.year),
    "condition": _Column(
        lambda: _("Condition"), 13, lambda row, _n: wording.condition(row.condition)
    ),
    "status": _Column(lambda: _("Status"), 11, lambda row, _n: wording.status(row.status)),
    "place": _Column(lambda: _("Place"), 14, lambda row, _n: row.place),
    "tag": _Column(lambda: _("Tag"), 11, lambda row, _n: row.tag, is_code=True),
    "recorded": _Column(
        lambda: _("Recorded"), 16, lambda row, _n: wording.instant(row.recorded_at)
    ),
    "officer": _Column(
        lambda: _("Recorded by"), 16, lambda row, names: names.of(row.recorded_by)
    ),
    "document": _Column(lambda: _("From list"), 14, lambda row, _n: row.document[:12]),
}  # fmt: skip
COLUMNS: Final = tuple(_COLUMNS)


@dataclass(frozen=True, slots=True)
class Selection:
    """Weapons of a list: all of it but some, or only some, in the list's order.

    ``only`` is None where the whole list is meant, however long; ``but`` are then left out.
    """

    among: RegisterFilter = field(default_factory=RegisterFilter)
    order: Order = "serial"
    falls: bool = False
    only: tuple[WeaponId, ...] | None = None
    but: frozenset[WeaponId] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an extract is wanted: its form, its columns, and what only a CSV asks for."""

    form: Form = "xlsx"
    columns: tuple[str, ...] = USUAL_COLUMNS
    has_bom: bool = True
    is_guarded: bool = True


@dataclass(frozen=True, slots=True)
class Extracts:
    """The desk where lists are copied out."""

    books: Books
    register: Register
    clock: Clock
    numbers: PaperNumbers
    chance: Chance
    writer: ExtractWriter
    page: int = PAGE

    def count(self, chosen: Selection) -> int:
        """Return how many weapons are chosen."""
        if chosen.only is not None:
            return len(chosen.only)
        return self.register.count(chosen.among) - len(chosen.but)

    def ids(self, chosen: Selection, progress: Progress = silent) -> tuple[WeaponId, ...]:
        """Return the weapons chosen, in the list's order; raises Cancelled."""
        if chosen.only is not None:
            return chosen.only
        count, found = self.count(chosen), []
        for row in self._rows(chosen):
            found.append(row.id)
            if len(found) % self.page == 0:
                progress(len(found), count)
        return tuple(found)

    def issue(
        self,
        chosen: Selection,
        wanted: Wanted,
        file: Path,
        *,
        by: SignedIn,
        names: Names,
        progress: Progress = silent,
    ) -> tuple[Recorded, Extracted]:
        """Write what was chosen under a number of its own, and record that it left the program.

        Raises as ``write``.
        """
        people.authorise(by.officer, "sync")
        number = self.numbers.next(PREFIX, PaperIssued)
        made = self.write(
            chosen, wanted, file, by=by, names=names, number=number, progress=progress
        )
        body = PaperIssued(number, "extract", (), made.digest, file.name)
        draft = Draft(new_id(self.clock.now(), self.chance.bytes(10)), body)
        return self.books.record([draft], by=by.id), made

    def write(
        self,
        chosen: Selection,
        wanted: Wanted,
        file: Path,
        *,
        by: SignedIn,
        names: Names,
        number: str = "",
        progress: Progress = silent,
    ) -> Extracted:
        """Write what was chosen to a file; ``by`` is who takes it out, and is named in it.

        ``number`` is that of the paper; without one it is no paper, and nobody signs it.
        Raises OfficerNotAuthorised, FieldUnreadable (no such column), FieldMissing (no column),
        DiskFull, DiskTrouble, Cancelled.
        """
        people.authorise(by.officer, "sync")
        called = by.officer.name
        table = self._table(chosen, wanted, called, names)
        if number:
            boxes = ((_("Taken out by"), called), (_("Received by"), ""))
            table = replace(table, number=number, boxes=boxes)
        return self.writer.write(table, wanted.form, file, progress)

    def _table(self, chosen: Selection, wanted: Wanted, by: str, names: Names) -> ExtractTable:
        columns = [_column(code) for code in wanted.columns]
        if not columns:
            raise FieldMissing("columns")
        count, tip = self.count(chosen), self.books.tip()
        seal, at, zone = head_code(tip), self.clock.now(), self.clock.zone()
        return ExtractTable(
            title=_("Extract of the register"),
            notes=(_told(count, at, by), _sealed(tip, seal)),
            columns=tuple(
                ExtractColumn(code, one.title(), one.width, one.is_code)
                for code, one in zip(wanted.columns, columns, strict=True)
            ),
            rows=(
                tuple([plain(one.cell(row, names)) for one in columns])
                for row in self._rows(chosen)
            ),
            count=count,
            seal=seal,
            is_mirrored=is_right_to_left(),
            has_bom=wanted.has_bom,
            is_guarded=wanted.is_guarded,
            language=current_language(),
            by=by,
            at=at,
            zone=zone,
        )

    def _rows(self, chosen: Selection) -> Iterator[RegisterRow]:
        if chosen.only is not None:
            yield from self._only(chosen.only)
            return
        pages = -(-self.register.count(chosen.among) // self.page)
        for page in range(pages):
            rows = self.register.page(
                chosen.order, page, self.page, chosen.among, falls=chosen.falls
            )
            yield from (row for row in rows if row.id not in chosen.but)

    def _only(self, weapons: Sequence[WeaponId]) -> Iterator[RegisterRow]:
        rest = iter(weapons)
        while some := list(islice(rest, self.page)):
            yield from self.register.rows(some)


def title(code: str) -> str:
    """Return the title of a column; raises FieldUnreadable."""
    return _column(code).title()


def _column(code: str) -> _Column:
    column = _COLUMNS.get(code)
    if column is None:
        raise FieldUnreadable("columns", code)
    return column


def _told(count: int, at: Instant, by: str) -> str:
    said = _("{count} weapons, taken out by {officer} on {when} (UTC).")
    return said.format(
        count=figure(count), officer=isolated(by or "-"), when=isolated(wording.instant(at))
    )


def _sealed(tip: Tip, seal: str) -> str:
    said = _("The ledger then ended at entry {number}, seal {seal}.")
    return said.format(number=figure(tip.number), seal=isolated(seal))
