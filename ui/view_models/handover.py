"""A handover of custody: how a place stands, who takes it over, and the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import Fact
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.services.custodians import Standing
from stockpile.services.documents import Drawn, Paper
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.printed import among_papers
from stockpile.services.signing import Later
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.session import Session

PAPERS: Final = "backups"
"""The lane on which papers are drawn: one writes beside the books already."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The places that may be handed over, in words, and the officers in office."""

    places: tuple[tuple[PlaceId, str], ...]
    officers: tuple[str, ...]
    own: str


@dataclass(frozen=True, slots=True)
class Told:
    """How a place stands before a handover, with its custodian's name."""

    standing: Standing
    custodian: str


class HandoverModel(QObject):
    """The desk where keys change hands.

    Signals:
        chosen_from: the places and officers there are.
        told: how the chosen place stands.
        handed_over: it is done: the place, who answers for it, the certificate.
        postponed: it is signed by one, and waits for the other.
        refused: it is not: the error.
    """

    chosen_from = Signal(object)
    told = Signal(object)
    handed_over = Signal(object, str, object)
    postponed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session

    @property
    def own(self) -> str:
        """Return the name of the officer signed in."""
        return self._session.officer.officer.name

    def start(self) -> None:
        """Ask which places and officers there are."""
        question = partial(_choices, self._session.stockpile, self.own)
        self._desk.ask(self, question, self.chosen_from.emit)

    def look(self, place: str) -> None:
        """Ask how a place stands."""
        question = partial(_told, self._session.stockpile, PlaceId(place))
        self._desk.ask(self, question, self.told.emit, self.refused.emit)

    def hand_over(
        self, place: str, incoming: str, remarks: str, signed: tuple[SignedIn, ...]
    ) -> None:
        """Record the handover, signed by both, and draw its certificate."""
        stockpile, (by, witness) = self._session.stockpile, signed
        who = next(one.officer for one in signed if one.officer.name == incoming)

        def act() -> tuple[Recorded, tuple[Place, Fact, Paper | None]]:
            desk = stockpile.custodians
            recorded, fact = desk.hand_over(
                PlaceId(place), who, remarks=remarks, by=by, witness=witness
            )
            paper = desk.paper(PlaceId(place), by=by)
            return recorded, (stockpile.places.one(PlaceId(place)), fact, paper)

        def done(outcome: tuple[Place, Fact, Paper | None]) -> None:
            stands, fact, paper = outcome
            assert paper is not None  # it was handed over just now
            file = among_papers(stockpile.home, f"handover-{fact.hash[:8]}")
            tell = partial(self._end, stands, incoming)
            draw = partial(certificate_drawn, stockpile, paper, file)
            self._desk.ask(self, draw, tell, self.refused.emit, PAPERS)

        self._desk.record(self, act, done, self.refused.emit)

    def hand_over_later(self, place: str, incoming: str, remarks: str, reason: str) -> None:
        """Sign alone, for the other one to confirm; the custodian stays who it is until then."""
        stockpile, by = self._session.stockpile, self._session.officer

        def act() -> tuple[Recorded, Fact]:
            who = next(one for one in stockpile.people.officers() if one.name == incoming)
            return stockpile.custodians.hand_over(
                PlaceId(place), who, remarks=remarks, by=by, witness=Later(reason)
            )

        self._desk.record_for_later(self, act, self.refused.emit, self.postponed.emit)

    def _end(self, place: Place, incoming: str, drawn: Drawn) -> None:
        self.handed_over.emit(place, incoming, drawn.file)


def first_signer(custodian: str, incoming: str, own: str, *, absent: bool) -> str:
    """Return who signs beside the incoming custodian; nobody in particular where "" comes back.

    It is the outgoing one; where there is none, or he cannot sign, the officer signed in, or any
    other where that is the incoming one.
    """
    first = custodian if custodian and not absent else own
    return "" if first == incoming else first


def _choices(stockpile: Stockpile, own: str) -> Choices:
    site = stockpile.people.site()
    places = sorted(stockpile.places.all(), key=lambda one: (one.id != site, one.name))
    said = tuple((one.id, stockpile.places.said(one)) for one in places)
    return Choices(said, tuple(one.name for one in stockpile.people.officers()), own)


def _told(stockpile: Stockpile, place: PlaceId) -> Told:
    standing = stockpile.custodians.standing(place)
    return Told(standing, stockpile.names().of(standing.custodian))


def certificate_drawn(stockpile: Stockpile, paper: Paper, file: Path) -> Drawn:
    """Draw the certificate of a handover; touches no books."""
    return stockpile.custodians.press.draw(paper, file)
