"""Fast entry: each Enter is one weapon on record, in the order of the Enters; none is lost.

The books lane is the queue: what was submitted is written there in order, also when the window is
closed meanwhile. A refused weapon stays in the running list with its reason and its text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import FieldMissing, StockpileError
from stockpile.domain.facts import WeaponRegistered
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.domain.values import Instant, PlaceId, WeaponId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Hit, Recorded, RegisterFilter
from stockpile.services.receiving import Receiving
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest

PACE_OVER: Final = 10
"""The pace is that of so many weapons, the last ones."""

_RECENT = 500
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One Enter: what was said, and what came of it."""

    number: int
    said: Description
    place: Place | None
    state: Literal["waiting", "saved", "refused"] = "waiting"
    at: Instant = 0
    weapon: WeaponId | None = None
    alike: tuple[Hit, ...] = ()
    error: StockpileError | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A model as it was entered before: what a known model fills in."""

    type: str
    make: str
    model: str
    calibre: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What the fields offer: the open places, and the models that came on record lately."""

    places: tuple[Place, ...]
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class _Saved:
    """What the core answered to one Enter."""

    weapon: WeaponId
    at: Instant
    alike: tuple[Hit, ...]


class EntryModel(QObject):
    """The intake desk.

    Signals:
        line_changed: a line of the running list is new or has its verdict.
        saved: a weapon is on record: its line.
        refused: a weapon was not taken in: its line, with the error.
        alike: what is on record that looks like the serial being typed: the text and the hits.
        offered: what the fields offer.
        cleared: another home is open; the running list begins anew.
    """

    line_changed = Signal(object)
    saved = Signal(object)
    refused = Signal(object)
    alike = Signal(str, object)
    offered = Signal(object)
    cleared = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._home: Path | None = None
        self._desk, self._session = desk, session
        self._lines: dict[int, Line] = {}
        self._times: list[Instant] = []
        self._saved, self._number = 0, 0
        self._alike = Latest[tuple[str, tuple[Hit, ...]]](
            desk, self, lambda told: self.alike.emit(*told), notices.trouble
        )
        self._offers = Latest[Offered](desk, self, self.offered.emit, notices.trouble)
        desk.recorded.connect(self._heard)

    @property
    def may_register(self) -> bool:
        """Say whether the officer's role includes putting weapons on record."""
        return self._session.may("register")

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the running list, in the order of the Enters."""
        return tuple(self._lines.values())

    @property
    def waiting(self) -> int:
        """Return how many weapons are not answered yet."""
        return sum(line.state == "waiting" for line in self._lines.values())

    @property
    def saved_count(self) -> int:
        """Return how many weapons came on record here."""
        return self._saved

    @property
    def pace(self) -> float | None:
        """Return the seconds a weapon takes, over the last ones; nothing before the second."""
        last = self._times[-PACE_OVER:]
        if len(last) <= 1:
            return None
        return (last[-1] - last[0]) / 1000 / (len(last) - 1)

    @property
    def gaps(self) -> tuple[float, ...]:
        """Return the seconds between the last weapons, one after the other."""
        last = self._times[-PACE_OVER:]
        return tuple((later - sooner) / 1000 for sooner, later in pairwise(last))

    def start(self) -> None:
        """Ask for what the fields offer; in another home than before, begin the list anew."""
        if self._session.is_open:
            if self._home not in (None, self._session.stockpile.home):
                self._clear()
            self._home = self._session.stockpile.home
            self._offers.ask(partial(_offered, self._session.stockpile))

    def look(self, serial_text: str) -> None:
        """Ask what is on record that looks like the serial as far as it is typed."""
        if len(serial_text.strip()) < _SHORTEST:
            self._alike.forget()
            self.alike.emit(serial_text, ())
            return
        look_alikes = self._session.stockpile.receiving.look_alikes
        self._alike.ask(lambda: (serial_text, look_alikes(serial_text)))

    def submit(self, said: Description, place: Place | None) -> Line:
        """Put a weapon on record after those submitted before it; return its line at once."""
        self._number += 1
        line = Line(self._number, said, place)
        self._keep(line)
        missing = "serial" if not said.serial.strip() else "place" if place is None else ""
        if missing:
            self._refuse(line, FieldMissing(missing))
        elif place is not None:
            act = partial(
                _register, self._session.stockpile.receiving, said, place.id, self._session.officer
            )
            self._desk.record(self, act, partial(self._done, line), partial(self._refuse, line))
        return self._lines[line.number]

    def _done(self, line: Line, saved: _Saved) -> None:
        self._saved += 1
        self._times.append(saved.at)
        kept = replace(line, state="saved", at=saved.at, weapon=saved.weapon, alike=saved.alike)
        self._keep(kept)
        self.saved.emit(kept)

    def _refuse(self, line: Line, error: StockpileError) -> None:
        kept = replace(line, state="refused", error=error)
        self._keep(kept)
        self.refused.emit(kept)

    def _clear(self) -> None:
        self._lines.clear()
        self._times.clear()
        self._saved = 0
        self.cleared.emit()

    def _keep(self, line: Line) -> None:
        self._lines[line.number] = line
        self.line_changed.emit(line)

    def _heard(self, recorded: Recorded) -> None:
        if any(not isinstance(fact.body, WeaponRegistered) for fact in recorded.facts):
            self.start()  # a place may have been opened, closed or renamed


def differing(typed: str, found: str) -> tuple[bool, ...]:
    """Return for each character of a serial found whether it differs from the one typed."""
    alike = [False] * len(found)
    matcher = SequenceMatcher(None, _compared(typed), _compared(found), autojunk=False)
    for block in matcher.get_matching_blocks():
        alike[block.b : block.b + block.size] = [True] * block.size
    return tuple(not same for same in alike)


def _compared(text: str) -> list[str]:
    """Return the characters one by one as they are compared: case is no difference."""
    return [unicodedata.normalize("NFKC", one).upper() for one in text]


def _register(
    receiving: Receiving, said: Description, place: PlaceId, by: SignedIn
) -> tuple[Recorded, _Saved]:
    alike = receiving.look_alikes(said.serial)
    recorded, weapon = receiving.register(said, place, by=by)
    return recorded, _Saved(weapon, recorded.facts[-1].at, alike)


def _offered(stockpile: Stockpile) -> Offered:
    register, among = stockpile.register, RegisterFilter()
    last = max(0, (register.count(among) - 1) // _RECENT)
    rows = register.page("recorded", last, _RECENT, among)
    seen = (Pattern(row.type, row.make, row.model, row.calibre) for row in reversed(rows))
    return Offered(stockpile.places.all(), _distinct(seen))


def _distinct(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Return each model once, as it was entered last."""
    by_model: dict[str, Pattern] = {}
    for pattern in patterns:
        if pattern.model:
            by_model.setdefault(pattern.model.casefold(), pattern)
    return tuple(by_model.values())
