"""Racking at the screen: every scan in its order, each against the rack that the one before said.

The rack that scans go to is known on the books lane alone: a scanner is faster than answers are.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.values import PlaceId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.racking import Step
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session

_MOST_UNDONE: Final = 50
"""So many scans can be taken back one after the other; what is older is moved by its own act."""


class RackingModel(QObject):
    """Takes scans in and tells what came of each.

    Signals:
        stepped: what came of a scan: the step.
        put_back: a weapon stands where it stood before: the step that brought it here.
        rack_changed: scans go to another rack now, or to none.
    """

    stepped = Signal(object)
    put_back = Signal(object)
    rack_changed = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._goes_to: PlaceId | None = None  # on the books lane only
        self._rack: PlaceId | None = None
        self._waiting = self._moved = 0
        self._done: list[Step] = []
        session.changed.connect(self.leave_rack)

    @property
    def rack(self) -> PlaceId | None:
        """Return the rack that scans go to, as far as answers have come."""
        return self._rack

    @property
    def waiting(self) -> int:
        """Return how many scans are not answered yet."""
        return self._waiting

    @property
    def moved(self) -> int:
        """Return how many weapons were put into this rack since its card was scanned."""
        return self._moved

    @property
    def may_move(self) -> bool:
        """Say whether the officer's role includes moving weapons."""
        return self._session.may("move")

    def scan(self, text: str) -> None:
        """Take in what was scanned or typed."""
        if not text.strip() or not self._session.is_open:
            return
        self._waiting += 1
        act = partial(self._scan, self._session.stockpile, text, self._session.officer)
        self._desk.record(self, act, self._stepped, self._refused)

    @property
    def has_done(self) -> bool:
        """Say whether a weapon was moved that can be put back."""
        return bool(self._done)

    def undo_last(self) -> None:
        """Put the weapon that was moved last back; asked again, the one before it."""
        if self._done:
            self.undo(self._done[-1])

    def undo(self, step: Step) -> None:
        """Put the weapon of a step back where it stood, once."""
        if step not in self._done:
            return
        self._done.remove(step)
        racking, by = self._session.stockpile.racking, self._session.officer
        self._desk.record(self, lambda: (racking.put_back(step, by=by), step), self._went_back)

    def leave_rack(self) -> None:
        """Wait for a rack's card."""
        self._done = []
        self._desk.ask(self, self._forget, lambda _none: None)
        self._show_rack(None)

    # --- on the books lane ------------------------------------------------------------------

    def _scan(self, stockpile: Stockpile, text: str, by: SignedIn) -> tuple[Recorded, Step]:
        recorded, step = stockpile.racking.scan(text, self._goes_to, by=by)
        if step.kind == "rack" and step.rack is not None:
            self._goes_to = step.rack.id
        return recorded, step

    def _forget(self) -> None:
        self._goes_to = None

    # --- what came of it --------------------------------------------------------------------

    def _stepped(self, step: Step) -> None:
        self._waiting -= 1
        if step.kind == "rack" and step.rack is not None:
            self._show_rack(step.rack.id)
        if step.kind == "moved":
            self._moved += 1
            self._done = [*self._done, step][-_MOST_UNDONE:]
        self.stepped.emit(step)

    def _refused(self, error: StockpileError) -> None:
        self._waiting -= 1
        self._notices.trouble(error)
        self.leave_rack()

    def _went_back(self, step: Step) -> None:
        self._moved = max(0, self._moved - 1)
        self.put_back.emit(step)

    def _show_rack(self, rack: PlaceId | None) -> None:
        if rack != self._rack:
            self._rack, self._moved = rack, 0
            self.rack_changed.emit()
