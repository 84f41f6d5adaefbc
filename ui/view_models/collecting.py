"""The hand-in table: who stands there, what they brought, and the one act that writes it down.

What was typed of a person is kept by the page only, never in the settings: it is personal, and the
settings lie in the open beside the store. What was put on the table of weapons and rounds is noted
there, so that a power cut costs the name and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain import collecting, holders
from stockpile.domain.collecting import Collected, How, Sign, Tally
from stockpile.domain.errors import HolderAmbiguous, HolderUnknown, StockpileError
from stockpile.domain.facts import CollectionReceived, PersonRecorded, RoundsHanded
from stockpile.domain.holders import Holder, Sought
from stockpile.domain.receiving import Description
from stockpile.domain.values import PersonId, WeaponId, search_key
from stockpile.domain.weapons import STORED
from stockpile.services.collecting import Brought
from stockpile.services.documents import Drawn
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded, RegisterRow
from stockpile.services.stockpile import Stockpile
from ui.desk import PHOTOS, Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.entry_headers import REPEATED

OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A weapon on the table: described here, or ``row`` of one that stands on record.

    ``alarm`` says that it is reported lost or stolen, ``alike`` how many on record look like it.
    """

    said: Description
    row: RegisterRow | None = None
    alarm: str = ""
    alike: int = 0

    @property
    def key(self) -> str:
        """What tells it from the others on the table."""
        if self.row is not None:
            return self.row.id
        return search_key(f"{self.said.serial} {self.said.make} {self.said.model}")

    @property
    def is_stored(self) -> bool:
        """Say whether it lies in one of our places by the record, and is handed in all the same."""
        return self.row is not None and self.row.status in STORED


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table; ``earlier`` is how often the person handed something in before."""

    person: Holder | None = None
    earlier: int = 0
    pieces: tuple[Piece, ...] = ()
    rounds: tuple[RoundsHanded, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was brought yet."""
        return not (self.pieces or self.rounds)

    @property
    def new(self) -> tuple[Description, ...]:
        """The weapons that come on record by this."""
        return tuple(one.said for one in self.pieces if one.row is None)

    @property
    def known(self) -> tuple[WeaponId, ...]:
        """The weapons that stand on record already."""
        return tuple(one.row.id for one in self.pieces if one.row is not None)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A hand-in of today and who it was."""

    collected: Collected
    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """Today at this table: what it came to, and the receipts, newest first."""

    tally: Tally = field(default_factory=Tally)
    lines: tuple[DayLine, ...] = ()
    today: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a scan or an act, for the banner: a code, and what it is about."""

    kind: str
    text: str = ""
    piece: Piece | None = None
    collected: Collected | None = None


class CollectingModel(QObject):
    """The table.

    Signals:
        changed: something lies there otherwise, or somebody else stands there.
        came: what came of the last scan or act: a Came.
        named: nobody on record is called so: the text, which is a new person's name.
        wanted: a weapon is on no record and not described yet: its serial.
        day_changed: what came in today is another.
        to_sign: all is complete: the number of weapons; the person signs now.
        refused: the rules said no: the error.
        drawn: a receipt is on paper: where.
    """

    changed = Signal()
    came = Signal(object)
    named = Signal(str)
    wanted = Signal(str)
    day_changed = Signal()
    to_sign = Signal()
    refused = Signal(object)
    drawn = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.table, self.day = Table(), Day()
        self._people: tuple[Sought, ...] = ()
        self._note = session.settings.collecting
        desk.recorded.connect(self._heard)

    @property
    def may_collect(self) -> bool:
        """Say whether the officer may take in what is handed in."""
        return self._session.may("collect")

    def start(self) -> None:
        """Learn what came in today, who can be offered, and what lay here when it ended."""
        stockpile = self._session.stockpile
        self._desk.ask(self, partial(_looked, stockpile), self._show_day, self._notices.trouble)
        note, self._note = self._note, ""
        if note and self.table == Table():
            self._desk.ask(self, partial(_put_back, stockpile, note), self._put_table)

    def _show_day(self, found: tuple[Day, tuple[Sought, ...]]) -> None:
        self.day, self._people = found
        self.day_changed.emit()

    def _put_table(self, table: Table) -> None:
        if self.table == Table() and table != Table():
            self._put(table)

    def _heard(self, recorded: Recorded) -> None:
        kinds = (CollectionReceived, PersonRecorded)
        if self._session.is_open and any(isinstance(one.body, kinds) for one in recorded.facts):
            self.start()

    # --- who ------------------------------------------------------------------------------------

    def offers(self, text: str) -> tuple[Holder, ...]:
        """Return the people on record that a typed text may mean."""
        return holders.found(self._people, text, OFFERED)

    def call(self, text: str) -> None:
        """Take whose card or number it is; else it is the name of somebody new."""
        stockpile = self._session.stockpile

        def found() -> tuple[Holder | None, int]:
            card = stockpile.holders.by_card(text)
            try:
                who = stockpile.holders.one(card) if card else stockpile.holders.named(text)
            except (HolderUnknown, HolderAmbiguous):
                return None, 0
            if not card and search_key(text) != search_key(who.reference):
                return None, 0  # two people may have one name: who is meant is chosen, not guessed
            return who, len(stockpile.collecting.of_person(who.id))

        self._ask(found, partial(self._called, text))

    def take(self, person: PersonId) -> None:
        """Let somebody step up who was chosen from the offers."""
        stockpile = self._session.stockpile
        self._ask(
            lambda: (
                stockpile.holders.one(person),
                len(stockpile.collecting.of_person(person)),
            ),
            partial(self._called, ""),
        )

    def leave(self) -> None:
        """Let somebody else step up; what was brought stays on the table."""
        self._put(replace(self.table, person=None, earlier=0))

    def _called(self, text: str, found: tuple[Holder | None, int]) -> None:
        who, earlier = found
        if who is None:
            self.leave()
            self.named.emit(text)
            return
        self._put(replace(self.table, person=who, earlier=earlier))
        self.came.emit(Came("person", who.name))

    # --- what -----------------------------------------------------------------------------------

    def put(self, serial: str, said: Description, *, described: bool) -> None:
        """Put a weapon there: one on record by what was scanned, else one described here."""
        stockpile = self._session.stockpile

        def read() -> Piece | None:
            return _read(stockpile, replace(said, serial=serial))

        self._ask(read, partial(self._read, described))

    def _read(self, described: bool, piece: Piece) -> None:
        if piece.row is None and not described:
            self.wanted.emit(piece.said.serial)
            return
        same = any(one.key == piece.key for one in self.table.pieces)
        is_named = piece.row is not None or search_key(piece.said.serial) not in ("", "NONE")
        if same and is_named:
            self.came.emit(Came("twice", piece=piece))
            return
        self._put(replace(self.table, pieces=(*self.table.pieces, piece)))
        self.came.emit(Came("alarm" if piece.alarm else "put", piece=piece))

    def other(self) -> None:
        """Say that the last weapon is not the one on record: it is a new one with that serial."""
        *before, last = self.table.pieces
        if last.row is None:
            return
        row = last.row
        said = replace(
            last.said, type=last.said.type or row.type, make=last.said.make or row.make,
            model=last.said.model or row.model, calibre=last.said.calibre or row.calibre,
        )  # fmt: skip
        piece = Piece(said, alike=1)
        self._put(replace(self.table, pieces=(*before, piece)))
        self.came.emit(Came("put", piece=piece))

    def count(self, text: str, *, serviceable: bool) -> None:
        """Put rounds there, as calibre and count."""
        try:
            rounds = replace(collecting.read_rounds(text), serviceable=serviceable)
        except StockpileError as error:
            self.refused.emit(error)
            return
        self._put(replace(self.table, rounds=collecting.with_rounds(self.table.rounds, rounds)))
        self.came.emit(Came("rounds", rounds.calibre))

    def take_off(self) -> None:
        """Take what was put there last off the table: rounds before weapons."""
        if self.table.rounds:
            self._put(replace(self.table, rounds=self.table.rounds[:-1]))
        elif self.table.pieces:
            self._put(replace(self.table, pieces=self.table.pieces[:-1]))

    # --- the signature and the act --------------------------------------------------------------

    def sign(self, brought: Brought) -> None:
        """Ask whether all is complete; then the person signs."""
        stockpile = self._session.stockpile

        def judge() -> None:
            stockpile.collecting.demand_complete(_placed(stockpile, brought))

        self._ask(judge, lambda _none: self.to_sign.emit())

    def keep(self, picture: bytes | Path, how: How, done: Callable[[Sign], None]) -> None:
        """Keep a drawn signature, a thumbprint or the photo of a signed paper."""
        photographs = self._session.stockpile.photographs

        def kept() -> Sign:
            return Sign(how, photographs.keep(picture, "document").digest)

        self._desk.ask(self, kept, done, self.refused.emit, lane=PHOTOS)

    def receive(self, brought: Brought, sign: Sign, language: str, by: SignedIn) -> None:
        """Write the hand-in down, clear the table, and draw the receipt."""
        stockpile = self._session.stockpile

        def act() -> tuple[Recorded, Collected]:
            return stockpile.collecting.receive(_placed(stockpile, brought), sign, by=by)

        def done(collected: Collected) -> None:
            self._put(Table())
            self.came.emit(Came("received", collected=collected))
            self.print(collected.id, language)

        self._desk.record(self, act, done, self.refused.emit)

    def undo(self, receipt: str, reason: str) -> None:
        """Take back a hand-in that was recorded by mistake."""
        desk, by = self._session.stockpile.collecting, self._session.officer

        def done(collected: Collected) -> None:
            self.came.emit(Came("undone", collected=collected))

        self._desk.record(
            self, lambda: desk.take_back(receipt, reason, by=by), done, self.refused.emit
        )

    def print(self, receipt: str, language: str = "") -> None:
        """Draw a receipt, in a language or in that of the person."""
        desk, by = self._session.stockpile.collecting, self._session.officer
        draw: partial[Drawn] = partial(desk.print, receipt, by=by, language=language)
        self._desk.ask(self, draw, self.drawn.emit, self._notices.trouble)

    # --- inside ---------------------------------------------------------------------------------

    def _put(self, table: Table) -> None:
        self.table = table
        self._session.remember(collecting=note(table))
        self.changed.emit()

    def _ask(self, question: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        self._desk.ask(self, question, answer, self.refused.emit)


def note(table: Table) -> str:
    """Return what lies on the table as the settings keep it: no names; empty for nothing."""
    if table.is_empty and table.person is None:
        return ""
    said = {
        "person": table.person.id if table.person else "",
        "pieces": [
            {"id": one.row.id} if one.row else {
                name: getattr(one.said, name)
                for name in ("serial", *REPEATED)
                if getattr(one.said, name)
            }
            for one in table.pieces
        ],
        "rounds": [asdict(one) for one in table.rounds],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)


def _put_back(stockpile: Stockpile, text: str) -> Table:
    """Return the table that a note tells of; an empty one for a damaged note."""
    try:
        return _told(stockpile, json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, StockpileError):
        return Table()


def _told(stockpile: Stockpile, said: Any) -> Table:  # noqa: ANN401 - from JSON
    person, earlier = None, 0
    if said["person"]:
        person = stockpile.holders.known(PersonId(said["person"]))
        earlier = len(stockpile.collecting.of_person(person.id))
    pieces = []
    for one in said["pieces"]:
        if "id" in one:
            (row,) = stockpile.register.rows([WeaponId(one["id"])])
            pieces.append(Piece(Description(serial=row.serial), row))
        else:
            texts = {name: str(value) for name, value in one.items()}
            pieces.append(Piece(Description(**texts)))  # type: ignore[arg-type]  # all are texts
    rounds = tuple(
        RoundsHanded(str(one["calibre"]), int(one["quantity"]), bool(one["serviceable"]))
        for one in said["rounds"]
    )
    return Table(person, earlier, tuple(pieces), rounds)


def _placed(stockpile: Stockpile, brought: Brought) -> Brought:
    """Return it with this site where no place was said: rounds alone need no rack."""
    if brought.said.place:
        return brought
    return replace(brought, said=replace(brought.said, place=stockpile.people.site()))


def _read(stockpile: Stockpile, said: Description) -> Piece:
    """Return the weapon that a text names, or one to be described; on the books lane."""
    if not said.serial.strip():
        return Piece(said)
    scanned = stockpile.scanning.read(said.serial)
    if scanned.weapon is not None:
        (row,) = stockpile.register.rows([scanned.weapon.id])
        return Piece(said, row, scanned.alarm)
    alike = len(stockpile.receiving.look_alikes(said.serial))
    return Piece(said, alarm=scanned.alarm, alike=alike)


def _looked(stockpile: Stockpile) -> tuple[Day, tuple[Sought, ...]]:
    desk = stockpile.collecting
    found = desk.of_day(desk.today())
    lines = tuple(DayLine(one, desk.person(one).name) for one in found)
    everybody = tuple(map(holders.sought, stockpile.holders.all()))
    return Day(collecting.tally(found), lines, desk.today()), everybody
