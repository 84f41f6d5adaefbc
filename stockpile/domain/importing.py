"""What a row of somebody's list means to us: a weapon, a lot, or a refusal with its reason.

1. Nothing is dropped: every row is accepted, held already, or refused by field and reason.
2. What the row says is kept as said, all of it; what we made of it stands beside it.
3. The same row of the same list has the same key, whatever program saved the file last.
4. A row that cannot be read in one field is refused only if the field decides what comes on record
   (what it is, how many); anything else becomes a remark that a person may look at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from stockpile.domain.damage import LOOKED_AT, damage_to
from stockpile.domain.dates import read_date
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import (
    Acquisition,
    AcquisitionMode,
    LotRegistered,
    Mark,
    Said,
    Serviceability,
    Source,
    WeaponRegistered,
)
from stockpile.domain.headings import Field
from stockpile.domain.layouts import Layout
from stockpile.domain.meanings import Meanings, sure_code, sure_codes
from stockpile.domain.padding import unpadded
from stockpile.domain.receiving import LONGEST, read_condition, read_year, serial_marks
from stockpile.domain.row_keys import CellSaid, LineSaid, RowKeys, tidy
from stockpile.domain.row_words import count_said, mode_said, row_kind
from stockpile.domain.serials import read_serial
from stockpile.domain.type_words import Kind, plain
from stockpile.domain.values import Digest

MOST_IN_A_ROW: Final = 1_000
"""Weapons that one row may stand for; more is a sum or a slip, not a list."""

Reason = Literal[
    "nothing_to_register", "repeated_heading", "too_long", "not_a_weapon", "not_held",
    "quantity_unreadable", "quantity_too_large", "one_serial_for_many",
]  # fmt: skip
Doubt = Literal[
    "serial_damaged", "rounded", "made_a_date", "zeros_lost", "formula", "unknown_type",
    "ambiguous_date", "unreadable_date", "unreadable_year", "unknown_condition", "many_in_one_row",
    "counted_up", "twice_in_list", "on_record",
]  # fmt: skip
Outcome = Literal["accepted", "already_held", "refused"]
Body = WeaponRegistered | LotRegistered

_DESCRIPTION: Final[tuple[Field, ...]] = (
    "type", "make", "model", "calibre", "serial", "lot", "stock_number",
)  # fmt: skip
_SHORT: Final[tuple[Field, ...]] = (*_DESCRIPTION, "country", "year", "case", "control", "unit")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row stays outside: the field that decides, the reason, and what it says there."""

    row: int
    field: Field | Literal[""]
    reason: Reason
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about an accepted row that a person should look at.

    ``probable`` is what probably stood there before a program changed it; ``other`` names what the
    row is like: a row of the same list, the last serial of a run, or a weapon on record.
    """

    row: int
    field: Field
    doubt: Doubt
    text: str = ""
    probable: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row: the records it makes, or why it makes none."""

    row: int
    key: Digest
    bodies: tuple[Body, ...] = ()
    refusal: Refusal | None = None
    remarks: tuple[Remark, ...] = ()


def judged(
    lines: Sequence[LineSaid], layout: Layout, document: Digest, meanings: Meanings
) -> Iterator[Verdict]:
    """Judge every row of a list, in its order; ``meanings`` say what the words come to."""
    keys = RowKeys(layout, lines)
    judge = _Judge(layout, document, meanings)
    for position, line in enumerate(lines):
        yield judge.verdict(line, keys.key(position, judge.is_rich(line)))


class _Judge:
    """Reads the rows of one list by its layout."""

    def __init__(self, layout: Layout, document: Digest, meanings: Meanings) -> None:
        self._layout = layout
        self._document = document
        self._meanings = meanings
        self._fills_up = layout.zero_padded
        self._columns = {guess.field: layout.columns_of(guess.field) for guess in layout.guesses}
        self._said: list[dict[str, Said]] = [{} for _ in layout.columns]
        self._titles = [plain(one) for one in layout.columns]

    def is_rich(self, line: LineSaid) -> bool:
        """Say whether the row has something of its own to be told by."""
        if self._value(line, "case") or self._value(line, "control"):
            return True
        serial = self._value(line, "serial")
        return bool(serial) and bool(read_serial(serial).key)

    def verdict(self, line: LineSaid, key: Digest) -> Verdict:
        """Judge one row."""
        values = {field: self._value(line, field) for field in self._columns}
        refusal = self._refusal(line, values)
        if refusal:
            return Verdict(line.number, key, refusal=refusal)
        row = _Row(line.number, values, self._layout, self._source(line, key), self._meanings)
        doubts = (*self._cell_doubts(line), *row.remarks)
        refused = row.refusal
        return Verdict(line.number, key, row.bodies, refused, () if refused else doubts)

    def _value(self, line: LineSaid, field: Field) -> str:
        columns = self._columns.get(field, ())
        if len(columns) == 1:
            said = tidy(line.cells[columns[0]].value)
            return unpadded(said) if self._fills_up and field == "serial" else said
        return ", ".join(filter(None, (tidy(line.cells[one].value) for one in columns)))

    def _refusal(self, line: LineSaid, values: dict[Field, str]) -> Refusal | None:
        if not any(values.get(field) for field in _DESCRIPTION):
            return Refusal(line.number, "", "nothing_to_register")
        for field in _SHORT:
            if len(values.get(field, "")) > LONGEST:
                return Refusal(line.number, field, "too_long", values[field][:LONGEST])
        if self._repeats_heading(line):
            return Refusal(line.number, "", "repeated_heading")
        return None

    def _repeats_heading(self, line: LineSaid) -> bool:
        """Say whether the row is the heading again, as printouts have it on every page."""
        same = 0
        for title, cell in zip(self._titles, line.cells, strict=False):
            if cell.value.strip():
                if plain(cell.value) != title:
                    return False
                same += 1
        return same > 1

    def _source(self, line: LineSaid, key: Digest) -> Source:
        said = []
        for index, cell in enumerate(line.cells):
            text = cell.text
            if text:
                known = self._said[index]
                one = known.get(text)
                if one is None:
                    one = known[text] = Said(self._layout.columns[index], text)
                said.append(one)
        return Source(self._document, line.number, key, tuple(said))

    def _cell_doubts(self, line: LineSaid) -> Iterator[Remark]:
        """Name cells of ours that hold a formula nobody can vouch for."""
        for field, columns in self._columns.items():
            for column in columns:
                cell = line.cells[column]
                if cell.text is not cell.value and cell.text[:1] == "=" and not _is_quoted(cell):
                    yield Remark(line.number, field, "formula", cell.text)


def _is_quoted(cell: CellSaid) -> bool:
    """Say whether a formula is only a wrapping for the value that it shows."""
    return bool(cell.value) and f'"{cell.value}"' in cell.text


class _Row:
    """One row that is to be read: what it makes, what keeps it out, and what is odd about it."""

    def __init__(
        self,
        number: int,
        values: dict[Field, str],
        layout: Layout,
        source: Source,
        meanings: Meanings,
    ) -> None:
        self._number = number
        self._values = values
        self._layout = layout
        self._source = source
        self._meanings = meanings
        self.bodies: tuple[Body, ...] = ()
        self.refusal: Refusal | None = None
        self.remarks: list[Remark] = []
        self._read()

    def _read(self) -> None:
        get = self._values.get
        mode = mode_said(get("event", "")) or self._layout.mode
        if mode == "gone":
            self._refuse("event", "not_held")
            return
        count = count_said(get("quantity", ""))
        if count is not None and count < 0:
            self._refuse("quantity", "quantity_unreadable")
            return
        kind = row_kind(get("class", ""), get("type", ""), get("stock_number", ""))
        if kind == "other":
            self._refuse("type", "not_a_weapon")
        elif kind == "ammunition" or (kind == "part" and not self._has_serial()):
            self.bodies = (self._lot(kind, count, mode),)
        else:
            self._weapons(1 if count is None else count, kind, mode)

    def _weapons(self, count: int, kind: Kind, mode: AcquisitionMode) -> None:
        if count == 0:
            self._refuse("quantity", "quantity_unreadable")
        elif count > 1 and self._has_serial():
            self._refuse("quantity", "one_serial_for_many")
        elif count > MOST_IN_A_ROW:
            self._refuse("quantity", "quantity_too_large")
        else:
            if count > 1:
                self._remark("quantity", "many_in_one_row")
            weapon = self._weapon(kind, mode)
            self.bodies = (weapon, *_pieces(weapon, count))

    def _weapon(self, kind: Kind, mode: AcquisitionMode) -> WeaponRegistered:
        get = self._values.get
        self._look_for_damage()
        make, model, calibre = get("make", ""), get("model", ""), get("calibre", "")
        country, meant = get("country", ""), self._meanings
        return WeaponRegistered(
            type=self._type(kind),
            make=make,
            model=model,
            calibre=calibre,
            marks=_marks(get("serial", "")),
            country=country,
            year=self._year(),
            condition=self._condition(),
            acquired=self._acquired(mode),
            remarks=get("remarks", ""),
            source=self._source,
            make_code=sure_code(meant.make(make)) if make else "",
            model_code=sure_code(meant.model(model, make)) if model else "",
            calibre_codes=(sure_codes(meant.calibres(calibre, get("type", ""))) if calibre else ()),
            country_code=sure_code(meant.country(country)) if country else "",
        )

    def _lot(self, kind: Kind, count: int | None, mode: AcquisitionMode) -> LotRegistered:
        get = self._values.get
        described = (get("make", ""), get("model", ""), get("remarks", ""))
        return LotRegistered(
            nature=get("type", "") or get("class", ""),
            calibre=get("calibre", ""),
            lot=get("lot", "") or _lot_number(get("serial", "")),
            quantity=count,
            unit=get("unit", "") or ("round" if kind == "ammunition" else "piece"),
            acquired=self._acquired(mode),
            remarks=", ".join(dict.fromkeys(filter(None, described))),
            source=self._source,
        )

    def _type(self, kind: Kind) -> str:
        said = self._values.get("type", "")
        code = "PRT" if kind == "part" else sure_code(self._meanings.type(said)) if said else ""
        if not code:
            self._remark("type", "unknown_type")
        return code

    def _acquired(self, mode: AcquisitionMode) -> Acquisition:
        get = self._values.get
        on = get("date", "")
        if on:
            read = read_date(on, self._layout.order)
            on = read.text
            if read.status == "ambiguous":
                self._remark("date", "ambiguous_date")
            elif read.status == "unreadable":
                self._remark("date", "unreadable_date")
        return Acquisition(mode, on, get("where", ""), case=get("case", ""))

    def _year(self) -> str:
        said = self._values.get("year", "")
        try:
            return read_year(said) if said else ""
        except FieldUnreadable:
            self._remark("year", "unreadable_year")
            return ""

    def _condition(self) -> Serviceability:
        said = self._values.get("condition", "")
        try:
            return read_condition(said) if said else "unknown"
        except FieldUnreadable:
            self._remark("condition", "unknown_condition")
            return "unknown"

    def _look_for_damage(self) -> None:
        for field in LOOKED_AT:
            text = self._values.get(field, "")
            damage = damage_to(field, text) if text else None
            if damage is not None:
                remark = Remark(self._number, field, damage.harm, text, damage.probable)
                self.remarks.append(remark)

    def _has_serial(self) -> bool:
        serial = self._values.get("serial", "")
        return bool(serial) and any(mark.is_identity for mark in _marks(serial))

    def _refuse(self, field: Field, reason: Reason) -> None:
        self.refusal = Refusal(self._number, field, reason, self._values.get(field, ""))

    def _remark(self, field: Field, doubt: Doubt) -> None:
        self.remarks.append(Remark(self._number, field, doubt, self._values.get(field, "")))


def _pieces(first: WeaponRegistered, count: int) -> Iterator[WeaponRegistered]:
    """Return the other weapons of a row that stands for several, each with a key of its own."""
    source = first.source
    assert source is not None
    for number in range(2, count + 1):
        key = Digest(hashlib.sha256(f"{source.key}/{number}".encode()).hexdigest())
        own = Source(source.document, source.row, key, source.said)
        yield WeaponRegistered(
            type=first.type, make=first.make, model=first.model, calibre=first.calibre,
            marks=first.marks, country=first.country, year=first.year, condition=first.condition,
            acquired=first.acquired, remarks=first.remarks, source=own, make_code=first.make_code,
            model_code=first.model_code, calibre_codes=first.calibre_codes,
            country_code=first.country_code,
        )  # fmt: skip


@lru_cache(maxsize=8_192)
def _marks(serial: str) -> tuple[Mark, ...]:
    return serial_marks(serial) if serial else ()


def _lot_number(serial: str) -> str:
    """Return what stands in the serial's column of ammunition: its lot, where there is one."""
    return serial if serial and read_serial(serial).key else ""
