"""Losses: what is lost, a report being made, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import CustodySettled, WeaponLost, WeaponRecovered
from stockpile.domain.losses import Loss
from stockpile.domain.people import Act
from stockpile.domain.places import Place
from stockpile.domain.values import Instant, PlaceId, WeaponId
from stockpile.services.documents import Paper
from stockpile.services.losses import Lasting, OpenReport, Overview
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.printed import among_papers
from stockpile.services.scanning import Scanned
from stockpile.services.signing import Later
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

_CONCERNS = (WeaponLost, WeaponRecovered, CustodySettled)
Came = Literal["added", "twice", "lost", "hot", "maybe_hot", "gone", "unknown", "several", "other"]


@dataclass(frozen=True, slots=True)
class Board:
    """All there is to see: losses, the officer's places to recover into, and what time it is."""

    overview: Overview
    places: tuple[Place, ...]
    site: PlaceId
    now: Instant


@dataclass(frozen=True, slots=True)
class Heard:
    """What a scan came to: the weapon, where it was last, and what stands against reporting it."""

    came: Came
    text: str
    lasting: Lasting | None = None
    scanned: Scanned | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A report on record: its number, how many weapons, and its paper, or why there is none."""

    number: str
    count: int
    file: Path | None
    error: StockpileError | None = None
    is_amended: bool = False


class LossesModel(QObject):
    """The desk of losses.

    Signals:
        stands: all there is to see.
        heard: what a scan came to.
        loaded: the weapons of the report being made are others now.
        reported: a report is on record.
        drawn: a report's paper was drawn anew: its file.
        postponed: a report is signed by one and waits for a second officer.
        recovered: weapons are back: how many.
        refused: something was not done: the error.
    """

    stands = Signal(object)
    heard = Signal(object)
    loaded = Signal()
    reported = Signal(object)
    drawn = Signal(object)
    postponed = Signal()
    recovered = Signal(int)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._lines: dict[WeaponId, Lasting] = {}
        self._amending: OpenReport | None = None
        self._busy = False
        self._boards = Latest[Board](desk, self, self.stands.emit, notices.trouble)
        desk.recorded.connect(self._follow)
        session.changed.connect(self.clear)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def lines(self) -> tuple[Lasting, ...]:
        """Return the weapons of the report being made, in the order of their scans."""
        return tuple(self._lines.values())

    @property
    def amending(self) -> OpenReport | None:
        """Return the report that is said anew, where it is no new one."""
        return self._amending

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def start(self) -> None:
        """Ask what is lost."""
        if self._session.is_open:
            self._boards.ask(partial(_board, self._session.stockpile))

    def scan(self, text: str) -> None:
        """Put the weapon that was scanned or typed on the report, or say why not."""
        if text.strip():
            self._desk.ask(self, partial(_read, self._session.stockpile, text), self._hear)

    def pick(self, weapon: WeaponId) -> None:
        """Put a weapon on the report that was chosen on another page."""
        self._desk.ask(self, partial(_picked, self._session.stockpile, weapon), self._hear)

    def take_off(self, weapon: WeaponId) -> None:
        """Take a weapon off the report being made."""
        if self._amending is None and self._lines.pop(weapon, None) is not None:
            self.loaded.emit()

    def undo(self) -> None:
        """Take the weapon scanned last off the report."""
        if self._lines:
            self.take_off(next(reversed(self._lines)))

    def amend(self, report: OpenReport) -> None:
        """Say a report anew: its weapons are those it has."""
        stockpile = self._session.stockpile

        def question() -> list[Lasting]:
            return [stockpile.losses.last(row.id) for row in report.weapons]

        def known(found: list[Lasting]) -> None:
            self._amending = report
            self._lines = {one.weapon.id: one for one in found}
            self.loaded.emit()

        self._desk.ask(self, question, known, self.refused.emit)

    def report_later(self, loss: Loss, reason: str) -> None:
        """Sign the report alone, for a second officer to confirm; nothing is lost until then."""
        if self._busy:
            return
        losses, weapons, by = (
            self._session.stockpile.losses,
            tuple(self._lines),
            self._session.officer,
        )
        old, second = self._amending, Later(reason)

        def act() -> tuple[Recorded, str]:
            if old is None:
                return losses.report(weapons, loss, by=by, witness=second)
            return losses.amend(old.number, loss, by=by, witness=second), old.number

        def waits() -> None:
            self._busy = False
            self.clear()
            self.postponed.emit()

        self._busy = True
        self._desk.record_for_later(self, act, self._refuse, waits)

    def report(self, loss: Loss, signed: tuple[SignedIn, ...]) -> None:
        """Put the report on record, signed by two officers, and draw its paper."""
        if self._busy:
            return
        by, witness = signed
        losses, weapons = self._session.stockpile.losses, tuple(self._lines)
        old = self._amending

        def act() -> tuple[Recorded, str]:
            if old is None:
                return losses.report(weapons, loss, by=by, witness=witness)
            return losses.amend(old.number, loss, by=by, witness=witness), old.number

        def done(number: str) -> None:
            said = Reported(number, len(weapons), None, None, old is not None)
            self.clear()
            self._draw(number, by, partial(self._tell, said), partial(self._tell_without, said))

        self._busy = True
        self._desk.record(self, act, done, self._refuse)

    def recover(
        self, weapons: Sequence[WeaponId], place: PlaceId, circumstances: str, where: str = ""
    ) -> None:
        """Take weapons back into account."""
        losses, by = self._session.stockpile.losses, self._session.officer

        def act() -> tuple[Recorded, int]:
            recorded = losses.recover(weapons, place, circumstances, where=where, by=by)
            return recorded, len(weapons)

        self._desk.record(self, act, self.recovered.emit, self.refused.emit)

    def print(self, number: str) -> None:
        """Draw the paper of an open report anew."""
        self._draw(number, self._session.officer, self.drawn.emit, self.refused.emit)

    def clear(self) -> None:
        """Put the report being made aside."""
        self._lines, self._amending, self._busy = {}, None, False
        self.loaded.emit()

    # --- inside -----------------------------------------------------------------------------

    def _draw(
        self, number: str, by: SignedIn, done: Callable[[Path], None],
        refused: Callable[[StockpileError], None],
    ) -> None:  # fmt: skip
        stockpile = self._session.stockpile

        def draw(paper: Paper) -> Path:
            return stockpile.losses.press.draw(paper, among_papers(stockpile.home, number)).file

        paper = partial(stockpile.losses.paper, number, by=by)
        self._desk.ask_in_turn(self, paper, draw, done, refused)

    def _tell(self, said: Reported, file: Path) -> None:
        self.reported.emit(replace(said, file=file))

    def _tell_without(self, said: Reported, error: StockpileError) -> None:
        self.reported.emit(replace(said, error=error))

    def _hear(self, heard: Heard) -> None:
        lasting = heard.lasting
        if heard.came in ("added", "hot", "maybe_hot") and lasting is not None:
            if lasting.weapon.id in self._lines:
                heard = replace(heard, came="twice")
            elif heard.came == "added" and self._amending is None:
                self._lines[lasting.weapon.id] = lasting
                self.loaded.emit()
        self.heard.emit(heard)

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)

    def _follow(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, _CONCERNS) for fact in recorded.facts):
            self.start()


def _board(stockpile: Stockpile) -> Board:
    return Board(
        stockpile.losses.overview(),
        stockpile.places.all(),
        stockpile.people.site(),
        stockpile.losses.clock.now(),
    )


def _read(stockpile: Stockpile, text: str) -> Heard:
    scanned = stockpile.scanning.read(text)
    return replace(_judged(stockpile, scanned), scanned=scanned)


def _picked(stockpile: Stockpile, weapon: WeaponId) -> Heard:
    return _judged(stockpile, stockpile.scanning.weapon(weapon))


def _judged(stockpile: Stockpile, scanned: Scanned) -> Heard:
    weapon = scanned.weapon
    hot: Came = "hot" if scanned.is_certain else "maybe_hot"
    if weapon is None:
        if scanned.alarm:
            return Heard(hot, scanned.text)
        kinds: dict[str, Came] = {"several": "several", "unknown": "unknown"}
        return Heard(kinds.get(scanned.kind, "other"), scanned.text)
    lasting = stockpile.losses.last(weapon.id)
    if scanned.alarm == "lost":
        return Heard("lost", scanned.text, lasting)
    if scanned.alarm:
        return Heard(hot, scanned.text, lasting)
    gone = not weapon.stands or weapon.status == "destroyed"
    return Heard("gone" if gone else "added", scanned.text, lasting)
