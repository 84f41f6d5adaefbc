"""Where the record is: on this computer, on its way, held by the registry; and the exchange."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal

from stockpile.domain.conflicts import Conflict
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.ledger import head_code
from stockpile.domain.people import Act
from stockpile.domain.values import Instant
from stockpile.services.deeds import Deed
from stockpile.services.exchange import Exchanging
from stockpile.services.log_proofs import LogStanding
from stockpile.services.people import SignedIn
from stockpile.services.photo_exchange import PhotoExchange
from stockpile.services.ports import Peer, Recorded, RegisterRow
from stockpile.services.stockpile import Stockpile
from stockpile.services.turns import Synced
from ui.desk import NETWORK, Desk, Work
from ui.later import front_door
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.overheard import NOTHING, Overheard

T = TypeVar("T")

MOST_CONFLICTS: Final = 50
"""How many open conflicts are shown at once; the rest are counted."""
MOST_EXCHANGES: Final = 8


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A contradiction, and the first of the weapons that it is about."""

    conflict: Conflict
    row: RegisterRow | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the record is: this node's last entry, and how far its registry has heard.

    ``overtaken`` is the entry that showed this stockpile to be an old copy of itself; 0 for none.
    """

    tip: int = 0
    head_code: str = ""
    peer: Peer | None = None
    overtaken: int = 0
    conflicts: tuple[OpenConflict, ...] = ()
    more_conflicts: int = 0
    practice: bool = False
    clock_offset: int = 0
    """Milliseconds that the registry's clock was ahead of this one's; 0 where they agree."""
    log: LogStanding | None = None
    signed_at: Instant = 0
    """When the registry signed for the last entry it has, on its own clock; 0 where unknown."""

    @property
    def waiting(self) -> int:
        """Return how many entries the registry has given no receipt for."""
        return self.tip - (self.peer.acknowledged if self.peer else 0)


class SyncModel(QObject):
    """The exchange with the registry.

    Signals:
        stands: where the record is now.
        began: the registry is being talked to: the work, for progress and for stopping it.
        synced: an exchange ended well: what it did.
        failed: an exchange ended early: the error; what was done until then stays.
        waits: the registry has much to do and is waited for: what it asked.
        passed: an exchange that began by itself ended: what it did, or the error; nobody waited.
        enrolled: this node is known to a registry now.
        not_enrolled: the registry did not let it in: the error.
        tried: what registries passed on that the authority did not sign enough for.
    """

    stands = Signal(object)
    began = Signal(object)
    synced = Signal(object)
    failed = Signal(object)
    waits = Signal(object)
    passed = Signal(object)
    enrolled = Signal()
    not_enrolled = Signal(object)
    tried = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.setParent(desk)
        self._desk, self._session = desk, session
        self._busy = self._is_shown = False
        self._exchanges: list[Synced | StockpileError] = []
        self._standings = Latest[Standing](desk, self, self.stands.emit, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self._stand)
        session.switched.connect(self._stand)

    @staticmethod
    def of(desk: Desk, session: Session, notices: Notices) -> SyncModel:
        """Return the one model of a desk: whoever talks to the registry, it is one talk at a time.

        It is made when it is first asked for.
        """
        found = desk.findChild(SyncModel)
        return found if found is not None else SyncModel(desk, session, notices)

    @property
    def exchanges(self) -> tuple[Synced | StockpileError, ...]:
        """Return what came of the exchanges since the program was started, newest first."""
        return tuple(self._exchanges)

    @property
    def is_busy(self) -> bool:
        """Say whether the registry is being talked to."""
        return self._busy

    @property
    def registry(self) -> str:
        """Return the address of the registry used last."""
        return self._session.settings.registry

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def start(self) -> None:
        """Ask where the record is, now and whenever it changes."""
        self._is_shown = True
        self._stand()

    def _stand(self) -> None:
        if self._is_shown and self._session.is_open:
            self._standings.ask(partial(_standing, self._session.stockpile))

    def look_for_trials(self) -> None:
        """Ask what was said in the authority's name that counts for nothing."""
        if self._session.is_open:
            ask = self._session.stockpile.authorities.now
            self._desk.ask(self, ask, lambda now: self.tried.emit(now.invalid))

    def sync(self) -> None:
        """Send what is new and take what others did; pressed twice it runs once."""

        def talk(exchange: Exchanging, work: Work, by: SignedIn) -> Synced:
            return exchange.sync(progress=work.step, by=by)

        self._talk("sync", talk, self._synced, self._failed)

    def sync_by_itself(self, patience: float, *, photos: bool) -> Work | None:
        """Do the same unasked: nobody is told how it went but who looks; None where it is not now.

        ``patience`` is in seconds: the program ends within it, whatever the line does.
        """
        if self._busy or not self._session.is_open or not self.may("sync"):
            return None

        def talk(exchange: Exchanging, work: Work, by: SignedIn) -> Synced:
            quiet = replace(exchange.carrying_photos(carried=photos), patience=patience)
            return quiet.sync(progress=work.step, by=by)

        return self._talk("sync", talk, self._passed, self._passed)

    def enrol(self, url: str, code: str) -> None:
        """Make this node known to a registry by a one-time code."""
        stockpile = self._session.stockpile
        people = self._desk.on_books(stockpile.people)
        places = self._desk.on_books(stockpile.places)

        def talk(exchange: Exchanging, _work: Work, by: SignedIn) -> Peer:
            place = places.named(people.site())
            return exchange.enrol(url, code, place.name, place.code, by=by)

        self._talk("enrol", talk, self._enrolled, self.not_enrolled.emit)

    def practise(self) -> None:
        """Start a registry on this computer and enrol with it: only a practice depot offers it."""
        stockpile = self._session.stockpile
        people = self._desk.on_books(stockpile.people)
        places = self._desk.on_books(stockpile.places)

        def talk(exchange: Exchanging, _work: Work, by: SignedIn) -> Peer:
            practice = replace(stockpile.practice, exchange=exchange)
            return practice.join_registry(places.named(people.site()).name, by=by)

        self._talk("enrol", talk, self._enrolled, self.not_enrolled.emit)

    # --- on the network lane ----------------------------------------------------------------

    def _talk(
        self,
        act: Act,
        talk: Callable[[Exchanging, Work, SignedIn], T],
        done: Callable[[T], None],
        failed: Callable[[StockpileError], None],
    ) -> Work | None:
        """Talk to the registry on the network lane; what it writes is told to every screen."""
        if self._busy or not self._session.is_open:
            return None
        stockpile, by = self._session.stockpile, self._session.officer
        overheard = Overheard(self._desk.on_books(stockpile.books))
        lists = self._desk.on_books(stockpile.hot_lists)
        numbers = self._desk.on_books(stockpile.numbers)
        exchange = replace(
            stockpile.exchange,
            books=overheard.books,
            hot_lists=lists,
            numbers=numbers,
            log_proofs=self._desk.on_books(stockpile.log_proofs),
            photos=_photos_on_books(self._desk, stockpile.exchange.photos),
            waits=self.waits.emit,
        )
        work = Work()

        def begin() -> tuple[Recorded, None]:
            stockpile.people.demand(by, act)
            return NOTHING, None

        def end(outcome: T | StockpileError) -> None:
            self._busy = False
            if isinstance(outcome, StockpileError):
                failed(outcome)
            else:
                done(outcome)
            self._stand()

        deed: Deed[None, T | StockpileError] = Deed(
            begin,
            lambda _intent: _outcome(partial(talk, exchange, work, by)),
            lambda _intent, _outcome: overheard.recorded,
        )
        self._busy = True
        self._desk.closing.connect(work.cancel)
        self.began.emit(work)
        self._desk.perform(self, deed, NETWORK, end, end)
        return work

    # --- what came of it --------------------------------------------------------------------

    def _synced(self, outcome: Synced) -> None:
        self._note(outcome)
        self.synced.emit(outcome)

    def _failed(self, error: StockpileError) -> None:
        if not isinstance(error, Cancelled):
            self._note(error)
        self.failed.emit(error)

    def _passed(self, outcome: Synced | StockpileError) -> None:
        """Note what an exchange of its own came to; a line that is not there is no event."""
        if isinstance(outcome, Synced) and (outcome.sent or outcome.taken or outcome.trouble):
            self._note(outcome)
        self.passed.emit(outcome)

    def _enrolled(self, peer: Peer) -> None:
        self._session.remember(registry=peer.url)
        self.enrolled.emit()

    def _note(self, outcome: Synced | StockpileError) -> None:
        self._exchanges = [outcome, *self._exchanges][:MOST_EXCHANGES]

    def _heard(self, recorded: Recorded) -> None:
        if recorded.facts:
            self._stand()


def _photos_on_books(desk: Desk, photos: PhotoExchange | None) -> PhotoExchange | None:
    """Return the photos' part of a talk with the register asked on its own lane."""
    return replace(photos, register=desk.on_books(photos.register)) if photos else None


def _outcome(talk: Callable[[], T]) -> T | StockpileError:
    """Return what the talk came to: on the network a failure is an outcome like any other."""
    try:
        return talk()
    except StockpileError as error:
        return error


def _standing(stockpile: Stockpile) -> Standing:
    books = stockpile.books
    tip, conflicts = books.tip(), stockpile.conflict_room.leading()
    shown = conflicts[:MOST_CONFLICTS]
    firsts = stockpile.conflict_room.on_record(one.weapons[0] for one in shown if one.weapons)
    rows = {row.id: row for row in stockpile.register.rows([one.id for one in firsts])}
    overtaken = books.overtaken(stockpile.keys.node)
    peer = next(iter(sorted(books.peers(), key=lambda one: not one.url)), None)
    return Standing(
        tip.number,
        head_code(tip),
        peer,
        overtaken.number if overtaken else 0,
        tuple(
            OpenConflict(one, rows.get(one.weapons[0]) if one.weapons else None) for one in shown
        ),
        len(conflicts) - len(shown),
        front_door().is_practice(stockpile.home),
        stockpile.clocks.offset(),
        stockpile.log_proofs.standing(peer.registry) if peer else None,
        books.signed_at(stockpile.keys.node, peer.acknowledged)
        if peer and peer.acknowledged
        else 0,
    )
