"""What a row of somebody's list means to us: a weapon, a lot, or a refusal with its reason.

1. Nothing is dropped: every row is accepted, held already, or refused by field and reason.
2. What the row says is kept as said, all of it; what we made of it stands beside it.
3. The same row of the same list has the same key, whatever program saved the file last.
4. A row that cannot be read in one field is refused only if the field decides what comes on record
   (what it is, how many); anything else becomes a remark that a person may look at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

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
from stockpile.domain.receiving import LONGEST, read_condition, read_year, serial_marks
from stockpile.domain.row_keys import CellSaid, LineSaid, RowKeys, tidy
from stockpile.domain.serials import read_serial
from stockpile.domain.type_words import Kind, kind_said, plain, type_said
from stockpile.domain.values import Digest

MOST_IN_A_ROW: Final = 1_000
"""Weapons that one row may stand for; more is a sum or a slip, not a list."""

Reason = Literal[
    "nothing_to_register", "repeated_heading", "too_long", "not_a_weapon", "not_held",
    "quantity_unreadable", "quantity_too_large", "one_serial_for_many",
]  # fmt: skip
Doubt = Literal[
    "serial_damaged", "made_a_date", "formula", "unknown_type", "ambiguous_date", "unreadable_date",
    "unreadable_year", "unknown_condition", "many_in_one_row",
]  # fmt: skip
Body = WeaponRegistered | LotRegistered

_DESCRIPTION: Final[tuple[Field, ...]] = (
    "type", "make", "model", "calibre", "serial", "lot", "stock_number",
)  # fmt: skip
_SHORT: Final[tuple[Field, ...]] = (*_DESCRIPTION, "country", "year", "case", "control", "unit")
_POWER_OF_TEN: Final = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_ROUNDED: Final = re.compile(r"\d{12,}0{3,}")
_ISO_DATE: Final = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?: 00:00:00)?")
_WHOLE: Final = re.compile(r"\d+(?:[.,]0{1,2})?")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[., ]\d{3})+")
_EVENTS: Final[tuple[tuple[str, AcquisitionMode | Literal["gone"]], ...]] = (
    ("furto", "gone"), ("roubo", "gone"), ("extravio", "gone"), ("perda", "gone"),
    ("robo", "gone"), ("hurto", "gone"), ("perdida", "gone"), ("vol", "gone"), ("perte", "gone"),
    ("theft", "gone"), ("stolen", "gone"), ("lost", "gone"), ("loss", "gone"),
    ("destroyed", "gone"), ("кража", "gone"), ("утрата", "gone"), ("похищено", "gone"),
    ("apreensao", "seized"), ("seized", "seized"), ("seizure", "seized"), ("incautacion", "seized"),
    ("saisie", "seized"), ("изъятие", "seized"), ("arrecadacao", "found"), ("found", "found"),
    ("encontrada", "found"), ("campanha do desarmamento", "surrendered"),
    ("surrendered", "surrendered"), ("entrega voluntaria", "surrendered"),
    ("remise volontaire", "surrendered"), ("ddr", "ddr"), ("transfer", "transferred"),
    ("purchase", "state_purchase"), ("compra", "state_purchase"), ("achat", "state_purchase"),
)  # fmt: skip
_AMMUNITION_GROUPS: Final = frozenset({"1305", "1310", "1315", "1320", "1325", "1330"})
"""Federal Supply Classes of cartridges, shells, rockets and grenades."""
_WEAPON_GROUP: Final = "10"
_STOCK_NUMBER: Final = re.compile(r"(\d{4})(?:-.+|\d{9})")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row stays outside: the field that decides, the reason, and what it says there."""

    row: int
    field: Field | Literal[""]
    reason: Reason
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about an accepted row that a person should look at."""

    row: int
    field: Field
    doubt: Doubt
    text: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row: the records it makes, or why it makes none."""

    row: int
    key: Digest
    bodies: tuple[Body, ...] = ()
    refusal: Refusal | None = None
    remarks: tuple[Remark, ...] = ()


def judged(lines: Sequence[LineSaid], layout: Layout, document: Digest) -> Iterator[Verdict]:
    """Judge every row of a list, in its order."""
    keys = RowKeys(layout, lines)
    judge = _Judge(layout, document)
    for position, line in enumerate(lines):
        yield judge.verdict(line, keys.key(position, judge.is_rich(line)))


class _Judge:
    """Reads the rows of one list by its layout."""

    def __init__(self, layout: Layout, document: Digest) -> None:
        self._layout = layout
        self._document = document
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
        row = _Row(line.number, values, self._layout, self._source(line, key))
        doubts = (*self._cell_doubts(line), *row.remarks)
        refused = row.refusal
        return Verdict(line.number, key, row.bodies, refused, () if refused else doubts)

    def _value(self, line: LineSaid, field: Field) -> str:
        columns = self._columns.get(field, ())
        if len(columns) == 1:
            return tidy(line.cells[columns[0]].value)
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
        self, number: int, values: dict[Field, str], layout: Layout, source: Source
    ) -> None:
        self._number = number
        self._values = values
        self._layout = layout
        self._source = source
        self.bodies: tuple[Body, ...] = ()
        self.refusal: Refusal | None = None
        self.remarks: list[Remark] = []
        self._read()

    def _read(self) -> None:
        get = self._values.get
        mode = _mode(get("event", "")) or self._layout.mode
        if mode == "gone":
            self._refuse("event", "not_held")
            return
        count = _count(get("quantity", ""))
        if count is not None and count < 0:
            self._refuse("quantity", "quantity_unreadable")
            return
        kind = _kind(get("class", ""), get("type", ""), get("stock_number", ""))
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
        return WeaponRegistered(
            type=self._type(kind),
            make=get("make", ""),
            model=get("model", ""),
            calibre=get("calibre", ""),
            marks=_marks(get("serial", "")),
            country=get("country", ""),
            year=self._year(),
            condition=self._condition(),
            acquired=self._acquired(mode),
            remarks=get("remarks", ""),
            source=self._source,
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
        code = "PRT" if kind == "part" else type_said(said)
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
        serial = self._values.get("serial", "")
        if serial and (_POWER_OF_TEN.fullmatch(serial) or _ROUNDED.fullmatch(serial)):
            self._remark("serial", "serial_damaged")
        fields: tuple[Field, ...] = ("serial", "model", "calibre", "make")
        for field in fields:
            if _ISO_DATE.fullmatch(self._values.get(field, "")):
                self._remark(field, "made_a_date")

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
            acquired=first.acquired, remarks=first.remarks, source=own,
        )  # fmt: skip


@lru_cache(maxsize=8_192)
def _marks(serial: str) -> tuple[Mark, ...]:
    return serial_marks(serial) if serial else ()


def _lot_number(serial: str) -> str:
    """Return what stands in the serial's column of ammunition: its lot, where there is one."""
    return serial if serial and read_serial(serial).key else ""


@lru_cache(maxsize=1_024)
def _mode(event: str) -> AcquisitionMode | Literal["gone", ""]:
    words = f" {plain(event)} "
    return next((mode for phrase, mode in _EVENTS if f" {phrase} " in words), "")


@lru_cache(maxsize=1_024)
def _count(text: str) -> int | None:
    """Return a quantity; None where nothing is said, -1 where it cannot be read."""
    if not text:
        return None
    if _WHOLE.fullmatch(text):
        return int(re.split("[.,]", text)[0])
    if _THOUSANDS.fullmatch(text):
        return int(re.sub("[., ]", "", text))
    return -1


@lru_cache(maxsize=4_096)
def _kind(class_text: str, type_text: str, stock_number: str) -> Kind:
    """Return what the row is about; a NATO stock number outside weapons and ammunition decides."""
    match = _STOCK_NUMBER.fullmatch(stock_number)
    kind = kind_said(class_text, type_text)
    if match is None:
        return kind
    if match[1] in _AMMUNITION_GROUPS:
        return "ammunition"
    if not match[1].startswith(_WEAPON_GROUP):
        return "other"
    return kind if kind == "weapon" else "part"
