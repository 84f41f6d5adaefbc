"""Destruction: the orders as they stand, and an order being made; no screen in here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.destruction import Caution, Destruction
from stockpile.domain.errors import DestructionUnknown, StockpileError
from stockpile.domain.facts import (
    DestructionCertified,
    DestructionOrdered,
    DestructionVerified,
    DestructionWithdrawn,
)
from stockpile.domain.people import Act
from stockpile.domain.values import WeaponId, is_id
from stockpile.domain.weapons import GONE
from stockpile.services.destructions import Listed
from stockpile.services.documents import Paper
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded, RegisterRow
from stockpile.services.scanning import Scanned
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

BETWEEN = ","
"""What stands between the ids of weapons that another page hands over."""
_CONCERNS = (DestructionOrdered, DestructionCertified, DestructionWithdrawn, DestructionVerified)
Came = Literal["added", "twice", "lost", "hot", "gone", "unknown", "several", "other"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a scan came to while an order is made: the weapon, or what stands against it."""

    came: Came
    text: str
    row: RegisterRow | None = None
    scanned: Scanned | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An order on its way to its signature: the order, and what the officer should know."""

    said: DestructionOrdered
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was handed over or scanned on the board: an order, or weapons for a new one."""

    order: str = ""
    rows: tuple[RegisterRow, ...] = ()
    heard: Heard | None = None


class DestructionModel(QObject):
    """The desk of destruction.

    Signals:
        stands: the orders, the open ones first.
        heard: what a scan came to.
        loaded: the weapons of the order being made are others now.
        told: an order can be signed: the order, and what the officer should know.
        ordered: an order is on record.
        named: an order is to be opened: its id.
        withdrawn: an order was taken back: it.
        drawing: a paper is being drawn, or is not any more.
        drawn: a paper was drawn: its file.
        refused: something was not done: the error.
    """

    stands = Signal(object)
    heard = Signal(object)
    loaded = Signal()
    told = Signal(object)
    ordered = Signal(object)
    named = Signal(str)
    withdrawn = Signal(object)
    drawing = Signal(bool)
    drawn = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._rows: dict[WeaponId, RegisterRow] = {}
        self._busy = False
        self._boards = Latest[tuple[Listed, ...]](desk, self, self.stands.emit, notices.trouble)
        desk.recorded.connect(self._follow)
        session.changed.connect(self.clear)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        """Return the weapons of the order being made, in the order of their scans."""
        return tuple(self._rows.values())

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def start(self) -> None:
        """Ask for the orders."""
        if self._session.is_open:
            self._boards.ask(self._session.stockpile.destructions.latest)

    # --- an order being made --------------------------------------------------------------------

    def enter(self, argument: str) -> None:
        """Open what another page hands over: an order by its id or number, or weapons by theirs."""
        question = partial(_handed, self._session.stockpile, argument)
        self._desk.ask(self, question, self._take, self.refused.emit)

    def look_up(self, text: str) -> None:
        """Open the order whose paper was scanned or typed; a weapon goes on a new order."""
        if text.strip():
            question = partial(_looked_up, self._session.stockpile, text)
            self._desk.ask(self, question, self._take, self.refused.emit)

    def scan(self, text: str) -> None:
        """Put the weapon that was scanned or typed on the order, or say why not."""
        if text.strip():
            question = partial(_heard, self._session.stockpile, text)
            self._desk.ask(self, question, self._hear, self.refused.emit)

    def take_off(self, weapon: WeaponId) -> None:
        """Take a weapon off the order being made."""
        if self._rows.pop(weapon, None) is not None:
            self.loaded.emit()

    def undo(self) -> bool:
        """Take the weapon scanned last off the order; say whether there was one."""
        if not self._rows:
            return False
        self.take_off(next(reversed(self._rows)))
        return True

    def clear(self) -> None:
        """Put the order being made aside."""
        self._rows, self._busy = {}, False
        self.loaded.emit()

    def check(self, said: DestructionOrdered) -> None:
        """Ask what stands in the way of an order, before it is signed."""
        whole = replace(said, weapons=tuple(self._rows))
        cautions = partial(self._session.stockpile.destructions.cautions, whole)
        self._desk.ask(
            self, cautions, lambda found: self.told.emit(Told(whole, found)), self.refused.emit
        )

    def order(self, said: DestructionOrdered, by: SignedIn) -> None:
        """Put the order on record, signed by one officer."""
        if self._busy:
            return
        act = partial(self._session.stockpile.destructions.order, said, by=by)

        def done(stands: Destruction) -> None:
            self.clear()
            self.ordered.emit(stands)

        self._busy = True
        self._desk.record(self, act, done, self._refuse)

    # --- an order on record ---------------------------------------------------------------------

    def withdraw(self, order: str, reason: str) -> None:
        """Take an order back before anything is destroyed."""
        desk, by = self._session.stockpile.destructions, self._session.officer
        act = partial(desk.withdraw, order, reason, by=by)
        self._desk.record(self, act, self.withdrawn.emit, self.refused.emit)

    def print(self, order: str, *, certificate: bool = False) -> None:
        """Draw the list of an order, or its certificate."""
        desk, by = self._session.stockpile.destructions, self._session.officer

        def draw(paper: Paper) -> Path:
            return desk.draw(paper).file

        self.drawing.emit(True)
        paper = partial(desk.paper, order, by=by, certificate=certificate)
        self._desk.ask_in_turn(self, paper, draw, self._say_drawn, self._not_drawn)

    # --- inside ---------------------------------------------------------------------------------

    def _say_drawn(self, file: Path) -> None:
        self.drawing.emit(False)
        self.drawn.emit(file)

    def _not_drawn(self, error: StockpileError) -> None:
        self.drawing.emit(False)
        self.refused.emit(error)

    def _take(self, found: _Found) -> None:
        if found.order:
            self.named.emit(found.order)
        elif found.heard is not None:
            self._hear(found.heard)
        else:
            self._rows |= {row.id: row for row in found.rows}
            self.loaded.emit()

    def _hear(self, heard: Heard) -> None:
        row = heard.row
        if heard.came == "added" and row is not None:
            if row.id in self._rows:
                heard = replace(heard, came="twice")
            else:
                self._rows[row.id] = row
                self.loaded.emit()
        self.heard.emit(heard)

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)

    def _follow(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, _CONCERNS) for fact in recorded.facts):
            self.start()


def _handed(stockpile: Stockpile, argument: str) -> _Found:
    """Return the order that an argument names, or the weapons whose ids it lists."""
    try:
        return _Found(stockpile.destructions.one(argument).id)
    except DestructionUnknown:
        ids = [WeaponId(one) for one in argument.split(BETWEEN) if is_id(one)]
        rows = stockpile.register.rows(ids)
        return _Found(rows=tuple(row for row in rows if row.status not in GONE))


def _looked_up(stockpile: Stockpile, text: str) -> _Found:
    scanned = stockpile.scanning.read(text)
    try:
        return _Found(stockpile.destructions.one(scanned.number or scanned.text).id)
    except DestructionUnknown:
        return _Found(heard=_judged(stockpile, scanned))


def _heard(stockpile: Stockpile, text: str) -> Heard:
    return _judged(stockpile, stockpile.scanning.read(text))


def _judged(stockpile: Stockpile, scanned: Scanned) -> Heard:
    weapon = scanned.weapon
    if weapon is None:
        kinds: dict[str, Came] = {"several": "several", "unknown": "unknown"}
        came: Came = "hot" if scanned.alarm else kinds.get(scanned.kind, "other")
        return Heard(came, scanned.text, None, scanned)
    (row,) = stockpile.register.rows([WeaponId(weapon.id)])
    if scanned.alarm == "lost" or (scanned.alarm and scanned.is_certain):
        return Heard("lost" if scanned.alarm == "lost" else "hot", scanned.text, row, scanned)
    gone = not weapon.stands or weapon.status in GONE
    return Heard("gone" if gone else "added", scanned.text, row, scanned)
