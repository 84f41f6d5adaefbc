"""Marking schemes at the screen: what is typed, the mark that comes of it, and numbers left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, TypeVar, get_args

from PySide6.QtCore import QObject, Signal

from stockpile.domain import schemes
from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.facts import (
    BlockGranted,
    BlockReturned,
    Glyph,
    MarkingBegun,
    MarkingReason,
    MarkLayoutSet,
    SchemeSet,
    SchemeWord,
)
from stockpile.domain.laying_out import LaidOut
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.domain.schemes import CHECK_SYSTEMS, PARTS, SIGNS, WORD_PARTS, draws_number
from stockpile.domain.seed_schemes import LIMITS_SOURCE
from stockpile.domain.values import SchemeId, tidied
from stockpile.services.ports import Recorded
from stockpile.services.signing import Second
from stockpile.services.stockpile import Stockpile
from stockpile.services.turns import Synced
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.sync import SyncModel

Polymer = Literal["plate", "plate_or_two", "refuse"]
POLYMERS: Final[tuple[Polymer, ...]] = get_args(Polymer)
REASONS: Final[tuple[MarkingReason, ...]] = get_args(MarkingReason)
LISTED_PARTS: Final = (*sorted(WORD_PARTS), "maker", "model", "cal")
"""Parts of which a scheme may list words or codes."""
PATTERN_PARTS: Final = (
    "iso2", "iso3", "yy", "yyyy", "date", "seq", "newserial", "serial", "maker", "model", "cal",
    "made_in", "made_yy", "force", "agency", "importer", "city", "country", "lic8", "star", "logo",
    "check",
)  # fmt: skip
"""Every part in the order in which it is offered."""
assert set(PATTERN_PARTS) == PARTS
_SIGNS_TYPED: Final = str.maketrans({",": ".", "\u066b": "."})
_UM: Final = 1_000
_NM: Final = 1_000_000
"""Micrometres, and nanometres, of a millimetre."""
_MOST_MM: Final = 100
_NO_NAME: Final = "-"

Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Told:
    """A scheme as it stands in the fields; words are part, text and name.

    ``glyphs`` are signs as rows of dots, by name; ``version`` that of the scheme it began from.
    """

    id: str = ""
    name: str = ""
    country: str = ""
    pattern: str = ""
    digits: str = "6"
    check_system: str = ""
    words: tuple[tuple[str, str, str], ...] = ()
    component: str = "receiver"
    also: tuple[str, ...] = ()
    positions: str = ""
    reasons: tuple[str, ...] = ()
    polymer: str = "plate_or_two"
    height: str = "1.6"
    depth: str = "0.0762"
    source: str = ""
    limits_source: str = LIMITS_SOURCE
    glyphs: tuple[Glyph, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A scheme on record: an example, the numbers left, and whether it was marked by."""

    id: SchemeId
    body: SchemeSet
    example: str = ""
    left: int = 0
    is_low: bool = False
    is_used: bool = False

    @property
    def draws(self) -> bool:
        """Say whether its marks draw a number."""
        return draws_number(self.body)


@dataclass(frozen=True, slots=True)
class Table:
    """What is on record, whether some that ship are missing, and whether a registry is known."""

    lines: tuple[Line, ...] = ()
    offered: int = 0
    has_registry: bool = False

    def line(self, wanted: str) -> Line | None:
        """Return a scheme by its id."""
        return next((one for one in self.lines if one.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """An example of the mark that the fields would make: its text, and it drawn in a usual zone."""

    text: str
    laid: LaidOut
    layout: MarkLayoutSet = STANDARD_LAYOUT


class SchemesModel(QObject):
    """The desk for schemes and numbers.

    Signals:
        came: what is on record: the table.
        shown: an example of the mark as typed.
        unread: what was typed is no scheme: the error.
        kept: a scheme is on record: its id.
        refused: it is not: the error.
        asked: the registry was asked for numbers and answered.
        not_asked: it could not be: the error.
    """

    came = Signal(object)
    shown = Signal(object)
    unread = Signal(object)
    kept = Signal(str)
    refused = Signal(object)
    asked = Signal()
    not_asked = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.table = Table()
        self._tables = Latest[Table](desk, self, self._show_table, notices.trouble)
        self._marks = Latest[Shown](desk, self, self.shown.emit, self.unread.emit)
        self._sync = SyncModel(desk, session, notices)
        self._sync.synced.connect(self._answered)
        self._sync.failed.connect(self.not_asked)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def may_keep(self) -> bool:
        """Say whether the officer's role includes setting schemes."""
        return self._session.may("set_scheme")

    @property
    def may_ask(self) -> bool:
        """Say whether the officer may talk to the registry, and it is not being talked to."""
        return self._session.may("sync") and not self._sync.is_busy

    def start(self) -> None:
        """Ask what is on record."""
        if self._session.is_open:
            self._tables.ask(partial(_table, self._session.stockpile))

    def draw(self, told: Told) -> None:
        """Show an example of the mark, or say what is wrong with what was typed."""
        try:
            body = scheme_told(told)
            schemes.check(replace(body, name=tidied(body.name) or _NO_NAME))
        except StockpileError as error:
            self._marks.forget()
            self.unread.emit(error)
            return
        if self._session.is_open:
            self._marks.ask(partial(_shown, self._session.stockpile, body))

    def keep(self, told: Told) -> None:
        """Put the scheme on record, as its next version where it was marked by."""
        desk, by = self._session.stockpile.schemes, self._session.officer
        try:
            body, id_ = scheme_told(told), SchemeId(told.id.strip().upper())
        except StockpileError as error:
            self.refused.emit(error)
            return

        def act(second: Second | None) -> tuple[Recorded, str]:
            known = dict(desk.all()).get(id_)
            if known is not None:
                used = desk.is_used(id_) and replace(body, version=known.version) != known
                body_ = replace(body, version=known.version + int(used))
                return desk.set(id_, body_, by=by, witness=second), id_
            return desk.set(id_, body, by=by, witness=second), id_

        self._by_two(act)

    def retire(self, scheme: SchemeId) -> None:
        """Take a scheme out of use."""
        desk, by = self._session.stockpile.schemes, self._session.officer
        self._by_two(lambda second: (desk.retire(scheme, by=by, witness=second), scheme))

    def add_offered(self) -> None:
        """Put the schemes that ship and are missing here on record."""
        desk, by = self._session.stockpile.schemes, self._session.officer
        self._by_two(lambda second: (desk.add_offered(by=by, witness=second), ""))

    def ask_numbers(self, scheme: SchemeId) -> None:
        """Ask the registry for numbers, in an exchange that is begun at once."""
        numbers = self._session.stockpile.numbers
        self._desk.ask(
            self,
            partial(numbers.ask, scheme),
            lambda _none: self._sync.sync(),
            self.not_asked.emit,
        )

    def _by_two(self, act: Callable[[Second | None], tuple[Recorded, str]]) -> None:
        """Write what may want a second officer; what waits for one changes no scheme yet."""
        self._desk.record_by_two(
            self, act, self.kept.emit, self.refused.emit, lambda: self.kept.emit("")
        )

    def _show_table(self, table: Table) -> None:
        self.table = table
        self.came.emit(table)

    def _answered(self, _synced: Synced) -> None:
        self.start()
        self.asked.emit()

    def _heard(self, recorded: Recorded) -> None:
        kinds = SchemeSet | BlockGranted | BlockReturned | MarkingBegun
        if any(isinstance(fact.body, kinds) for fact in recorded.facts):
            self.start()


def scheme_told(told: Told) -> SchemeSet:
    """Return the scheme that the fields say; raises FieldUnreadable with the field's name."""
    check_system = _one_of(told.check_system, ("", *CHECK_SYSTEMS), "check")
    return SchemeSet(
        name=tidied(told.name),
        pattern=told.pattern.strip(),
        version=told.version,
        country=told.country.strip().upper(),
        digits=_whole(told.digits),
        min_height_um=_length(told.height, _UM, "height"),
        min_depth_nm=_length(told.depth, _NM, "depth"),
        component=told.component or "receiver",
        source=tidied(told.source),
        check=bool(check_system),
        check_system=check_system,  # type: ignore[arg-type]  # one of the four or none
        words=tuple(
            SchemeWord(part, tidied(text), tidied(name))
            for part, text, name in told.words
            if part or text or name
        ),
        glyphs=told.glyphs,
        reasons=tuple(_one_of(one, REASONS, "reason") for one in told.reasons),
        also=told.also,
        positions=tuple(one for one in (tidied(spot) for spot in told.positions.split(";")) if one),
        polymer=_one_of(told.polymer, POLYMERS, "polymer"),
        limits_source=tidied(told.limits_source),
    )


def told_of(id_: str, body: SchemeSet) -> Told:
    """Return a scheme as it stands in the fields."""
    return Told(
        id_, body.name, body.country, body.pattern, str(body.digits), body.check_system,
        tuple((one.part, one.text, one.name) for one in body.words),
        body.component, body.also, "; ".join(body.positions), body.reasons, body.polymer,
        _shown_length(body.min_height_um, _UM), _shown_length(body.min_depth_nm, _NM),
        body.source, body.limits_source, body.glyphs, body.version,
    )  # fmt: skip


def new_scheme() -> Told:
    """Return what a new scheme begins as."""
    return Told(pattern="{iso2} {yy} {seq}")


def signs_without_drawing(told: Told) -> tuple[str, ...]:
    """Return the signs in the pattern that the scheme does not draw."""
    drawn = {one.name for one in told.glyphs}
    return tuple(name for name in SIGNS if f"{{{name}}}" in told.pattern and name not in drawn)


def _one_of(text: str, known: tuple[Choice, ...], field: str) -> Choice:
    found = next((one for one in known if one == text), None)
    if found is None:
        raise FieldUnreadable(field, text)
    return found


def _whole(text: str) -> int:
    """Return a number of digits as typed, in any digits."""
    try:
        return int(text.strip())
    except ValueError:
        raise FieldUnreadable("digits", text) from None


def _length(text: str, units: int, field: str) -> int:
    """Return millimetres as typed, in whole units of which a millimetre has so many."""
    bare = text.translate(_SIGNS_TYPED).strip().removesuffix("mm").strip()
    try:
        value = float(bare)
    except ValueError:
        raise FieldUnreadable(field, text) from None
    if not 0 <= value <= _MOST_MM:  # also refuses what is no number
        raise FieldUnreadable(field, text)
    return round(value * units)


def _shown_length(value: int, units: int) -> str:
    """Return a length in millimetres as one types it, to the last unit."""
    places = len(str(units)) - 1
    whole, rest = divmod(value, units)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


def _table(stockpile: Stockpile) -> Table:
    lines = tuple(_line(stockpile, id_, body) for id_, body in stockpile.schemes.all())
    return Table(lines, len(stockpile.schemes.offered()), bool(stockpile.books.peers()))


def _line(stockpile: Stockpile, id_: SchemeId, body: SchemeSet) -> Line:
    numbers = stockpile.numbers
    try:
        example = stockpile.schemes.preview(body)
    except StockpileError:  # a scheme of another node's that makes no mark here
        example = ""
    used = stockpile.schemes.is_used(id_)
    return Line(id_, body, example, numbers.left(id_), numbers.low(id_), used)


def _shown(stockpile: Stockpile, body: SchemeSet) -> Shown:
    text = stockpile.schemes.preview(body)
    return Shown(text, stockpile.mark_layouts.laid_out(STANDARD_LAYOUT, text, body))
