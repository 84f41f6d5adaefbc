"""Reading back: a second officer reads serials blind, one weapon after the other.

The record's serial is told only after the reading. The first officer stays signed in; the second
one proves who they are beside them, and every reading is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Mark
from stockpile.domain.places import Place
from stockpile.domain.values import OfficerId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded, RegisterFilter, RegisterRow
from stockpile.services.signing import Later, Second
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session

MOST: Final = 500
"""So many weapons of a place are put up to be read; the rest comes when these are read."""

Stage = Literal["reader", "reading", "agreed", "differs", "done"]


@dataclass(frozen=True, slots=True)
class ToRead:
    """The weapons to be read: in the order of the list, and how many the reader recorded."""

    rows: tuple[RegisterRow, ...] = ()
    own: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reading is: who reads, which weapon, and what came of the last one.

    ``text`` and ``read`` are what the record says and what was read, told only where they differ.
    """

    stage: Stage = "reader"
    number: int = 0
    agreed: int = 0
    differing: int = 0
    text: str = ""
    read: str = ""


class ReadBackModel(QObject):
    """The second pair of eyes.

    Signals:
        changed: it stands otherwise.
        refused: the rules or the PIN said no: the error.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self._reader: SignedIn | None = None
        self._weapons: tuple[WeaponId, ...] = ()
        self._place: Place | None = None
        self._to_read = ToRead()
        self._standing = Standing()
        self._busy = False

    @property
    def standing(self) -> Standing:
        """Return where the reading is."""
        return self._standing

    @property
    def to_read(self) -> ToRead:
        """Return the weapons to be read."""
        return self._to_read

    @property
    def reader(self) -> str:
        """Return the name of who reads; nothing before they proved who they are."""
        return self._reader.officer.name if self._reader else ""

    @property
    def row(self) -> RegisterRow | None:
        """Return the weapon to be read now."""
        rows, number = self._to_read.rows, self._standing.number
        return rows[number] if number < len(rows) else None

    def begin(self, weapons: Sequence[WeaponId], place: Place | None) -> None:
        """Put up the weapons entered here, or those of a place where none was entered here."""
        self._weapons, self._place = tuple(weapons), place
        self._put(Standing())
        if self._reader is not None:
            self._look(self._reader)

    def sit_beside(self, name: str, pin: str) -> None:
        """Let the second officer prove who they are; the first one stays signed in."""
        people = self._session.stockpile.people
        self._desk.ask(self, partial(people.sign_in, name, pin), self._look, self.refused.emit)

    def stand_up(self) -> None:
        """Forget the second officer."""
        self._reader = None
        self._put(Standing())

    def read(self, text: str) -> None:
        """Write down what was read of the weapon; agreement goes on to the next one."""
        row, reader = self.row, self._reader
        if row is None or reader is None or self._busy or not text.strip():
            return
        stockpile = self._session.stockpile

        def act() -> tuple[Recorded, tuple[str, bool]]:
            recorded = stockpile.receiving.read_back(row.id, text, by=reader)
            said = stockpile.books.weapon(row.id).read_backs[-1]
            return recorded, (said.text, said.agrees)

        self._busy = True
        self._desk.record(self, act, partial(self._came, text.strip()), self._refuse)

    def again(self) -> None:
        """Read the same weapon once more."""
        self._put(replace(self._standing, stage="reading", text="", read=""))

    def correct(self, reason: str) -> None:
        """Correct the record to what was read: the first officer corrects, the second verifies."""
        row, reader, read = self.row, self._reader, self._standing.read
        if row is None or reader is None or self._busy:
            return
        receiving, by = self._session.stockpile.receiving, self._session.officer

        def act(witness: Second | None) -> tuple[Recorded, None]:
            first = receiving.correct(row.id, {"serial": read}, reason, by=by, witness=witness)
            if isinstance(witness, Later):  # until it is confirmed the record reads otherwise
                return first, None
            return _together(first, receiving.read_back(row.id, read, by=reader)), None

        self._busy = True
        waits = partial(self._next, differing=1)
        self._desk.record_by_two(self, act, lambda _none: self._next(agreed=1), self._refuse, waits)

    def leave(self) -> None:
        """Leave the difference open: the serial is doubtful until somebody settles it."""
        row, read = self.row, self._standing.read
        if row is None or self._busy:
            return
        reason = _("A second reading differs: {read}").format(read=read)
        stockpile, by = self._session.stockpile, self._session.officer

        def act(witness: Second | None) -> tuple[Recorded, None]:
            marks = _doubtful(stockpile.books.weapon(row.id))
            correct = stockpile.correcting.marks
            return correct(row.id, marks, reason, by=by, witness=witness), None

        self._busy = True
        self._desk.record_by_two(self, act, lambda _none: self._next(differing=1), self._refuse)

    def skip(self) -> None:
        """Go on to the next weapon without a reading: this one is not at hand."""
        self._next()

    def _look(self, reader: SignedIn) -> None:
        self._reader = reader
        question = partial(_unread, self._session.stockpile, self._weapons, self._place, reader.id)
        self._desk.ask(self, question, self._show, self._notices.trouble)

    def _show(self, to_read: ToRead) -> None:
        self._to_read = to_read
        self._put(Standing("reading" if to_read.rows else "done"))

    def _came(self, read: str, said: tuple[str, bool]) -> None:
        text, agrees = said
        if agrees:
            self._next(agreed=1)
        else:
            self._busy = False
            self._put(replace(self._standing, stage="differs", text=text, read=read))

    def _next(self, *, agreed: int = 0, differing: int = 0) -> None:
        self._busy = False
        now = self._standing
        number = now.number + 1
        more = number < len(self._to_read.rows)
        stage: Stage = "done" if not more else "agreed" if agreed else "reading"
        self._put(Standing(stage, number, now.agreed + agreed, now.differing + differing))

    def _refuse(self, error: StockpileError) -> None:
        self._busy = False
        self.refused.emit(error)

    def _put(self, standing: Standing) -> None:
        self._standing = standing
        self.changed.emit()


def _unread(
    stockpile: Stockpile, weapons: tuple[WeaponId, ...], place: Place | None, reader: OfficerId
) -> ToRead:
    """Return what nobody has read back in agreement yet, without what the reader recorded."""
    ids = weapons or _of_place(stockpile, place)
    open_ones = [one for one in stockpile.books.weapons(ids) if _is_open(one)]
    others = [one.id for one in open_ones if one.recorded_by != reader]
    rows = stockpile.register.rows(others[:MOST])
    return ToRead(rows, len(open_ones) - len(others))


def _of_place(stockpile: Stockpile, place: Place | None) -> tuple[WeaponId, ...]:
    among = RegisterFilter(place=place.id if place else "")
    return tuple(row.id for row in stockpile.register.page("recorded", 0, MOST, among))


def _is_open(weapon: Weapon) -> bool:
    read = any(one.agrees and one.text == weapon.serial.text for one in weapon.read_backs)
    return weapon.stands and bool(weapon.serial.key) and not read


def _doubtful(weapon: Weapon) -> list[Mark]:
    return [
        replace(mark, legibility="doubtful") if mark.is_identity else mark for mark in weapon.marks
    ]


def _together(first: Recorded, second: Recorded) -> Recorded:
    return Recorded((*first.entries, *second.entries), (*first.facts, *second.facts))
