"""The one weapon before the officer: its life, and what can be done with it at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import PlaceChanged, PlaceOpened
from stockpile.domain.people import Act
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from stockpile.services.tracing import Life
from stockpile.wording import Names
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest


@dataclass(frozen=True, slots=True)
class Shown:
    """A weapon's life, and what people call the places and officers in it."""

    life: Life
    names: Names


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was written: which weapon, to which place, and where it lay before."""

    weapon: WeaponId
    place: Place
    before: PlaceId | None


class WeaponDetailModel(QObject):
    """The weapon that is shown.

    Signals:
        shown: the weapon as it stands now.
        moved: it was moved.
        corrected: a field of it was corrected.
        refused: the correction under way was refused: the error.
        places_came: the open places to choose from.
    """

    shown = Signal(object)
    moved = Signal(object)
    corrected = Signal()
    refused = Signal(object)
    places_came = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._weapon: WeaponId | None = None
        self._life: Life | None = None
        self._lives = Latest[Shown](desk, self, self._came, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self._seated)

    @property
    def weapon(self) -> WeaponId | None:
        """Return the weapon asked for last."""
        return self._weapon

    @property
    def life(self) -> Life | None:
        """Return what is known of it, once it came."""
        return self._life

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def show(self, weapon: str) -> None:
        """Show a weapon; asked again for the same one, read it again."""
        self._weapon = WeaponId(weapon)
        self._lives.ask(partial(_shown, self._session.stockpile, self._weapon))

    def clear(self) -> None:
        """Show no weapon."""
        self._weapon = self._life = None
        self._lives.forget()

    def ask_places(self) -> None:
        """Ask for the open places."""
        self._desk.ask(self, self._session.stockpile.places.all, self.places_came.emit)

    def move(self, weapon: WeaponId, place: Place, before: PlaceId | None) -> None:
        """Move a weapon to a place."""
        move = self._session.stockpile.receiving.move
        by = self._session.officer
        moved = Moved(weapon, place, before)
        self._desk.record(
            self,
            lambda: (move((weapon,), place.id, by=by), moved),
            self.moved.emit,
        )

    def move_back(self, moved: Moved) -> None:
        """Answer a move by its opposite."""
        stockpile, by, before = self._session.stockpile, self._session.officer, moved.before
        if before is None:
            return

        def back() -> tuple[Recorded, Moved]:
            recorded = stockpile.receiving.move((moved.weapon,), before, by=by)
            return recorded, Moved(moved.weapon, stockpile.places.named(before), None)

        self._desk.record(self, back, self.moved.emit)

    def correct(self, weapon: WeaponId, fields: Mapping[str, str], reason: str) -> None:
        """Correct fields of a weapon."""
        correct, by = self._session.stockpile.receiving.correct, self._session.officer
        self._desk.record_by_two(
            self,
            lambda second: (correct(weapon, fields, reason, by=by, witness=second), None),
            lambda _none: self.corrected.emit(),
            self.refused.emit,
            self.corrected.emit,
        )

    def _came(self, shown: Shown) -> None:
        self._life = shown.life
        self.shown.emit(shown)

    def _heard(self, recorded: Recorded) -> None:
        subjects = {fact.subject for fact in recorded.facts}
        renamed = any(isinstance(fact.body, PlaceOpened | PlaceChanged) for fact in recorded.facts)
        if self._weapon is not None and (self._weapon in subjects or renamed):
            self.show(self._weapon)

    def _seated(self) -> None:
        self.clear()


def _shown(stockpile: Stockpile, weapon: WeaponId) -> Shown:
    return Shown(stockpile.tracing.life(weapon), stockpile.names())
