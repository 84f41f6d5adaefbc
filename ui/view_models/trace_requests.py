"""Trace requests: the book as it stands, and one being written; no screen in here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError, TraceRequestUnknown
from stockpile.domain.facts import (
    Mark,
    TraceRequestAnswered,
    TraceRequestMade,
    TraceRequestNoted,
)
from stockpile.domain.trace_requests import Step, TraceRequest
from stockpile.domain.values import WeaponId, is_id
from stockpile.services.documents import Paper
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

_CONCERNS = (TraceRequestMade, TraceRequestNoted, TraceRequestAnswered)


@dataclass(frozen=True, slots=True)
class Board:
    """The requests, those that wait longest first; ``today`` is the local date."""

    requests: tuple[TraceRequest, ...] = ()
    today: str = ""

    @property
    def late(self) -> int:
        """How many wait for too long."""
        return sum(one.is_late(self.today) for one in self.requests)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was handed over or scanned: a request on record, or one to be written."""

    request: str = ""
    said: TraceRequestMade | None = None


class TraceModel(QObject):
    """The desk of trace requests.

    Signals:
        stands: the board as it is now.
        prepared: a request is to be written: what it says so far.
        named: a request is to be shown: its id.
        written: a request is on record, or says something else now: it.
        went_on: something was noted to a request, or it was answered: it.
        drawn: a paper was drawn: its file.
        refused: something was not done: the error.
    """

    stands = Signal(object)
    prepared = Signal(object)
    named = Signal(str)
    written = Signal(object)
    went_on = Signal(object)
    drawn = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._busy = False
        self._boards = Latest[Board](desk, self, self.stands.emit, notices.trouble)
        desk.recorded.connect(self._follow)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def may_ask(self) -> bool:
        """Say whether the officer's role includes asking for traces."""
        return self._session.may("request_trace")

    def start(self) -> None:
        """Ask for the requests."""
        if self._session.is_open:
            self._boards.ask(partial(_board, self._session.stockpile))

    def enter(self, argument: str) -> None:
        """Open what another page hands over: a request by its id or number, or a weapon by its."""
        self._find(partial(_handed, self._session.stockpile, argument))

    def look_up(self, text: str) -> None:
        """Open the request whose paper was scanned; a weapon, known or not, gets a new one."""
        if text.strip():
            self._find(partial(_looked_up, self._session.stockpile, text))

    def begin(self) -> None:
        """Prepare a request about a weapon that is on no record here."""
        self._find(partial(_empty, self._session.stockpile))

    def write(self, said: TraceRequestMade, amended: str = "") -> None:
        """Put a request on record, or say one anew."""
        if self._busy:
            return
        desk, by = self._session.stockpile.trace_requests, self._session.officer
        if amended:
            act = partial(desk.amend, amended, said, by=by)
        else:
            act = partial(desk.make, said, by=by)

        def done(stands: TraceRequest) -> None:
            self._busy = False
            self.written.emit(stands)

        self._busy = True
        self._desk.record(self, act, done, self._refuse)

    def note(self, request: str, step: Step, on: str, remarks: str) -> None:
        """Note a step of a request; today for no date."""
        desk, by = self._session.stockpile.trace_requests, self._session.officer
        act = partial(desk.note, request, step, on, remarks, by=by)
        self._desk.record(self, act, self.went_on.emit, self.refused.emit)

    def answer(self, request: str, told: TraceRequestAnswered) -> None:
        """Write down what came of a request."""
        desk, by = self._session.stockpile.trace_requests, self._session.officer
        act = partial(desk.answer, request, told, by=by)
        self._desk.record(self, act, self.went_on.emit, self.refused.emit)

    def print(self, request: str, *, answer: bool = False) -> None:
        """Draw a request, or its answer."""
        desk, by = self._session.stockpile.trace_requests, self._session.officer

        def draw(paper: Paper) -> Path:
            return desk.draw(paper, answer=answer).file

        paper = partial(desk.paper, request, by=by, answer=answer)
        self._desk.ask_in_turn(self, paper, draw, self._say_drawn, self.refused.emit)

    # --- inside ---------------------------------------------------------------------------------

    def _find(self, question: partial[_Found]) -> None:
        self._desk.ask(self, question, self._take, self.refused.emit)

    def _take(self, found: _Found) -> None:
        if found.request:
            self.named.emit(found.request)
        elif found.said is not None:
            self.prepared.emit(found.said)

    def _say_drawn(self, file: Path) -> None:
        self.drawn.emit(file)

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)

    def _follow(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, _CONCERNS) for fact in recorded.facts):
            self.start()


def _board(stockpile: Stockpile) -> Board:
    desk = stockpile.trace_requests
    return Board(desk.latest(), desk.today())


def _handed(stockpile: Stockpile, argument: str) -> _Found:
    """Return the request that an argument names, or one about the weapon whose id it is."""
    try:
        return _Found(stockpile.trace_requests.one(argument).id)
    except TraceRequestUnknown:
        if not is_id(argument):
            raise
        return _about(stockpile, WeaponId(argument))


def _looked_up(stockpile: Stockpile, text: str) -> _Found:
    scanned = stockpile.scanning.read(text)
    try:
        return _Found(stockpile.trace_requests.one(scanned.number or scanned.text).id)
    except TraceRequestUnknown:
        if scanned.weapon is not None:
            return _about(stockpile, WeaponId(scanned.weapon.id))
        if scanned.kind != "unknown":
            raise
        blank = _empty(stockpile).said
        assert blank is not None
        read = Mark("serial", scanned.text, is_identity=True)
        return _Found(said=replace(blank, marks=(read,)))


def _about(stockpile: Stockpile, weapon: WeaponId) -> _Found:
    said = stockpile.trace_requests.of_weapon(weapon)
    return _Found(said=replace(said, by_state=_home(stockpile)))


def _empty(stockpile: Stockpile) -> _Found:
    return _Found(said=TraceRequestMade("", by_state=_home(stockpile)))


def _home(stockpile: Stockpile) -> str:
    """Return the country of this site, as it is on record."""
    return stockpile.places.one(stockpile.people.site()).country
