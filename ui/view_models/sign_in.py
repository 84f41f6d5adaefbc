"""Signing in: which home, its passphrase, which officer, the PIN.

The front door of the core is loaded here, on the books lane and after the first paint: a window
with nothing behind it is on the screen long before SQLAlchemy is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError, Unavailable
from ui.desk import Desk
from ui.later import front_door, load
from ui.session import Session
from ui.view_models.recovering import RecoveringModel

if TYPE_CHECKING:  # loaded after the first paint, see ui.later
    from stockpile.domain.people import Officer
    from stockpile.services.people import Founding, SignedIn
    from stockpile.services.stockpile import Stockpile

T = TypeVar("T")

PRACTICE_WEAPONS: Final = 500
PRACTICE_SEED: Final = 1


class SignInModel(QObject):
    """The way in.

    Signals:
        opened: the store is open; the names of its officers, and whether it is for practice.
        refused: something was refused: the field it concerns, and the error.
        signed_in: an officer sat down.
        named: a badge was scanned: the name of its officer.
        busy: work is under way, or is not any more.
    """

    opened = Signal(list, bool)
    refused = Signal(str, object)
    signed_in = Signal()
    named = Signal(str)
    busy = Signal(bool)

    def __init__(self, desk: Desk, session: Session, home: Path, practice: Path) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._home, self._practice = home, practice
        self._stockpile: Stockpile | None = None
        self.last = ""
        """Who signed in last here, by name; known once the store is open."""

    @property
    def home(self) -> Path:
        """The folder of the real stockpile."""
        return self._home

    @property
    def has_home(self) -> bool:
        """Say whether there is a real stockpile beside the practice depot; asked once loaded."""
        door = front_door()
        return door.is_home(self._home) and not door.is_practice(self._home)

    def start(self) -> None:
        """Load the core, and open the practice depot where there is no real home yet."""
        self._work(self._begin, self._show, "passphrase")

    def again(self) -> None:
        """Ask who sits here now: the store stays open for the next officer."""
        self._show(self._stockpile)

    def open(self, passphrase: str) -> None:
        """Open the real home."""
        self._work(partial(self._open, self._home, passphrase), self._show, "passphrase")

    def recovering(self) -> RecoveringModel:
        """Return the way back into the real home, for who lost its passphrase."""
        return RecoveringModel(self._desk, self._home)

    def open_practice(self) -> None:
        """Open the practice depot, made first where it is not there."""
        self._work(self._open_practice, self._show, "passphrase")

    def found(self, passphrase: str, told: Founding) -> None:
        """Make a real home and sit down in it."""
        self._work(
            partial(self._make, passphrase, told),
            partial(self._founded, told),
            "found",
        )

    def sign_in(self, name: str, pin: str) -> None:
        """Prove who sits here."""
        stockpile = self._stockpile
        if stockpile is None:
            return
        self._work(lambda: stockpile.people.sign_in(name, pin), self._seated, "pin")

    def take_badge(self, text: str) -> None:
        """Tell whose badge was scanned; the PIN is asked all the same."""
        stockpile = self._stockpile
        if stockpile is not None and not self._session.is_open:
            self._desk.ask(
                self,
                lambda: stockpile.offices.of_badge(text),
                lambda officer: self.named.emit(officer.name),
                partial(self.refused.emit, "officer"),
            )

    def close(self) -> None:
        """Close the store, on its own lane, and wait for it."""
        if self._stockpile is not None:
            self._desk.on_books(self._stockpile).close()
            self._stockpile = None

    def _begin(self) -> Stockpile | None:
        load()
        door = front_door()
        if door.is_home(self._home):
            return None if not door.is_practice(self._home) else self._open(self._home, "")
        return self._open_practice()

    def _make(self, passphrase: str, told: Founding) -> Stockpile:
        made = front_door().found_home(self._home, passphrase, told)
        if self._stockpile is not None:
            self._stockpile.close()
        self._stockpile = made
        return made

    def _open(self, home: Path, passphrase: str) -> Stockpile:
        if self._stockpile is not None:
            self._stockpile.close()
            self._stockpile = None
        door = front_door()
        given = door.PRACTICE_PASSPHRASE if door.is_practice(home) else passphrase
        self._stockpile = door.open_home(home, given)
        return self._stockpile

    def _open_practice(self) -> Stockpile:
        door = front_door()
        if not door.is_home(self._practice):
            door.found_practice(self._practice).close()
        stockpile = self._open(self._practice, "")
        officer = stockpile.people.sign_in(stockpile.people.officers()[0].name, door.PRACTICE_PIN)
        stockpile.practice.fill(PRACTICE_WEAPONS, PRACTICE_SEED, by=officer)
        stockpile.practice_people.enlist(by=officer)
        with suppress(Unavailable):  # the marking page says so if the machine is not there
            stockpile.practice.set_up(by=officer)
        return stockpile

    def _show(self, stockpile: Stockpile | None) -> None:
        if stockpile is None:
            self.opened.emit([], False)
            return
        self._desk.ask(
            self,
            lambda: (
                stockpile.people.officers(),
                front_door().is_practice(stockpile.home),
            ),
            lambda told: self._know(*told),
        )

    def _know(self, officers: tuple[Officer, ...], practice: bool) -> None:
        last = self._session.settings.officer
        self.last = next((one.name for one in officers if one.id == last), "")
        self.opened.emit([one.name for one in officers], practice)

    def _founded(self, told: Founding, _stockpile: Stockpile) -> None:
        self.sign_in(told.officer, told.pin)

    def _seated(self, officer: SignedIn) -> None:
        assert self._stockpile is not None
        self._session.begin(self._stockpile, officer)
        self._session.remember(officer=officer.id)
        self.signed_in.emit()

    def _work(self, work: Callable[[], T], answer: Callable[[T], None], field: str) -> None:
        def done(result: T) -> None:
            self.busy.emit(False)
            answer(result)

        def refused(error: StockpileError) -> None:
            self.busy.emit(False)
            self.refused.emit(field, error)

        self.busy.emit(True)
        self._desk.ask(self, work, done, refused)
