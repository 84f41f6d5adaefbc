"""Enrolment by file on a screen: a request out, a certificate back, and words compared."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.ledger import node_id
from stockpile.services.enrolling import Asked, Offer
from stockpile.services.ports import Peer, Recorded
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session


class EnrolByFileModel(QObject):
    """Being enrolled without a network.

    Signals:
        asked: the request lies on the stick: where, and the words that stand for this computer.
        opened: a certificate was proved: what it offers.
        enrolled: this computer is enrolled: the registry's id.
        refused: a step was refused: the error.
    """

    asked = Signal(object)
    opened = Signal(object)
    enrolled = Signal(str)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._offer: Offer | None = None
        self._busy = False

    @property
    def is_busy(self) -> bool:
        """Say whether a step is being done; a second click does nothing."""
        return self._busy

    def request(self, file: Path) -> None:
        """Write the request to be enrolled, under the name of this site."""
        stockpile, by = self._session.stockpile, self._session.officer

        def ask() -> Asked:
            place = stockpile.places.named(stockpile.people.site())
            return stockpile.enrolling.request(file, place.name, place.code, by=by)

        def done(asked: Asked) -> None:
            self._busy = False
            self.asked.emit(asked)

        if self._begin():
            self._desk.ask(self, ask, done, self._refuse)

    def open(self, file: Path) -> None:
        """Prove a certificate and say what it offers; nothing is taken in."""
        enrolling = self._session.stockpile.enrolling

        def done(offer: Offer) -> None:
            self._busy, self._offer = False, offer
            self.opened.emit(offer)

        if self._begin():
            self._desk.ask(self, lambda: enrolling.open(file), done, self._refuse)

    def take(self, words: str) -> None:
        """Be enrolled by the certificate that was opened, once its words were compared."""
        offer, by = self._offer, self._session.officer
        enrolling = self._session.stockpile.enrolling

        def act() -> tuple[Recorded, Peer]:
            assert offer is not None
            return enrolling.take(offer, words, by=by)

        def done(peer: Peer) -> None:
            self._busy, self._offer = False, None
            self.enrolled.emit(node_id(peer.registry_key))

        if offer is not None and self._begin():
            self._desk.record(self, act, done, self._refuse)

    def _begin(self) -> bool:
        if self._busy or not self._session.is_open:
            return False
        self._busy = True
        return True

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)
