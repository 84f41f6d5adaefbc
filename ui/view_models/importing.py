"""A list from a file on its way into the record: read, judged row by row, and brought in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import LayoutUnknown, StockpileError
from stockpile.domain.facts import WeaponRegistered
from stockpile.domain.headings import Field
from stockpile.domain.importing import Outcome, Verdict
from stockpile.domain.layouts import Layout, Why
from stockpile.domain.meanings import ValueMeaning
from stockpile.language import isolated
from stockpile.paths import resource
from stockpile.services.importing import ImportReport, Preview
from stockpile.services.people import SignedIn
from stockpile.services.ports import Line, Recorded
from stockpile.services.stockpile import Stockpile
from stockpile.services.verdict_table import verdict_words
from ui.desk import Desk, Work
from ui.session import Session
from ui.view_models.overheard import Overheard

Kept = Literal["all", "accepted", "warned", "already_held", "refused"]
"""Which rows are shown; ``warned`` are the accepted ones that somebody should look at."""

TRAINING_LIST = ("sample", "training-list.csv")


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the list: what becomes of it, why, and what it says."""

    number: int
    outcome: Outcome
    warned: bool
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the list: its name, a value from it, the field it is taken for, and by what."""

    name: str
    sample: str
    field: Field | Literal[""]
    why: Why | Literal[""]
    confidence: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as it would come in; ``is_again`` where the same file is judged anew."""

    file: Path
    preview: Preview
    rows: tuple[RowLine, ...]
    columns: tuple[ColumnLine, ...]
    is_again: bool = False

    def kept(self, kept: Kept) -> tuple[RowLine, ...]:
        """Return the rows that are wanted: all, those of one outcome, those with a warning."""
        if kept == "all":
            return self.rows
        if kept == "warned":
            return tuple(row for row in self.rows if row.warned)
        return tuple(row for row in self.rows if row.outcome == kept)

    @property
    def unclear(self) -> tuple[ValueMeaning, ...]:
        """Return the values that stay as said without a code: not understood, or not surely."""
        meanings = self.preview.meanings
        return tuple(one for one in meanings if one.standing in ("open", "proposed"))


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A list that has come in, and whether somebody had to say what its columns mean."""

    name: str
    report: ImportReport
    layout: Layout
    is_told: bool


class ImportModel(QObject):
    """The desk for lists.

    Signals:
        began: work is under way: what it is ("read" or "import"), and the work itself.
        previewed: the list as it would come in.
        unclear: its columns are not understood yet: the columns, to be told one by one.
        imported: it is in: what was brought in.
        written: the verdicts were written to a file: the file.
        remembered: how the list was read is kept: the name of the layout.
        failed: the work ended early: what it was, and the error.
    """

    began = Signal(str, object)
    previewed = Signal(object)
    unclear = Signal(object)
    imported = Signal(object)
    written = Signal(object)
    remembered = Signal(str)
    failed = Signal(str, object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._told: dict[Field, str] = {}
        self._padded: bool | None = None
        self._brought_in: BroughtIn | None = None
        self._file: Path | None = None
        self._columns: tuple[ColumnLine, ...] = ()
        self._shown: Shown | None = None
        self._work: Work | None = None

    @property
    def shown(self) -> Shown | None:
        """Return the list before the officer, if there is one."""
        return self._shown

    @property
    def is_busy(self) -> bool:
        """Say whether a list is being read or brought in."""
        return self._work is not None

    def may_import(self) -> bool:
        """Say whether the officer's role includes taking a list in."""
        return self._session.may("import")

    def open(self, file: Path) -> None:
        """Read a list anew and judge every row of it; nothing is written."""
        if self._work is None:
            self._told, self._padded = {}, None
            self._read(file)

    def open_training_list(self) -> None:
        """Read the invented list that ships for practising."""
        self.open(resource(*TRAINING_LIST))

    def tell(self, column: str, field: Field | Literal[""]) -> None:
        """Say what a column means, or that it means nothing; judge every row again."""
        if self._work is not None or self._file is None:
            return
        before = next((one.field for one in self._columns if one.name == column), None)
        if before is None or before == field:
            return
        if before:
            self._told[before] = ""
        if field:
            self._told[field] = column
        self._read(self._file)

    def tell_padded(self, *, padded: bool) -> None:
        """Say whether serials are filled up with zeros; judge every row again."""
        shown, file = self._shown, self._file
        if self._work is not None or shown is None or file is None:
            return
        if padded != shown.preview.layout.zero_padded:
            self._padded = padded
            self._read(file)

    def write_verdicts(self, kept: Kept, file: Path) -> None:
        """Write the rows that are shown with their verdicts as CSV."""
        shown = self._shown
        if shown is None or self._work is not None:
            return
        numbers = {row.number for row in shown.kept(kept)}
        verdicts = [one for one in shown.preview.verdicts if one.row in numbers]
        act = partial(
            self._session.stockpile.importing.write_verdicts, shown.preview, verdicts, file
        )
        self._desk.ask(
            self, act, lambda _none: self.written.emit(file), partial(self.failed.emit, "write")
        )

    def remember(self, name: str) -> None:
        """Keep how the list that came in was read, under a name."""
        brought = self._brought_in
        if brought is not None:
            act = partial(self._session.stockpile.importing.save_profile, brought.layout, name)
            self._desk.ask(
                self,
                act,
                lambda profile: self.remembered.emit(profile.name),
                partial(self.failed.emit, "remember"),
            )

    def bring_in(self) -> None:
        """Write what is new in the list; what was written when it is stopped stays."""
        if self._work is not None or self._shown is None:
            return
        work = self._begin("import")
        act = partial(
            _brought_in, self._session.stockpile, self._shown.preview, self._session.officer, work
        )
        self._desk.record(self, act, self._ended, partial(self._fail, "import"))

    def close(self) -> None:
        """Put the list away."""
        if self._work is None:
            self._shown, self._file, self._columns, self._told = None, None, (), {}

    # --- inside -----------------------------------------------------------------------------

    def _read(self, file: Path) -> None:
        self._file = file
        work = self._begin("read")
        told = tuple(f"{field}={column}" for field, column in self._told.items())
        if self._padded is not None:
            told = (*told, f"zero_padded={'yes' if self._padded else 'no'}")
        question = partial(_shown, self._session.stockpile, file, told, work.step)
        self._desk.ask(self, question, self._show, self._unread)

    def _begin(self, what: str) -> Work:
        work = self._work = Work()
        self._desk.closing.connect(work.cancel)
        self.began.emit(what, work)
        return work

    def _show(self, shown: Shown) -> None:
        self._work = None
        before = self._shown
        shown = replace(shown, is_again=before is not None and before.file == shown.file)
        self._shown, self._columns = shown, shown.columns
        self.previewed.emit(shown)

    def _unread(self, error: StockpileError) -> None:
        if isinstance(error, LayoutUnknown):
            fields = {column: field for field, column in self._told.items() if column}
            self._shown = None
            self._columns = tuple(_unguessed(name, fields.get(name, "")) for name in error.columns)
            self.unclear.emit(self._columns)
        self._fail("read", error)

    def _ended(self, outcome: ImportReport | StockpileError) -> None:
        if isinstance(outcome, StockpileError):
            self._fail("import", outcome)
            return
        shown, self._work = self._shown, None
        assert shown is not None
        layout, is_told = shown.preview.layout, bool(self._told) or self._padded is not None
        self._brought_in = BroughtIn(shown.file.name, outcome, layout, is_told)
        self.close()
        self.imported.emit(self._brought_in)

    def _fail(self, what: str, error: StockpileError) -> None:
        self._work = None
        self.failed.emit(what, error)


def _unguessed(name: str, field: Field | Literal[""]) -> ColumnLine:
    return ColumnLine(name, "", field, "told" if field else "", 1.0 if field else 0.0)


def _shown(
    stockpile: Stockpile, file: Path, told: tuple[str, ...], step: Callable[[int, int], None]
) -> Shown:
    preview = stockpile.importing.preview(file, told=told, progress=step)
    lines = {line.number: line for line in preview.listing.lines}
    rows = tuple(_row_line(preview, one, lines) for one in preview.verdicts)
    return Shown(file, preview, rows, _column_lines(preview))


def _row_line(preview: Preview, verdict: Verdict, lines: Mapping[int, Line]) -> RowLine:
    outcome = preview.outcome(verdict)
    said = _described(verdict) or _as_written(lines[verdict.row])
    warned = outcome == "accepted" and bool(verdict.remarks)
    return RowLine(verdict.row, outcome, warned, said, verdict_words(verdict, outcome))


def _described(verdict: Verdict) -> str:
    """Return what the row would become: its serial, model, calibre."""
    for body in verdict.bodies[:1]:
        if isinstance(body, WeaponRegistered):
            serial = next((mark.text for mark in body.marks if mark.is_identity), "")
            return _joined(serial, body.make, body.model, body.calibre)
        return _joined(body.nature, body.calibre, body.lot)
    return ""


def _as_written(line: Line) -> str:
    return _joined(*(cell.value.strip() for cell in line.cells))


def _joined(*parts: str) -> str:
    return " · ".join(isolated(part) for part in parts if part)


def _column_lines(preview: Preview) -> tuple[ColumnLine, ...]:
    guesses = {guess.column: guess for guess in preview.layout.guesses}
    lines = []
    for number, name in enumerate(preview.listing.columns):
        guess = guesses.get(number)
        sample = next(
            (
                line.cells[number].value
                for line in preview.listing.lines
                if number < len(line.cells) and line.cells[number].value.strip()
            ),
            "",
        )
        if guess is None:
            lines.append(ColumnLine(name, sample, "", "", 0.0))
        else:
            lines.append(ColumnLine(name, sample, guess.field, guess.why, guess.confidence))
    return tuple(lines)


def _brought_in(
    stockpile: Stockpile, preview: Preview, by: SignedIn, work: Work
) -> tuple[Recorded, ImportReport | StockpileError]:
    """Bring the list in; stopped early, what was written until then is told all the same."""
    overheard = Overheard(stockpile.books)
    importing = replace(stockpile.importing, books=overheard.books)
    place = stockpile.people.site()
    try:
        report = importing.bring_in(preview, by=by, place=place, progress=work.step)
    except StockpileError as error:
        return overheard.recorded, error
    return overheard.recorded, report
