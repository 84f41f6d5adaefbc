"""A shipment being made ready: what the paper says, what was scanned, and the signatures.

What is filled in stays until it is sent or put aside, wherever one goes meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import PartApart, Photo, WaybillOpened
from stockpile.domain.places import Place
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import Digest, PlaceId, WeaponId
from stockpile.services.couriers import Packed
from stockpile.services.documents import Drawn
from stockpile.services.people import SignedIn
from stockpile.services.scanning import Scanned
from stockpile.services.signing import Later
from stockpile.services.stockpile import Stockpile
from stockpile.services.transfer_papers import Line, WaybillFile
from stockpile.services.weapon_files import Printing
from ui.desk import PHOTOS, Desk
from ui.session import Session
from ui.view_models.transfers import TransfersModel, paper_drawn

Came = Literal["added", "twice", "refused", "alarm", "unknown", "several", "other"]
NOWHERE = PlaceId("")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a scan came to: the weapon it named, and why it does not go along."""

    came: Came
    text: str
    line: Line | None = None
    error: StockpileError | None = None
    scanned: Scanned | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """What the fields offer: sites of other nodes, and the transfer that was sent last."""

    site: PlaceId
    destinations: tuple[Place, ...] = ()
    last: WaybillOpened | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A shipment that left: its waybill, its paper and its courier file, or why there is none."""

    waybill: Waybill
    paper: Drawn
    packed: Packed | None
    error: StockpileError | None = None


@dataclass(frozen=True, slots=True)
class _Papers:
    file: WaybillFile
    printing: Printing
    packed: Packed | None
    error: StockpileError | None = None


@dataclass
class _Load:
    lines: dict[WeaponId, Line] = field(default_factory=dict)
    apart: list[PartApart] = field(default_factory=list)
    papers: list[Digest] = field(default_factory=list)


class SendingModel(QObject):
    """One shipment being made ready.

    Signals:
        offered: what the fields may offer.
        heard: what a scan came to.
        loaded: the weapons on the list are others now.
        checked: the list may be signed; what the officers should know before.
        left: the shipment is on its way, with its papers.
        postponed: it is signed by one, and waits for a second officer.
        refused: it does not go: the error.
    """

    offered = Signal(object)
    heard = Signal(object)
    loaded = Signal()
    checked = Signal(tuple)
    left = Signal(object)
    postponed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, board: TransfersModel) -> None:
        super().__init__()
        self._desk, self._session, self._board = desk, session, board
        self._load = _Load()
        self._said = WaybillOpened("", (), NOWHERE)
        self._busy = False
        session.changed.connect(self.clear)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the weapons on the list, in the order in which they were scanned."""
        return tuple(self._load.lines.values())

    @property
    def apart(self) -> tuple[PartApart, ...]:
        """Return the parts that travel apart."""
        return tuple(self._load.apart)

    def start(self) -> None:
        """Ask what the fields may offer."""
        if self._session.is_open:
            question = partial(_offers, self._session.stockpile)
            self._desk.ask(self, question, self._offer)

    def say(self, said: WaybillOpened) -> None:
        """Take what stands in the fields."""
        self._said = replace(said, out_of=self._said.out_of)

    def scan(self, text: str) -> None:
        """Put the weapon that was scanned on the list, or say why it does not go."""
        if text.strip():
            question = partial(_judged, self._session.stockpile, text)
            self._desk.ask(self, question, self._hear)

    def undo(self) -> None:
        """Take the last weapon off the list."""
        if self._load.lines:
            weapon, _line = self._load.lines.popitem()
            self._load.apart = [one for one in self._load.apart if one.weapon != weapon]
            self.loaded.emit()

    def take_off(self, weapon: WeaponId) -> None:
        """Take one weapon off the list."""
        if self._load.lines.pop(weapon, None) is not None:
            self._load.apart = [one for one in self._load.apart if one.weapon != weapon]
            self.loaded.emit()

    def part(self, component: str, seal: str) -> None:
        """Say that a part of the weapon scanned last travels apart, under a seal of its own."""
        if self._load.lines:
            last = next(reversed(self._load.lines))
            self._load.apart.append(PartApart(last, component, seal.strip()))
            self.loaded.emit()

    @property
    def papers(self) -> tuple[Digest, ...]:
        """Return the papers that were attached, by the digests of their pictures."""
        return tuple(self._load.papers)

    def attach(self, file: Path) -> None:
        """Keep the picture of an end-user certificate or licence with the waybill."""
        keep = partial(self._session.stockpile.photographs.keep, file, "document")
        self._desk.ask(self, keep, self._attached, self.refused.emit, PHOTOS)

    def check(self) -> None:
        """Ask whether it may go, before anybody signs."""
        transfers = self._session.stockpile.transfers
        question = partial(transfers.cautions, self._whole())
        self._desk.ask(self, question, self.checked.emit, self.refused.emit)

    def dispatch(self, signed: tuple[SignedIn, ...]) -> None:
        """Send it off, signed by two officers; its papers are made at once."""
        if self._busy:
            return
        by, witness = signed
        transfers = self._session.stockpile.transfers
        act = partial(transfers.dispatch, self._whole(), by=by, witness=witness)
        self._busy = True
        self._desk.record(self, act, partial(self._make_papers, by), self._refuse)

    def dispatch_later(self, reason: str) -> None:
        """Sign it alone, for a second officer to confirm; nothing leaves until then."""
        if self._busy:
            return
        transfers, by = self._session.stockpile.transfers, self._session.officer
        act = partial(transfers.dispatch, self._whole(), by=by, witness=Later(reason))

        def waits() -> None:
            self.clear()
            self.postponed.emit()
            self.start()

        self._busy = True
        self._desk.record_for_later(self, act, self._refuse, waits)

    def clear(self) -> None:
        """Put everything aside."""
        self._load = _Load()
        self._said = WaybillOpened("", (), NOWHERE)
        self._busy = False
        self.loaded.emit()

    def _whole(self) -> WaybillOpened:
        weapons = tuple(self._load.lines)
        return replace(self._said, weapons=weapons, apart=self.apart, papers=self.papers)

    def _attached(self, photo: Photo) -> None:
        if photo.digest not in self._load.papers:
            self._load.papers.append(photo.digest)
        self.loaded.emit()

    def _offer(self, offers: Offers) -> None:
        self._said = replace(self._said, out_of=offers.site)
        self.offered.emit(offers)

    def _hear(self, heard: Heard) -> None:
        line = heard.line
        if heard.came == "added" and line is not None:
            if line.id in self._load.lines:
                heard = replace(heard, came="twice")
            else:
                self._load.lines[line.id] = line
                self.loaded.emit()
        self.heard.emit(heard)

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)

    def _make_papers(self, by: SignedIn, waybill: Waybill) -> None:
        """Write its courier file, then its paper: it has left, and goes without a file too."""
        written = partial(self._ask_paper, by, waybill)
        without = partial(self._ask_paper, by, waybill, None)
        self._board.write(waybill, written, without, lambda _stopped: without())

    def _ask_paper(
        self,
        by: SignedIn,
        waybill: Waybill,
        packed: Packed | None,
        trouble: StockpileError | None = None,
    ) -> None:
        transfers = self._session.stockpile.transfers

        def question() -> _Papers:
            file = transfers.file(waybill.id, packed.words if packed else "")
            return _Papers(file, transfers.printing(by), packed, trouble)

        self._desk.ask(self, question, partial(self._draw, waybill), self._refuse)

    def _draw(self, waybill: Waybill, papers: _Papers) -> None:
        stockpile = self._session.stockpile

        def done(drawn: Drawn) -> None:
            sent = Sent(waybill, drawn, papers.packed, papers.error)
            self.clear()
            self.left.emit(sent)
            self.start()

        work = partial(paper_drawn, stockpile, papers.file, papers.printing)
        self._desk.ask(self, work, done, self._refuse, PHOTOS)


def _offers(stockpile: Stockpile) -> Offers:
    own = (one for one in stockpile.transfers.all() if one.node == stockpile.keys.node)
    last = next(own, None)
    return Offers(
        stockpile.people.site(), stockpile.transfers.destinations(), last.opened if last else None
    )


def _judged(stockpile: Stockpile, text: str) -> Heard:
    scanned = stockpile.scanning.read(text)
    return replace(_heard(stockpile, scanned), scanned=scanned)


def _heard(stockpile: Stockpile, scanned: Scanned) -> Heard:
    weapon = scanned.weapon
    if weapon is None:
        return Heard(_not_weapon(scanned), scanned.text)
    line = Line.of(weapon)
    if scanned.alarm:
        return Heard("alarm", scanned.text, line)
    try:
        stockpile.transfers.may_go(weapon.id)
    except StockpileError as error:
        return Heard("refused", scanned.text, line, error)
    return Heard("added", scanned.text, line)


def _not_weapon(scanned: Scanned) -> Came:
    if scanned.kind == "several":
        return "several"
    return "unknown" if scanned.kind == "unknown" else "other"
