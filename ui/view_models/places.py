"""Places on the screen: the tree of rooms, the plan of one of them, what stands in one rack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from stockpile.domain import places
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import (
    PlaceChanged,
    PlaceClosed,
    PlaceOpened,
    WeaponCorrected,
)
from stockpile.domain.people import Act
from stockpile.domain.places import Branch, Change, Place
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons import custody_of
from stockpile.services.places import Contents, Filling
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

T = TypeVar("T")
_SOON: Final = 250
"""Milliseconds after a fact until figures are read anew: a scanner writes twenty facts a second."""
_PLACES = (PlaceOpened, PlaceChanged, PlaceClosed, WeaponCorrected)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: all places, the room on the plan, and what is in each of its places."""

    tree: tuple[Branch, ...] = ()
    room: Branch | None = None
    path: tuple[Place, ...] = ()
    fillings: tuple[Filling, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Say whether nobody has named any place beside the site."""
        return sum(1 for _one in walked(self.tree)) < 2  # noqa: PLR2004 - the site alone


@dataclass(frozen=True, slots=True)
class Opened:
    """One place with what is in it, opened to be read."""

    filling: Filling
    said: str
    contents: Contents


class PlacesModel(QObject):
    """The places, and what is done to them.

    Signals:
        shown: rooms, plan or figures are others now: what to show.
        opened: what is in a place was asked for, or has changed: the place with its contents.
        added: these places are open from now on.
        changed: a place was changed: the place.
        closed: a place was closed: the place.
        refused: the rules said no to an act: the error.
    """

    shown = Signal(object)
    opened = Signal(object)
    added = Signal(object)
    changed = Signal(object)
    closed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._room: PlaceId | None = None
        self._open: PlaceId | None = None
        self._now = Shown()
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.refresh)
        self._rooms = Latest[Shown](desk, self, self._show, notices.trouble)
        self._contents = Latest[Opened](desk, self, self.opened.emit, self._gone)
        desk.recorded.connect(self._heard)
        desk.closing.connect(self._soon.stop)
        session.changed.connect(self._seated)
        session.switched.connect(self._seated)

    @property
    def now(self) -> Shown:
        """Return what is shown."""
        return self._now

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def refresh(self) -> None:
        """Read everything that is shown anew."""
        if self._session.is_open:
            self._rooms.ask(partial(_shown, self._session.stockpile, self._room))
            if self._open is not None:
                self.open(self._open)

    def show_room(self, room: PlaceId) -> None:
        """Show another room on the plan."""
        self._room = room
        self.close_contents()
        self.refresh()

    def open(self, place: PlaceId) -> None:
        """Read what is in a place."""
        self._open = place
        self._contents.ask(partial(_opened, self._session.stockpile, place))

    def close_contents(self) -> None:
        """Go back to the plan."""
        self._open = None
        self._contents.forget()

    # --- acts -------------------------------------------------------------------------------

    def add(self, within: PlaceId, said: Change) -> None:
        """Open a place, or a row of them where the name ends in a run as ``Rack 1..25``."""
        stockpile, by = self._session.stockpile, self._session.officer
        self._record(lambda: stockpile.places.open_row(within, said, by=by), self._added)

    def change(self, place: PlaceId, said: Change) -> None:
        """Say something else of a place."""
        service, by = self._session.stockpile.places, self._session.officer
        self._record(lambda: service.change(place, by=by, **said), self.changed.emit)

    def close(self, place: Place, reason: str) -> None:
        """Close a place for good."""
        service, by = self._session.stockpile.places, self._session.officer

        def act() -> tuple[Recorded, Place]:
            return service.close(place.id, reason, by=by), place

        self._record(act, self._was_closed)

    def _record(self, act: Callable[[], tuple[Recorded, T]], done: Callable[[T], None]) -> None:
        self._desk.record(self, act, done, self.refused.emit)

    # --- what came of it --------------------------------------------------------------------

    def _added(self, added: tuple[Place, ...]) -> None:
        for place in added[:1]:
            self._room = place.within
        self.refresh()
        self.added.emit(added)

    def _was_closed(self, place: Place) -> None:
        if self._open == place.id:
            self.close_contents()
        if self._room == place.id:
            self._room = place.within
        self.closed.emit(place)

    def _show(self, shown: Shown) -> None:
        self._now = shown
        self._room = shown.room.place.id if shown.room else None
        self.shown.emit(shown)

    def _gone(self, error: StockpileError) -> None:
        self.close_contents()
        self.refused.emit(error)

    def _heard(self, recorded: Recorded) -> None:
        if any(
            isinstance(fact.body, _PLACES) or custody_of(fact.body) is not None
            for fact in recorded.facts
        ):
            self._soon.start()

    def _seated(self) -> None:
        if self._session.is_open:
            self.refresh()


def walked(branches: Sequence[Branch]) -> tuple[Branch, ...]:
    """Return all branches of a tree, each before what is in it."""
    found: list[Branch] = []
    for one in branches:
        found += [one, *walked(one.branches)]
    return tuple(found)


def _shown(stockpile: Stockpile, room: PlaceId | None) -> Shown:
    tree = stockpile.places.tree()
    all_ = walked(tree)
    chosen = next((one for one in all_ if one.place.id == room), None) or _first(all_)
    if chosen is None:
        return Shown(tree)
    among = {one.place.id: one.place for one in all_}
    path = places.path(chosen.place, among)
    return Shown(tree, chosen, path, stockpile.places.fillings(chosen.place.id))


def _first(all_: Sequence[Branch]) -> Branch | None:
    """Return the room to begin with: the first with racks in it, else the first with anything."""
    racked = (one for one in all_ if any(it.place.kind == "rack" for it in one.branches))
    return next(racked, None) or next((one for one in all_ if one.branches), next(iter(all_), None))


def _opened(stockpile: Stockpile, place: PlaceId) -> Opened:
    service = stockpile.places
    said = service.said(service.one(place))
    return Opened(service.filling(place), said, service.contents(place))
