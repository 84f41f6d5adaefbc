"""The practice machine: which one it is, what goes wrong with it, what stands on the metal."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.later import front_door
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

LOOK_MS: Final = 500
"""How often the metal is looked at while the page is open."""


class PracticeMachineModel(QObject):
    """The machine of a practice depot.

    Signals:
        machines_known: which machines can be practised on, and which one stands here.
        seen: a photo of the metal (PNG); nothing where the machine is off.
        told: an order was carried out.
    """

    machines_known = Signal(object, str)
    seen = Signal(bytes)
    told = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._photos = Latest[bytes](desk, self, self.seen.emit, lambda _error: None)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        desk.closing.connect(self.stop)

    @property
    def is_practice(self) -> bool:
        """Say whether this is a practice depot at all."""
        return self._session.is_open and front_door().is_practice(self._session.stockpile.home)

    def start(self) -> None:
        """Learn which machines there are, and keep looking at the metal."""
        if not self.is_practice:
            return
        self._clock.start()
        self._desk.ask(
            self,
            partial(_known, self._session.stockpile),
            lambda told: self.machines_known.emit(*told),
            self._notices.trouble,
        )

    def stop(self) -> None:
        """Look away."""
        self._clock.stop()
        self._photos.forget()

    def look(self) -> None:
        """Take a photo of the metal."""
        if not self._session.is_open:
            self.stop()
            return
        self._photos.ask(self._session.stockpile.practice.room.picture)

    def use(self, driver: str) -> None:
        """Practise on another kind of machine."""
        practice, by = self._session.stockpile.practice, self._session.officer

        def used() -> tuple[Recorded, None]:
            return practice.use(driver, by=by), None

        self._desk.record(self, used, lambda _none: self._used(), self._notices.trouble)

    def _used(self) -> None:
        self.told.emit()
        self.start()

    def order(self, order: str, spec: str = "") -> None:
        """Have the machine carry out an order."""
        room = self._session.stockpile.practice.room
        self._desk.ask(
            self,
            partial(room.order, order, spec),
            lambda _none: self.told.emit(),
            self._notices.trouble,
        )


def _known(stockpile: Stockpile) -> tuple[tuple[str, ...], str]:
    return stockpile.practice.room.drivers(), stockpile.practice.driver()
