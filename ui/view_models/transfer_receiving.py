"""A lorry being checked: every scan against the list, live, until somebody signs for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.arrivals import Checklist, Finding, Scan
from stockpile.domain.errors import StockpileError
from stockpile.domain.places import Place
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.services.documents import Drawn
from stockpile.services.people import SignedIn
from stockpile.services.scanning import Scanned
from stockpile.services.stockpile import Stockpile
from stockpile.services.transfer_papers import Line, WaybillFile
from stockpile.services.weapon_files import Printing
from ui.desk import Desk
from ui.session import Session
from ui.view_models.transfers import paper_drawn

_NO_WEAPONS: Final = frozenset({"place", "person", "document", "command"})


@dataclass(frozen=True, slots=True)
class Lorry:
    """A transfer with its empty checklist, its lines by weapon, and where it may be put."""

    waybill: Waybill
    checklist: Checklist
    lines: dict[WeaponId, Line]
    origin: str
    places: tuple[Place, ...]
    site: PlaceId


@dataclass(frozen=True, slots=True)
class Checked:
    """What a scan at the lorry came to; ``several`` are numbers that it names alike."""

    scan: Scan
    line: Line | None = None
    is_alarm: bool = False
    several: tuple[str, ...] = ()
    scanned: Scanned | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A transfer that was received, and its note."""

    waybill: Waybill
    note: Drawn


class ReceivingModel(QObject):
    """The check of one transfer; it stays as it is while one goes elsewhere.

    Signals:
        opened: a transfer is being checked now.
        heard: what a scan came to.
        tallied: the four lists are others now.
        arrived: it was signed for, and its note was drawn.
        refused: it cannot be done: the error.
    """

    opened = Signal(object)
    heard = Signal(object)
    tallied = Signal()
    arrived = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._lorry: Lorry | None = None
        self._checked: Checklist | None = None
        self._over: dict[WeaponId, Line] = {}
        self._busy = False
        session.changed.connect(self.clear)

    @property
    def lorry(self) -> Lorry | None:
        """Return the transfer being checked."""
        return self._lorry

    @property
    def checklist(self) -> Checklist | None:
        """Return how far the check is."""
        return self._checked

    def line(self, weapon: WeaponId) -> Line | None:
        """Return the line of a weapon, expected or over."""
        known = self._lorry.lines.get(weapon) if self._lorry else None
        return known or self._over.get(weapon)

    def open(self, waybill: str) -> None:
        """Begin to check a transfer, or go on where it was left."""
        if self._lorry is not None and self._lorry.waybill.id == waybill and self._checked:
            self.opened.emit(self._lorry)
            self.tallied.emit()
            return
        question = partial(_lorry, self._session.stockpile, waybill)
        self._desk.ask(self, question, self._show, self.refused.emit)

    def scan(self, text: str) -> None:
        """Check what was scanned against the list."""
        if text.strip() and self._checked is not None:
            read = partial(self._session.stockpile.scanning.read, text)
            self._desk.ask(self, read, self._judge, self.refused.emit)

    def differing(self, read: str) -> None:
        """Say that the weapon scanned last bears another serial than its record."""
        last = self.last
        if self._checked is None or last is None or last.weapon is None:
            return
        try:
            self._checked = self._checked.differing(last.weapon, read)
        except StockpileError as error:
            self.refused.emit(error)
            return
        self.heard.emit(Checked(self._checked.scans[-1], self.line(last.weapon)))
        self.tallied.emit()

    def undo(self) -> None:
        """Take the last scan back."""
        if self._checked is not None and self._checked.scans:
            self._checked = self._checked.undone()
            self.tallied.emit()

    @property
    def last(self) -> Scan | None:
        """Return the last scan that counted."""
        return self._checked.scans[-1] if self._checked and self._checked.scans else None

    def receive(self, found: Finding, place: PlaceId, signed: tuple[SignedIn, ...]) -> None:
        """Sign for what came."""
        if self._lorry is None or self._checked is None or self._busy:
            return
        by = signed[0]
        act = partial(
            self._session.stockpile.transfers.receive,
            self._lorry.waybill.id, self._checked, found, place,
            by=by, witness=signed[1] if len(signed) > 1 else None,
        )  # fmt: skip
        self._busy = True
        self._desk.record(self, act, partial(self._make_note, by), self._refuse)

    def clear(self) -> None:
        """Put the check aside."""
        self._lorry, self._checked, self._busy = None, None, False
        self._over.clear()

    def _show(self, lorry: Lorry) -> None:
        self._lorry, self._checked = lorry, lorry.checklist
        self._over.clear()
        self.opened.emit(lorry)
        self.tallied.emit()

    def _judge(self, scanned: Scanned) -> None:
        if self._checked is None:
            return
        if scanned.several or scanned.kind in _NO_WEAPONS:
            other = Scan(scanned.text, "unknown")
            self.heard.emit(Checked(other, several=scanned.several or ("",), scanned=scanned))
            return
        weapon = scanned.weapon
        if weapon is not None and self.line(weapon.id) is None:
            self._over[weapon.id] = Line.of(weapon)
        self._checked, scan = self._checked.scanned(scanned.text, weapon)
        line = self.line(weapon.id) if weapon else None
        self.heard.emit(Checked(scan, line, bool(scanned.alarm), scanned=scanned))
        self.tallied.emit()

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)

    def _make_note(self, by: SignedIn, waybill: Waybill) -> None:
        stockpile = self._session.stockpile

        def question() -> tuple[WaybillFile, Printing]:
            return stockpile.transfers.file(waybill.id), stockpile.transfers.printing(by)

        def draw(told: tuple[WaybillFile, Printing]) -> Drawn:
            return paper_drawn(stockpile, *told)

        def done(drawn: Drawn) -> None:
            self.clear()
            self.arrived.emit(Arrived(waybill, drawn))

        self._desk.ask_in_turn(self, question, draw, done, self._refuse)


def _lorry(stockpile: Stockpile, waybill: str) -> Lorry:
    stands = stockpile.transfers.one(waybill)
    file = stockpile.transfers.file(stands.id)
    return Lorry(
        stands,
        stockpile.transfers.checklist(stands.id),
        {one.id: one for one in file.lines},
        file.origin,
        stockpile.places.all(),
        stockpile.people.site(),
    )
