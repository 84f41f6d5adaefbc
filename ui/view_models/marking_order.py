"""The marking order in hand: its weapons as they stand, how fast it goes, and when it will end.

What is shown is read from the record, so that an order is gone on with where a power cut left it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain import campaigns
from stockpile.domain.campaigns import Turn
from stockpile.domain.errors import OrderUnknown, StockpileError
from stockpile.domain.facts import MarkingOrderChanged, MarkingOrdered, MarkingReason, SchemeWord
from stockpile.domain.journal import FINISHED
from stockpile.domain.orders import Order, OrderLine, OrderState, SortedOut
from stockpile.domain.places import Place
from stockpile.domain.values import Instant, SchemeId, WeaponId
from stockpile.services.ports import Recorded, RegisterRow
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

_RECENT: Final = 120
"""So many of the newest jobs make the pace of now; yesterday's says less about today."""
_FEW: Final = 50
"""So many weapons at most are looked at one by one when facts about them are heard."""
_HOUR: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """How it goes: weapons an hour as measured here lately (0 where nothing was), and the end.

    ``left`` is milliseconds of work still to do, ``ends`` the instant at which it will be done.
    """

    an_hour: float = 0.0
    left: Instant = 0
    ends: Instant = 0


@dataclass(frozen=True, slots=True)
class InHand:
    """The order in hand with its weapons as lines of the register, and the outlook."""

    state: OrderState
    rows: Mapping[WeaponId, RegisterRow] = field(default_factory=dict)
    outlook: Outlook = Outlook()

    def row(self, weapon: WeaponId) -> RegisterRow | None:
        """Return a weapon as a line of the register."""
        return self.rows.get(weapon)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an order would hold: its weapons, those left out, and texts that name no weapon."""

    weapons: SortedOut
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What is said when an order is opened."""

    name: str
    weapons: tuple[WeaponId, ...]
    scheme: SchemeId
    reason: MarkingReason = "import"
    machine: str = ""
    words: tuple[SchemeWord, ...] = ()


class OrderModel(QObject):
    """The orders of the station.

    Signals:
        changed: another order is in hand, or none, or its lines stand otherwise.
        orders_changed: the orders that can be taken in hand are others.
        proposed: what a new order would hold: a Proposal.
        refused: the rules said no: the error.
    """

    changed = Signal()
    orders_changed = Signal(object)
    proposed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._in_hand: InHand | None = None
        self._orders: tuple[Order, ...] = ()
        self._lists = Latest[tuple[Order, ...]](desk, self, self._show_orders, notices.trouble)
        self._taken = Latest[InHand](desk, self, self._show, self._drop)
        self._lines = Latest[_Looked](desk, self, self._show_lines, notices.trouble)
        self._stale: set[WeaponId] = set()
        self._proposals = Latest[Proposal](desk, self, self.proposed.emit, self.refused.emit)
        desk.recorded.connect(self._heard)

    @property
    def in_hand(self) -> InHand | None:
        """The order in hand; None where none is."""
        return self._in_hand

    @property
    def order(self) -> Order | None:
        """The order in hand as it was opened and changed last."""
        return self._in_hand.state.order if self._in_hand else None

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders that go on or rest, the newest first."""
        return self._orders

    @property
    def may_order(self) -> bool:
        """Say whether the officer's role includes ordering markings."""
        return self._session.may("order_marking")

    def start(self) -> None:
        """Read the orders, and take the one in hand that was in hand last on this computer."""
        if not self._session.is_open:
            return
        self._lists.ask(self._session.stockpile.marking_orders.orders)
        kept, order = self._session.settings.marking_order, self.order
        if kept and (order is None or order.id != kept):
            self._taken.ask(partial(_taken, self._session.stockpile, kept, self._machine))

    def take(self, order: Order) -> None:
        """Take an order in hand; one that rested goes on."""
        if order.state == "paused":
            service, by = self._session.stockpile.marking_orders, self._session.officer
            self._record(partial(service.resume, order.id, by=by), partial(self._take, order.id))
        else:
            self._take(order.id)

    def put_down(self) -> None:
        """Have no order in hand; it stays as it is."""
        self._taken.forget()
        self._lines.forget()
        self._remember("")
        if self._in_hand is not None:
            self._in_hand = None
            self.changed.emit()

    def pause(self, reason: str = "") -> None:
        """Let the order in hand rest, and put it down."""
        order = self.order
        if order is not None:
            service, by = self._session.stockpile.marking_orders, self._session.officer
            self._record(partial(service.pause, order.id, reason, by=by), self.put_down)

    def close(self, reason: str) -> None:
        """End the order in hand, done or not."""
        order = self.order
        if order is not None:
            service, by = self._session.stockpile.marking_orders, self._session.officer
            self._record(partial(service.close, order.id, reason, by=by), self.put_down)

    def set_aside(self, weapon: WeaponId, why: str, *, problem: bool) -> None:
        """Set a weapon of the order in hand aside, with the reason."""
        order = self.order
        if order is not None:
            service, by = self._session.stockpile.marking_orders, self._session.officer
            self._record(partial(service.set_aside, order.id, weapon, why, problem, by=by))

    def bring_back(self, weapon: WeaponId, then: Callable[[], None]) -> None:
        """Let a weapon of the order in hand wait again, and go on."""
        order = self.order
        if order is not None:
            service, by = self._session.stockpile.marking_orders, self._session.officer
            self._record(partial(service.bring_back, order.id, weapon, by=by), then)

    # --- a new order ------------------------------------------------------------------------

    def propose(self, weapons: Sequence[WeaponId], scheme: SchemeId) -> None:
        """Say what an order for these weapons would hold."""
        ids = tuple(weapons)
        self._proposals.ask(partial(_of_weapons, self._session.stockpile, ids, scheme))

    def propose_place(self, place: Place, scheme: SchemeId) -> None:
        """Say what an order for all that stands in a place would hold."""
        self._proposals.ask(partial(_of_place, self._session.stockpile, place, scheme))

    def propose_list(self, texts: Sequence[str], scheme: SchemeId) -> None:
        """Say what an order for what scanned or typed texts name would hold."""
        self._proposals.ask(partial(_of_list, self._session.stockpile, tuple(texts), scheme))

    def open(self, said: NewOrder) -> None:
        """Open an order and take it in hand."""
        service, by = self._session.stockpile.marking_orders, self._session.officer

        def act() -> tuple[Recorded, str]:
            recorded = service.open(
                said.name, said.weapons, said.scheme, reason=said.reason,
                machine=said.machine, words=said.words, by=by,
            )  # fmt: skip
            return recorded, recorded.facts[0].subject

        self._desk.record(self, act, self._take, self.refused.emit)

    # --- inside -----------------------------------------------------------------------------

    @property
    def _machine(self) -> str:
        return self._session.settings.machine

    def _take(self, order: str) -> None:
        self._remember(order)
        self._taken.ask(partial(_taken, self._session.stockpile, order, self._machine))

    def _record(self, act: Callable[[], Recorded], then: Callable[[], None] = lambda: None) -> None:
        self._desk.record(self, lambda: (act(), None), lambda _none: then(), self.refused.emit)

    def _remember(self, order: str) -> None:
        if self._session.settings.marking_order != order:
            self._session.remember(marking_order=order)

    def _show_orders(self, orders: tuple[Order, ...]) -> None:
        self._orders = orders
        self.orders_changed.emit(orders)

    def _show(self, in_hand: InHand) -> None:
        if in_hand.state.state != "open":  # paused or ended, here or by somebody else
            self.put_down()
            return
        self._in_hand = in_hand
        self.changed.emit()

    def _show_lines(self, looked: _Looked) -> None:
        if self._in_hand is None:
            return
        state = self._in_hand.state
        for line in looked.lines:
            state = state.with_line(line)
            self._stale.discard(line.weapon)
        outlook = looked.pace.outlook(state)
        self._in_hand = replace(self._in_hand, state=state, outlook=outlook)
        self.changed.emit()

    def _drop(self, error: StockpileError) -> None:
        self.put_down()
        if not isinstance(error, OrderUnknown):  # another home's order: nothing to say
            self.refused.emit(error)

    def _heard(self, recorded: Recorded) -> None:
        if not self._session.is_open:
            return
        bodies = [fact.body for fact in recorded.facts]
        if any(isinstance(one, MarkingOrdered | MarkingOrderChanged) for one in bodies):
            self._lists.ask(self._session.stockpile.marking_orders.orders)
        if self._in_hand is not None:
            self._follow(self._in_hand, {fact.subject for fact in recorded.facts})

    def _follow(self, in_hand: InHand, subjects: set[str]) -> None:
        """Look again at what the facts are about, where it is part of the order in hand."""
        state, stockpile = in_hand.state, self._session.stockpile
        touched = {WeaponId(one) for one in subjects if state.line(WeaponId(one)) is not None}
        if state.id in subjects or len(touched) > _FEW:
            self._stale.clear()
            self._lines.forget()
            self._taken.ask(partial(_taken, stockpile, state.id, self._machine))
        elif touched:
            self._stale |= touched  # an answer that is overtaken is dropped, its weapons are not
            stale = tuple(self._stale)
            self._lines.ask(partial(_looked, stockpile, state.order, stale, self._machine))


@dataclass(frozen=True, slots=True)
class _Pace:
    """Weapons an hour by the newest jobs, 0 without enough of them, and the time of day."""

    an_hour: float
    now: Instant

    def outlook(self, state: OrderState) -> Outlook:
        if not self.an_hour:
            return Outlook()
        left = round(state.left / self.an_hour * _HOUR)
        return Outlook(self.an_hour, left, self.now + left)


@dataclass(frozen=True, slots=True)
class _Looked:
    """Some lines of the order in hand as they stand now."""

    lines: tuple[OrderLine, ...]
    pace: _Pace


def _looked(
    stockpile: Stockpile, order: Order, weapons: Sequence[WeaponId], machine: str
) -> _Looked:
    service = stockpile.marking_orders
    lines = tuple(service.line(order, weapon) for weapon in weapons)
    return _Looked(lines, _paced(stockpile, machine))


def _taken(stockpile: Stockpile, order: str, machine: str) -> InHand:
    state = stockpile.marking_orders.order(order)
    rows = stockpile.register.rows([line.weapon for line in state.lines])
    pace = _paced(stockpile, machine)
    return InHand(state, {row.id: row for row in rows}, pace.outlook(state))


def _paced(stockpile: Stockpile, machine: str) -> _Pace:
    """Return how it goes by the newest jobs of the machine."""
    newest = stockpile.marking.jobs(newest=_RECENT)
    turns = (Turn(one.machine, one.opened_at, one.state in FINISHED) for one in newest)
    pace = campaigns.measured(one for one in turns if machine in ("", one.machine))
    return _Pace(pace.usual if pace else 0.0, stockpile.marking.clock.now())


def _of_weapons(stockpile: Stockpile, weapons: Sequence[WeaponId], scheme: SchemeId) -> Proposal:
    return Proposal(stockpile.marking_orders.sort_out(weapons, scheme))


def _of_place(stockpile: Stockpile, place: Place, scheme: SchemeId) -> Proposal:
    service = stockpile.marking_orders
    return Proposal(service.sort_out(service.standing_in(place.id), scheme))


def _of_list(stockpile: Stockpile, texts: Sequence[str], scheme: SchemeId) -> Proposal:
    service = stockpile.marking_orders
    named = service.named(texts)
    return Proposal(service.sort_out(named.weapons, scheme), named.unnamed)
