"""Fast entry: each Enter is one weapon on record, in the order of the Enters; none is lost.

The books lane is the queue: what was submitted is written there in order, also when the window is
closed meanwhile. A refused weapon stays in the running list with its reason and its text. The last
act can be taken back, and the one before it: the records are withdrawn, not erased.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import FieldMissing, StockpileError
from stockpile.domain.facts import (
    Fact,
    MarkReadBack,
    PlaceChanged,
    PlaceClosed,
    PlaceOpened,
    WeaponWithdrawn,
)
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.domain.serials import read_serial
from stockpile.domain.values import Digest, Instant, PlaceId, WeaponId
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.ports import Hit, Recorded
from stockpile.services.receiving import Receiving
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.entry_headers import Headers, read_headers
from ui.view_models.entry_patterns import Offered, offered
from ui.view_models.latest import Latest

PACE_OVER: Final = 10
"""The pace is that of so many weapons, the last ones."""
LOST: Final = "lost"
"""How a line is shown that looks like a weapon reported lost or stolen: the hot list."""

_SHORTEST = 3
_PLACES = (PlaceOpened, PlaceChanged, PlaceClosed)


LineState = Literal["waiting", "saved", "refused", "withdrawn"]
Reading = Literal["", "agreed", "differs"]


@dataclass(frozen=True, slots=True)
class Line:
    """One Enter: what was said of one weapon or of several, and what came of it.

    ``last`` is the last serial of several; ``warned`` says how many of them look like others.
    """

    number: int
    said: Description
    place: Place | None
    state: LineState = "waiting"
    at: Instant = 0
    weapons: tuple[WeaponId, ...] = ()
    alike: tuple[Hit, ...] = ()
    error: StockpileError | None = None
    last: str = ""
    count: int = 1
    warned: int = 0
    reading: Reading = ""

    @property
    def weapon(self) -> WeaponId | None:
        """The weapon, or the first of several."""
        return self.weapons[0] if self.weapons else None


@dataclass(frozen=True, slots=True)
class _Saved:
    """What the core answered to one Enter."""

    weapons: tuple[WeaponId, ...]
    at: Instant
    alike: tuple[Hit, ...] = ()


class EntryModel(QObject):
    """The intake desk.

    Signals:
        line_changed: a line of the running list is new or has its verdict.
        saved: a weapon is on record: its line.
        refused: a weapon was not taken in: its line, with the error.
        withdrawn: the last act was taken back: its line.
        alike: what is on record that looks like the serial being typed: the text and the hits.
        pictured: photos of the weapons that look alike: each weapon's serial and its first photo.
        offered: what the fields offer.
        cleared: another home is open; the running list begins anew.
    """

    line_changed = Signal(object)
    saved = Signal(object)
    refused = Signal(object)
    withdrawn = Signal(object)
    alike = Signal(str, object)
    pictured = Signal(object)
    offered = Signal(object)
    cleared = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._home: Path | None = None
        self._desk, self._session, self._notices = desk, session, notices
        self._lines: dict[int, Line] = {}
        self._of_weapon: dict[str, int] = {}
        self._unwanted: set[int] = set()
        self._times: list[Instant] = []
        self._saved, self._number = 0, 0
        self._alike = Latest[tuple[str, tuple[Hit, ...]]](
            desk, self, lambda told: self.alike.emit(*told), notices.trouble
        )
        self._pictures = Latest[tuple[tuple[str, Digest], ...]](
            desk, self, self.pictured.emit, notices.trouble
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
            self._offers.ask(partial(offered, self._session.stockpile))

    def look(self, serial_text: str) -> None:
        """Ask what is on record that looks like the serial as far as it is typed."""
        if len(serial_text.strip()) < _SHORTEST:
            self._alike.forget()
            self.alike.emit(serial_text, ())
            return
        look_alikes = self._session.stockpile.receiving.look_alikes
        self._alike.ask(lambda: (serial_text, _alarms_first(look_alikes(serial_text))))

    def look_at(self, hits: Sequence[Hit]) -> None:
        """Ask for the first photo of each of these weapons, where there is one."""
        if hits:
            self._pictures.ask(partial(_pictured, self._session.stockpile, tuple(hits)))
        else:
            self._pictures.forget()
            self.pictured.emit(())

    @property
    def headers(self) -> Headers:
        """Return what was said last of the weapons of each place, before a restart too."""
        return read_headers(self._session.settings.entry)

    def remember(self, place: Place, header: Description) -> None:
        """Keep what is said of every weapon in a place, for the next start of the program."""
        before = self.headers
        now = before.with_(place.id, header)
        if (now.last, now.of(place.id)) != (before.last, before.of(place.id)):
            self._session.remember(entry=now.written())

    def submit(self, said: Description, place: Place | None) -> Line:
        """Put a weapon on record after those submitted before it; return its line at once."""
        self._number += 1
        line = Line(self._number, said, place)
        self._keep(line)
        missing = "serial" if not said.serial.strip() else "place" if place is None else ""
        if missing:
            self._refuse(line, FieldMissing(missing))
        elif place is not None:
            receiving, by = self._session.stockpile.receiving, self._session.officer
            act = partial(_register, receiving, said, place.id, by)
            self._desk.record(self, act, partial(self._done, line), partial(self._refuse, line))
        return self._lines[line.number]

    def submit_several(self, said: Sequence[Description], place: Place, warned: int = 0) -> Line:
        """Put several weapons on record in one act, all or none; return their line at once."""
        self._number += 1
        first, last = said[0], said[-1].serial if len(said) > 1 else ""
        line = Line(self._number, first, place, last=last, count=len(said), warned=warned)
        self._keep(line)
        receiving, by = self._session.stockpile.receiving, self._session.officer
        act = partial(_register_several, receiving, tuple(said), place.id, by)
        self._desk.record(self, act, partial(self._done, line), partial(self._refuse, line))
        return line

    def undo(self) -> Line | None:
        """Take the last act back that still stands: its records are withdrawn, with the reason.

        One that is being saved is withdrawn as soon as it is. Returns its line, or nothing.
        """
        stands = (
            line
            for line in reversed(self._lines.values())
            if line.state in ("saved", "waiting") and line.number not in self._unwanted
        )
        line = next(stands, None)
        if line is not None:
            self._unwanted.add(line.number)
            if line.state == "saved":
                self._withdraw(line)
        return line

    def _done(self, line: Line, saved: _Saved) -> None:
        self._saved += len(saved.weapons)
        if line.count == 1:
            self._times.append(saved.at)
        self._of_weapon.update(dict.fromkeys(saved.weapons, line.number))
        warned = line.warned or int(bool(saved.alike))
        kept = replace(
            line, state="saved", at=saved.at, weapons=saved.weapons, alike=saved.alike,
            warned=warned,
        )  # fmt: skip
        self._keep(kept)
        self.saved.emit(kept)
        if line.number in self._unwanted:
            self._withdraw(kept)

    def _refuse(self, line: Line, error: StockpileError) -> None:
        kept = replace(line, state="refused", error=error)
        self._keep(kept)
        self.refused.emit(kept)

    def _withdraw(self, line: Line) -> None:
        correcting, by = self._session.stockpile.correcting, self._session.officer
        reason = _("Entered by mistake")

        def act() -> tuple[Recorded, None]:
            return correcting.withdraw(line.weapons, reason, by=by), None

        self._desk.record(self, act, lambda _none: None, partial(self._stays, line))

    def _stays(self, line: Line, error: StockpileError) -> None:
        self._unwanted.discard(line.number)
        self._notices.trouble(error)

    def _clear(self) -> None:
        self._lines.clear()
        self._times.clear()
        self._of_weapon.clear()
        self._unwanted.clear()
        self._saved = 0
        self.cleared.emit()

    def _keep(self, line: Line) -> None:
        self._lines[line.number] = line
        self.line_changed.emit(line)

    def _heard(self, recorded: Recorded) -> None:
        of_line: dict[int, list[Fact]] = {}
        for fact in recorded.facts:
            of_line.setdefault(self._of_weapon.get(fact.subject, 0), []).append(fact)
        for number, facts in of_line.items():
            if number in self._lines:
                self._judge(self._lines[number], facts)
        if any(isinstance(fact.body, _PLACES) for fact in recorded.facts):
            self.start()

    def _judge(self, line: Line, facts: Sequence[Fact]) -> None:
        """Show in the list what came of a line since: taken back, or read a second time."""
        gone = sum(isinstance(fact.body, WeaponWithdrawn) for fact in facts)
        if gone == len(line.weapons) and line.state == "saved":
            self._saved -= gone
            kept = replace(line, state="withdrawn")
            self._keep(kept)
            self.withdrawn.emit(kept)
        for body in (fact.body for fact in facts):
            if isinstance(body, MarkReadBack):
                agrees = read_serial(body.text).key == read_serial(body.read).key
                self._keep(replace(line, reading="agreed" if agrees else "differs"))


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
    return recorded, _Saved((weapon,), recorded.facts[-1].at, _alarms_first(alike))


def _register_several(
    receiving: Receiving, said: Sequence[Description], place: PlaceId, by: SignedIn
) -> tuple[Recorded, _Saved]:
    recorded, weapons = receiving.register_several(said, place, by=by)
    return recorded, _Saved(weapons, recorded.facts[-1].at)


def _pictured(stockpile: Stockpile, hits: tuple[Hit, ...]) -> tuple[tuple[str, Digest], ...]:
    weapons = stockpile.books.weapons([hit.row.id for hit in hits])
    pairs = zip(hits, weapons, strict=True)
    return tuple((hit.row.serial, one.photos[0].digest) for hit, one in pairs if one.photos)


def _alarms_first(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return what was found with the weapons reported lost or stolen before all others."""
    return tuple(sorted(hits, key=lambda hit: not hit.is_lost))
