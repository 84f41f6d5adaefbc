"""What is on the road: to us, from us, and what has arrived; and the courier files of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import Cancelled, CourierWordsWrong, SenderUnknown, StockpileError
from stockpile.domain.facts import PlaceOpened, WaybillOpened, WaybillReceived, WaybillReversed
from stockpile.domain.people import Act
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import NodeId
from stockpile.services.courier_previews import Node
from stockpile.services.couriers import Couriers, Opened, Packed, Taken
from stockpile.services.documents import Drawn
from stockpile.services.people import SignedIn
from stockpile.services.photo_errands import PhotosSeen
from stockpile.services.photo_packing import PhotoLoad
from stockpile.services.ports import Correspondent, Progress, Recorded, silent
from stockpile.services.printed import FOLDER, among_papers, file_name
from stockpile.services.signing import Later
from stockpile.services.stockpile import Stockpile
from stockpile.services.transfer_papers import WaybillFile
from stockpile.services.weapon_files import Printing
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.courier_work import CourierWork, Steps
from ui.view_models.latest import Latest

_CONCERNS = (WaybillOpened, WaybillReceived, WaybillReversed, PlaceOpened)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A transfer as the board lists it: what it is, whom it is with, and how it stands."""

    waybill: Waybill
    other: str
    is_incoming: bool
    is_overdue: bool
    heard: Correspondent | None = None
    node: NodeId | None = None

    @property
    def holds(self) -> int:
        """The number of our own last entry that the other end said it holds; 0 for none."""
        held = dict(self.heard.holds) if self.heard else {}
        return held.get(self.node, 0) if self.node else 0


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the road, what is overdue first, and what was settled last."""

    incoming: tuple[BoardLine, ...] = ()
    outgoing: tuple[BoardLine, ...] = ()
    settled: tuple[BoardLine, ...] = ()

    @property
    def overdue(self) -> int:
        """How many transfers should have arrived."""
        return sum(one.is_overdue for one in (*self.incoming, *self.outgoing))

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was ever sent or announced."""
        return not (self.incoming or self.outgoing or self.settled)


class TransfersModel(QObject):
    """The board, and the courier files that are loaded and written.

    Signals:
        stands: the board as it is now.
        found: a waybill that was scanned or typed: the transfer, and whether it comes to us.
        previewed: what a courier file would bring, and the photos beside it; nothing was taken in.
        words_wanted: a courier file opens with words: the file.
        stranger: nobody vouches for who signed a file: the file, and who it claims to be.
        left_out: nobody vouches for a third node in a file: the file, and who the sender says.
        taken: a courier file was taken in: what it brought.
        photos_offered: photos would go beside the courier file of a transfer: the transfer, which.
        packed: a courier file was written.
        shipped: it is that of a transfer: the file, the transfer.
        drawn: a paper was drawn: its file.
        turned: a shipment was reversed.
        failed: something was not done: the error.
    """

    stands = Signal(object)
    found = Signal(object, bool)
    previewed = Signal(object, object)
    words_wanted = Signal(object)
    stranger = Signal(object, object)
    left_out = Signal(object, object)
    taken = Signal(object)
    photos_offered = Signal(object, object)
    packed = Signal(object)
    shipped = Signal(object, object)
    drawn = Signal(object)
    turned = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.work = CourierWork(desk, session)
        self._words, self._file = "", Path()
        self._boards = Latest[Board](desk, self, self.stands.emit, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def folder(self) -> Path:
        """Return where courier files are written to and looked for: the stick, or the papers."""
        named = self._session.settings.courier_folder
        folder = Path(named) if named else self._session.stockpile.home / FOLDER
        return folder if folder.is_dir() else self._session.stockpile.home

    @property
    def loaded(self) -> tuple[Path, str]:
        """Return the courier file that was opened last, and the words that opened it."""
        return self._file, self._words

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def start(self) -> None:
        """Ask what is on the road."""
        if self._session.is_open:
            self._boards.ask(partial(_board, self._session.stockpile))

    def look_up(self, text: str) -> None:
        """Find the waybill that was scanned or typed."""
        stockpile = self._session.stockpile

        def question() -> tuple[Waybill, bool]:
            waybill = stockpile.transfers.one(text.strip())
            return waybill, waybill.node != stockpile.keys.node

        self._desk.ask(self, question, lambda found: self.found.emit(*found), self.failed.emit)

    # --- courier files ----------------------------------------------------------------------

    def load(self, file: Path, words: str = "") -> None:
        """Open a courier file and say what is in it."""
        if self.work.is_busy:
            return  # its own photos are still to come
        stockpile = self._session.stockpile
        errands = self._desk.on_books(stockpile.photo_errands)
        self._words, self._file = words, file

        def talk(couriers: Couriers, steps: Steps) -> tuple[Opened, PhotosSeen]:
            return couriers.open(file, words, steps("look")), errands.look(file, words)

        def refused(error: StockpileError) -> None:
            if isinstance(error, CourierWordsWrong) and not words:
                self.words_wanted.emit(file)
            elif isinstance(error, SenderUnknown):
                claimed = partial(stockpile.couriers.introduced_by, file)
                self._desk.ask(self, claimed, lambda node: self.stranger.emit(file, node))
            else:
                self.failed.emit(error)

        self.remember_folder(file.parent)
        self.work.do("look", talk, lambda found: self.previewed.emit(*found), refused)

    def introduce(self, node: Node, file: Path) -> None:
        """Vouch for a sender whose code was compared with the paper, and open the file again."""
        couriers, by = self._session.stockpile.couriers, self._session.officer
        act = partial(couriers.introduce, node.id, node.key, node.name, by=by)
        again = partial(self.load, file, self._words)
        self._desk.record(self, act, lambda _node: again(), self.failed.emit)

    def take(self, opened: Opened) -> None:
        """Take in what a courier file brings."""
        by = self._session.officer

        def talk(couriers: Couriers, steps: Steps) -> Taken:
            return couriers.take(opened, steps("take"), by=by)[1]

        self.work.do("take", talk, self._taken, self.failed.emit)

    def _taken(self, taken: Taken) -> None:
        """Tell what came; of a third depot that was left out, ask whether it is to be believed."""
        self.taken.emit(taken)
        file, couriers = self._file, self._session.stockpile.couriers
        if taken.preview.left_out and self.may("enrol"):
            question = partial(couriers.hearsay, taken.preview.left_out[0])
            self._desk.ask(self, question, partial(self._ask_about, file))

    def _ask_about(self, file: Path, node: Node | None) -> None:
        if node is not None:
            self.left_out.emit(file, node)

    def prepare(self, waybill: Waybill) -> None:
        """Say which photos would go beside the courier file of a transfer; without any write it."""
        stockpile = self._session.stockpile

        def answer(load: PhotoLoad) -> None:
            if load.photos:
                self.photos_offered.emit(waybill, load)
            else:
                self.pack(waybill)

        self._desk.ask(self, partial(_photos_of, stockpile, waybill), answer, self.failed.emit)

    def pack(self, waybill: Waybill) -> None:
        """Write the courier file of a transfer: there with what was sent, back with what came."""

        def done(packed: Packed) -> None:
            self.packed.emit(packed)
            self.shipped.emit(packed, waybill)

        self.write(waybill, done, self.failed.emit)

    def write(
        self,
        waybill: Waybill,
        done: Callable[[Packed], None],
        failed: Callable[[StockpileError], None],
        stopped: Callable[[Cancelled], None] | None = None,
    ) -> None:
        """Write the courier file of a transfer for its other end, which may take long."""
        stockpile, by, folder = self._session.stockpile, self._session.officer, self.folder

        def begin(receiver: NodeId | None) -> None:
            def talk(couriers: Couriers, steps: Steps) -> Packed:
                return packed_for(couriers, receiver, waybill, folder, steps("write"), by=by)

            self.work.do("write", talk, done, failed, stopped)

        self._desk.ask(self, partial(_receiver, stockpile, waybill), begin, failed)

    def answer(self, taken: Taken) -> None:
        """Write a signed receipt for who sent a file: how far its record came, nothing else."""
        couriers, by = self._session.stockpile.couriers, self._session.officer
        sender, folder = taken.preview.sender, self.folder
        file = folder / f"{file_name(f'receipt {sender.name} {sender.id[:4]}')}.courier"
        work = partial(couriers.answer, file, sender.id, by=by)
        self._desk.ask(self, work, self.packed.emit, self.failed.emit)

    def remember_folder(self, folder: Path) -> None:
        """Look for courier files and write them here from now on."""
        if str(folder) != self._session.settings.courier_folder:
            self._session.remember(courier_folder=str(folder))

    # --- one transfer -----------------------------------------------------------------------

    def print(self, waybill: Waybill) -> None:
        """Draw the papers of a transfer anew: the note once it was received, else the waybill."""
        stockpile, by = self._session.stockpile, self._session.officer

        def question() -> tuple[WaybillFile, Printing]:
            return stockpile.transfers.file(waybill.id), stockpile.transfers.printing(by)

        def draw(told: tuple[WaybillFile, Printing]) -> Path:
            return paper_drawn(stockpile, *told).file

        self._desk.ask_in_turn(self, question, draw, self.drawn.emit, self.failed.emit)

    def reverse(self, waybill: Waybill, reason: str, signed: tuple[SignedIn, ...]) -> None:
        """Say that a shipment came back whole."""
        by, witness = signed
        act = partial(
            self._session.stockpile.transfers.reverse, waybill.id, reason, by=by, witness=witness
        )
        self._desk.record(self, act, self.turned.emit, self.failed.emit)

    def reverse_later(self, waybill: Waybill, reason: str, why: str) -> None:
        """Sign alone that it came back, for a second officer to confirm."""
        transfers, by = self._session.stockpile.transfers, self._session.officer
        act = partial(transfers.reverse, waybill.id, reason, by=by, witness=Later(why))
        self._desk.record_for_later(self, act, self.failed.emit)

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, _CONCERNS) for fact in recorded.facts):
            self.start()


def paper_drawn(stockpile: Stockpile, file: WaybillFile, printing: Printing) -> Drawn:
    """Draw a transfer's paper into the home's papers; touches no books."""
    number = file.waybill.opened.number
    if file.waybill.receipt is None:
        to = among_papers(stockpile.home, number)
        return stockpile.transfers.draw(file, printing, to)
    to = among_papers(stockpile.home, f"{number} receipt")
    return stockpile.transfers.draw_note(file, printing, to)


def packed_for(
    couriers: Couriers,
    receiver: NodeId | None,
    waybill: Waybill,
    folder: Path,
    progress: Progress = silent,
    *,
    by: SignedIn,
) -> Packed:
    """Write the courier file of a transfer for its other end, by key where that is known."""
    folder.mkdir(exist_ok=True)
    is_ours = waybill.node == couriers.keys.node
    name = waybill.opened.number if is_ours else f"{waybill.opened.number} back"
    file = folder / f"{file_name(name)}.courier"
    return couriers.pack(file, receiver, progress, by=by, about=waybill.opened.weapons)


def _receiver(stockpile: Stockpile, waybill: Waybill) -> NodeId | None:
    """Return the other end of a transfer, where its key is known."""
    own = stockpile.keys.node
    to = waybill.node if waybill.node != own else stockpile.transfers.node_of(waybill.opened.to)
    known = {node.id for node in stockpile.couriers.receivers()}
    return to if to in known else None


def _photos_of(stockpile: Stockpile, waybill: Waybill) -> PhotoLoad:
    receiver = _receiver(stockpile, waybill)
    return stockpile.photo_errands.packing.load(receiver, waybill.opened.weapons)


def _board(stockpile: Stockpile) -> Board:
    standing = stockpile.transfers.standing()
    names = stockpile.names()

    own = stockpile.keys.node

    def line(waybill: Waybill) -> BoardLine:
        incoming = waybill.node != own
        said = waybill.opened
        there = names.of(said.to) if said.to else said.to_name
        other = names.of(said.out_of) if incoming else there
        far = waybill.node if incoming else stockpile.transfers.node_of(said.to)
        heard = stockpile.couriers.heard(far) if far and far != own else None
        return BoardLine(waybill, other, incoming, waybill.id in standing.overdue, heard, own)

    def sorted_(waybills: tuple[Waybill, ...]) -> tuple[BoardLine, ...]:
        lines = (line(one) for one in waybills)
        return tuple(sorted(lines, key=lambda one: not one.is_overdue))

    return Board(
        sorted_(standing.incoming), sorted_(standing.outgoing), tuple(map(line, standing.settled))
    )
