"""The counter at work: what is scanned is read on the books lane, judged, and put where it belongs.

A scan may come while the one before is still being read: answers come in the order of the scans,
and what is to be signed waits until all of them are there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from stockpile.domain import holders, issuing
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import PersonRecorded, WeaponIssued, WeaponReturned
from stockpile.domain.holders import Holder, Sought
from stockpile.domain.issuing import Objection
from stockpile.domain.lots import Lot
from stockpile.domain.values import PersonId, WeaponId
from stockpile.services.issuing import OutLine
from stockpile.services.ports import Recorded
from stockpile.services.scanning import Scanned
from stockpile.services.slips import Patrol
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.counter import Ammunition, Counter, Header, Item, Mode, Person
from ui.view_models.counter_draft import note, put_back
from ui.view_models.counter_reading import Facing, Read, again, read, read_person, read_weapon
from ui.view_models.counter_signing import CounterSigning, Happened

PATROLS = 4
OFFERED = 6


@dataclass(frozen=True, slots=True)
class Board:
    """What stands beside the counter: what is out, and the patrols that can be repeated."""

    out: tuple[OutLine, ...] = ()
    patrols: tuple[Patrol, ...] = ()

    @property
    def late(self) -> int:
        """How many weapons are late."""
        return sum(one.is_overdue for one in self.out)


class IssuingModel(QObject):
    """The counter.

    Signals:
        changed: something lies there otherwise.
        happened: what came of the last scan or act: a Happened.
        board_changed: what is out, or the patrols, are others.
        to_sign: receipts wait to be signed: the slips.
        to_confirm: all that a patrol had is back: the officer's PIN closes it.
        refused: the rules said no: the error.
    """

    changed = Signal()
    happened = Signal(object)
    board_changed = Signal()
    to_sign = Signal(tuple)
    to_confirm = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.counter = Counter(header=_remembered(session))
        self.board = Board()
        self._people: tuple[Sought, ...] = ()
        self._under_way = 0
        self._wants_to_sign = False
        self._facing = Facing()
        self._scanned: Scanned | None = None
        self._draft = session.settings.counter
        self.signing = CounterSigning(desk, session, notices)
        self.signing.done.connect(self._done)
        self.signing.refused.connect(self.refused)
        desk.recorded.connect(self._heard)

    # --- beside the counter ---------------------------------------------------------------------

    @property
    def may_issue(self) -> bool:
        """Say whether the officer may hand out and take back."""
        return self._session.may("issue")

    def start(self) -> None:
        """Learn what is out, who can be offered, and which patrols can be repeated."""
        stockpile = self._session.stockpile

        def look() -> tuple[Board, tuple[Sought, ...]]:
            desk, everybody = stockpile.issuing, stockpile.holders.all()
            return Board(desk.out(), desk.patrols(PATROLS)), tuple(map(holders.sought, everybody))

        self._desk.ask(self, look, self._show_board, self._notices.trouble)
        self._put_back()

    def _put_back(self) -> None:
        """Put back, once, what lay here when the program ended."""
        text, self._draft = self._draft, ""
        if text and self._is_free():
            stockpile = self._session.stockpile
            self._ask(partial(put_back, stockpile, self._facing, text), self._show_back)

    def _show_back(self, counter: Counter | None) -> None:
        if counter is not None and self._is_free():
            self._put(counter)

    def offers(self, text: str) -> tuple[Holder, ...]:
        """Return the people that a typed text may mean."""
        return holders.found(self._people, text, OFFERED)

    def _show_board(self, found: tuple[Board, tuple[Sought, ...]]) -> None:
        self.board, self._people = found
        self.board_changed.emit()

    def _heard(self, recorded: Recorded) -> None:
        """Look again where somebody handed something out or took it back, here or elsewhere."""
        kinds = (WeaponIssued, WeaponReturned, PersonRecorded)
        if self._session.is_open and any(isinstance(one.body, kinds) for one in recorded.facts):
            self.start()

    # --- scanning -------------------------------------------------------------------------------

    def scan(self, text: str) -> None:
        """Take what was scanned or typed: a person, a weapon, a lot, a rack; in any order."""
        if text.strip():
            stockpile = self._session.stockpile
            self._ask(partial(read, stockpile, self._facing, text), self._came)

    def bring_person(self, person: PersonId) -> None:
        """Let somebody step up who was chosen from the offers."""
        stockpile = self._session.stockpile

        self._ask(partial(read_person, stockpile, self._facing, person), self._came)

    def bring_weapon(self, weapon: WeaponId) -> None:
        """Put a weapon there that was chosen from a list."""
        stockpile = self._session.stockpile
        self._ask(partial(read_weapon, stockpile, self._facing, weapon), self._came)

    def _came(self, read: Read) -> None:
        self._scanned = read.scanned
        self._take(read)
        self._scanned = None

    def _take(self, read: Read) -> None:
        if read.person is not None:
            self._face(read.person)
        elif read.item is not None:
            self._weapon(read)
        elif read.lot is not None:
            self._lot(read.lot)
        elif read.scanned.kind == "place":
            self._aim(read.scanned)
        elif read.scanned.document is not None:
            self._say("paper")
        elif read.scanned.kind == "several" or read.people:
            self._say("several", text=read.scanned.text, words=read.people or read.scanned.several)
        else:
            self._say("unknown", text=read.scanned.text)

    def _face(self, person: Person) -> None:
        nobodys = self.counter.nobodys
        self._put(self.counter.face(person))
        if not person.holder.is_known:
            self._say("erased", person=person)
            return
        self._say("person", person=person)
        if self.counter.mode == "issue":
            for one in nobodys:
                self._judge(one, person.holder)

    def _weapon(self, read: Read) -> None:
        item = read.item
        assert item is not None
        if read.scanned.alarm:
            self._say("alarm", item=item)
        is_out = issuing.whose(item.weapon) is not None
        if self.counter.mode == "issue" and is_out and self._is_free():
            self._empty("return")
        if self.counter.mode == "return":
            self._back(read, is_out=is_out)
            return
        before = self.counter.item_of(item.weapon.id)
        if before is not None and not before.waits:
            self._put(replace(self.counter, chosen=item.weapon.id))
            self._say("again", item=before)
            return
        self._put_out(item, waited=before is not None)

    def _put_out(self, item: Item, *, waited: bool) -> None:
        """Put a weapon there that goes out; what nobody may hand out stays off the counter."""
        if item.is_barred:
            self._say("barred", item=item)
            return
        self._put(self.counter.put(item))
        self._say("red" if item.is_red else "put", item=item)
        if waited and not self.counter.waiting and not self.counter.red:
            self.sign()  # the last weapon of a repeated patrol: nothing is left to be said

    def _is_free(self) -> bool:
        return self.counter.is_empty and self.counter.person is None

    def _judge(self, item: Item, holder: Holder) -> None:
        """Learn what stands against a weapon that lay there before its person came."""
        desk = self._session.stockpile.issuing

        def judged(against: tuple[Objection, ...]) -> None:
            stands = self.counter.item_of(item.weapon.id)
            if stands is not None:
                put = replace(stands, against=against)
                self._put(self.counter.put(put))
                if put.is_red:
                    self._say("red", item=put)

        self._ask(lambda: desk.objections(item.weapon, holder), judged)

    def _lot(self, lot: Lot) -> None:
        if self.counter.mode == "return":
            chosen = next((one for one in self.counter.rounds if one.lot.id == lot.id), None)
            if chosen is None:
                self._say("lot_not_out", text=lot.number)
                return
            self._put(replace(self.counter, chosen=lot.id))
        else:
            holder = self.counter.leader or (
                self.counter.person.holder if self.counter.person else None
            )
            self._put(self.counter.put_rounds(Ammunition(lot, holder)))
        self._say("lot", text=lot.number, words=(lot.nature, lot.calibre), count=lot.quantity or 0)

    def _aim(self, scanned: Scanned) -> None:
        """Put what comes back after this into the rack that was scanned."""
        place = scanned.place
        if self.counter.mode == "return" and place is not None:
            self._put(replace(self.counter, place=place))
            name = self._session.stockpile.places
            say = partial(self._say, "place", scanned=scanned)
            self._ask(lambda: name.one(place).name, lambda said: say(text=said))
        else:
            self._say("place_unused")

    # --- coming back ----------------------------------------------------------------------------

    def _back(self, read: Read, *, is_out: bool) -> None:
        item = read.item
        assert item is not None
        if not is_out:
            self._say("not_out", item=item)
            return
        before = self.counter.item_of(item.weapon.id)
        if before is not None:
            self._put(replace(self.counter, chosen=item.weapon.id))
            self._say("again", item=before)
            return
        back = replace(item, place=self.counter.place, against=())
        counter = self.counter.put(back)
        for one in read.rounds:
            if not any(_same(one, other) for other in counter.rounds):
                counter = replace(counter.put_rounds(one), chosen=item.weapon.id)
        self._put(counter)
        person = self.counter.person
        other = (
            person is not None and item.holder is not None and person.holder.id != item.holder.id
        )
        self._say("back_by_other" if other else "back", item=back)
        here = sum(one.paper == item.paper for one in self.counter.items)
        if read.siblings > 1 and here == read.siblings == len(self.counter.items):
            self.to_confirm.emit()

    # --- what is said of what lies there --------------------------------------------------------

    def switch(self, mode: Mode | None = None) -> None:
        """Turn from handing out to taking back, or the other way; the counter is cleared."""
        other: Mode = "return" if self.counter.mode == "issue" else "issue"
        self._empty(mode or other)

    def clear(self) -> None:
        """Take everything off the counter."""
        self._empty()

    def head(self, header: Header) -> None:
        """Say what holds for all of it."""
        self._put(replace(self.counter, header=header))

    def choose(self, key: str) -> None:
        """Speak of another weapon or lot from now on."""
        self._put(replace(self.counter, chosen=key))

    def take_off(self) -> None:
        """Take what was touched last off the counter."""
        self._put(self.counter.without(self.counter.chosen))

    def override(self, reason: str) -> None:
        """Say why a weapon goes out although something stands against it: the chosen, or all."""
        self._put(self.counter.overridden(reason))

    def less(self, part: int | None = None) -> None:
        """Say that one less of a part of the kit is there."""
        self._put(self.counter.with_less(part))

    def note(self, condition: str, remark: str) -> None:
        """Say that what comes back is dirty or damaged; said again, it is taken back."""
        self._put(self.counter.noted(condition, remark))

    def set_rounds(self, quantity: int, expended: int = 0, short: int = 0) -> None:
        """Say how many rounds of the chosen lot go out; or come back, were fired, are short."""
        self._put(self.counter.counted(quantity, expended, short))

    # --- again as yesterday ---------------------------------------------------------------------

    def repeat(self, at: int = 0) -> None:
        """Put a patrol there as it was: its people, weapons and rounds; each weapon waits."""
        if at >= len(self.board.patrols):
            return
        patrol, stockpile = self.board.patrols[at], self._session.stockpile
        header = replace(
            self.counter.header,
            patrol=patrol.receipt.body.patrol, purpose=patrol.handed.terms.purpose,
            use=patrol.handed.terms.use,
        )  # fmt: skip
        self._ask(partial(again, stockpile, self._facing, patrol, header), self._show_again)

    def _show_again(self, counter: Counter) -> None:
        self._put(counter)
        self._say("repeated", text=counter.header.patrol, count=len(counter.items))

    # --- over the counter -----------------------------------------------------------------------

    def sign(self) -> None:
        """Go on to the signatures; as soon as all that was scanned is read."""
        if self._under_way:
            self._wants_to_sign = True
            return
        self._wants_to_sign = False
        if self.counter.mode == "return":
            if self.counter.is_empty:
                self._say("empty")
            else:
                self.to_confirm.emit()
            return
        if self.counter.nobodys:
            self._say("nobody", item=self.counter.nobodys[0])
            return
        if self.counter.red:
            self.choose(self.counter.red[0].weapon.id)
            self._say("red", item=self.counter.red[0])
            return
        desk, by = self._session.stockpile.issuing, self._session.officer
        handed = self.counter.hand_over()
        self._ask(lambda: desk.prepare(handed, by=by), self.to_sign.emit)

    def _done(self, happened: Happened) -> None:
        self._empty()
        self.happened.emit(happened)

    # --- inside ---------------------------------------------------------------------------------

    def _ask(self, question: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        self._under_way += 1

        def came(found: Any) -> None:  # noqa: ANN401 - as the question answers
            self._under_way -= 1
            answer(found)
            self._go_on()

        def refused(error: StockpileError) -> None:
            self._under_way -= 1
            self.refused.emit(error)

        self._desk.ask(self, question, came, refused)

    def _go_on(self) -> None:
        if self._wants_to_sign and not self._under_way:
            self.sign()

    def _empty(self, mode: Mode | None = None) -> None:
        """Take everything off the counter; whoever stood there is gone, on the books lane too."""
        self._desk.ask(self, self._facing.turn, lambda _none: None)
        self._put(self.counter.emptied(mode))

    def _put(self, counter: Counter) -> None:
        self.counter = counter
        said = note(counter)
        if said != self._session.settings.counter and not self._draft:
            self._session.remember(counter=said)
        self.changed.emit()

    def _say(self, kind: str, **about: Any) -> None:  # noqa: ANN401 - the fields of Happened
        self.happened.emit(Happened(kind, **({"scanned": self._scanned} | about)))


def _same(one: Ammunition, other: Ammunition) -> bool:
    return one.lot.id == other.lot.id and one.holder == other.holder


def _remembered(session: Session) -> Header:
    """Return what the last hand-over was for; nothing where the note is damaged.

    When it was due and which patrol it was is asked anew: the next one is another.
    """
    try:
        said = json.loads(session.settings.issuing or "{}")
        purpose, use = said.get("purpose", ""), said.get("use", "")
    except (ValueError, AttributeError):
        return Header()
    return Header(purpose=str(purpose), use="assignment" if use == "assignment" else "checkout")
