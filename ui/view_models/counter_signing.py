"""Over the counter: the signatures of both, the one act, and the receipts on paper after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stockpile.domain.issuing import Back
from stockpile.domain.receipts import Signature
from stockpile.domain.values import WeaponId
from stockpile.services.documents import Drawn
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.scanning import Scanned
from stockpile.services.signing import Second
from stockpile.services.slips import Slip
from ui.desk import PHOTOS, Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.counter import Counter, Item, Person, weapon_ids


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of the last scan or act, for the banner: a code, and what it is about.

    ``words`` are names and numbers, ``count`` how many weapons, ``weapons`` which of them;
    ``scanned`` is the scan that it came of.
    """

    kind: str
    item: Item | None = None
    person: Person | None = None
    text: str = ""
    words: tuple[str, ...] = ()
    count: int = 0
    weapons: tuple[WeaponId, ...] = ()
    scanned: Scanned | None = None


class CounterSigning(QObject):
    """Writes down what both have signed.

    Signals:
        done: it is on record: what happened.
        refused: the rules said no: the error.
        drawn: receipts are on paper: where.
    """

    done = Signal(object)
    refused = Signal(object)
    drawn = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices

    def by_pin(self, slip: Slip, pin: str) -> Signature:
        """Return the receiver's signature by PIN; for the dialog, on the books lane."""
        return self._session.stockpile.issuing.sign(slip, pin)

    def by_hand(
        self, slip: Slip, picture: bytes | Path, how: str, done: Callable[[Signature], None]
    ) -> None:
        """Keep a drawn signature, or the photo of a signed paper, and tell it as a signature."""
        photographs = self._session.stockpile.photographs
        caption = slip.content.number

        def keep() -> Signature:
            photo = photographs.keep(picture, "document", caption)
            return Signature(
                "drawn" if how == "drawn" else "paper", slip.signer, proof=photo.digest
            )

        self._desk.ask(self, keep, done, self.refused.emit, lane=PHOTOS)

    def issue(
        self,
        counter: Counter,
        slips: Sequence[Slip],
        signatures: Mapping[str, Signature],
        by: SignedIn,
    ) -> None:
        """Write the hand-over down; then draw its receipts."""
        desk, header = self._session.stockpile.issuing, counter.header

        def handed(receipts: tuple[str, ...]) -> None:
            said = {"purpose": header.purpose, "use": header.use}
            self._session.remember(issuing=json.dumps(said, ensure_ascii=False))
            weapons = weapon_ids(counter)
            numbers = tuple(one.content.number for one in slips)
            self.done.emit(Happened("handed", words=numbers, count=len(weapons), weapons=weapons))
            self._print(receipts)

        self._desk.record_by_two(
            self,
            lambda second: desk.issue(slips, signatures, by=by, witness=_here(second)),
            handed,
            self.refused.emit,
        )

    def take_back(self, counter: Counter, by: SignedIn) -> None:
        """Write down that it is all back; then draw the receipt of it."""
        desk = self._session.stockpile.issuing
        bearer = counter.person.holder.id if counter.person else None
        takers = counter.takers

        def act() -> tuple[Recorded, tuple[str, int]]:
            recorded, receipt = desk.take_back(
                counter.backs(), counter.rounds_back(), by=by, bearer=bearer
            )
            left = sum(len(desk.out(one.id)) for one in takers)
            return recorded, (receipt, left)

        def done(said: tuple[str, int]) -> None:
            receipt, left = said
            names = tuple(one.name for one in takers)
            count = len(counter.items)
            self.done.emit(Happened("returned", words=names, count=count, text=str(left)))
            self._print((receipt,))

        self._desk.record(self, act, done, self.refused.emit)

    def undo(self, weapons: Sequence[WeaponId], remark: str) -> None:
        """Take a hand-over back that was made by mistake: a return that says so."""
        desk, by = self._session.stockpile.issuing, self._session.officer
        backs = [Back(one, remarks=remark) for one in weapons]

        def undone(_receipt: str) -> None:
            self.done.emit(Happened("undone"))

        self._desk.record(self, lambda: desk.take_back(backs, by=by), undone, self.refused.emit)

    def print(self, receipt: str) -> None:
        """Draw a receipt once more."""
        self._print((receipt,))

    def _print(self, receipts: Sequence[str]) -> None:
        book = self._session.stockpile.receipts

        def draw() -> tuple[Drawn, ...]:
            return tuple(book.print(one) for one in receipts)

        self._desk.ask(self, draw, self.drawn.emit, self._notices.trouble)


def _here(second: Second | None) -> SignedIn | None:
    """Return the second officer at the desk: what goes out of the door waits for nobody."""
    return second if isinstance(second, SignedIn) else None
