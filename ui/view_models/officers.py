"""Offices as the page shows them: who holds one, how it stands, every change and who signs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import (
    GuardSet,
    OfficerAppointed,
    OfficerRetired,
    OfficerSuspended,
    Role,
)
from stockpile.domain.offices import Office
from stockpile.domain.people import Act
from stockpile.domain.values import OfficerId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.printed import FOLDER
from stockpile.services.signing import Later, Second
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.overheard import NOTHING

Change = Literal[
    "appoint", "roles", "badge", "pin", "unlock", "suspend", "reinstate", "retire", "own_pin"
]
"""What the page does to an office."""
ACTS: Mapping[Change, Act] = {
    "appoint": "appoint", "roles": "appoint", "badge": "appoint", "pin": "appoint",
    "unlock": "appoint", "suspend": "suspend", "reinstate": "appoint", "retire": "suspend",
}  # fmt: skip
_OTHERS: frozenset[Change] = frozenset({"roles", "pin", "unlock", "suspend", "retire"})
"""What nobody does to themselves."""
_MAY_WAIT: frozenset[Change] = frozenset({"appoint", "roles", "badge", "pin", "reinstate"})
"""What a second officer may confirm later; a suspension holds at once, a wait is ended at once."""
_LANE = "printing"


@dataclass(frozen=True, slots=True)
class Board:
    """Every office, whose PIN waits how long, and whether an act wants two officers here."""

    offices: tuple[Office, ...] = ()
    waits: Mapping[OfficerId, int] = field(default_factory=dict)
    two: frozenset[Act] = frozenset()

    def office(self, id_: str) -> Office | None:
        """Return the office of an id."""
        return next((one for one in self.offices if one.id == id_), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A change as it was asked for: what, of whom, and what was typed."""

    change: Change
    officer: OfficerId | None = None
    name: str = ""
    roles: tuple[Role, ...] = ()
    reason: str = ""
    pin: str = ""
    old_pin: str = ""


class OfficersModel(QObject):
    """The offices.

    Signals:
        came: how every office stands now.
        changed: a change is on record: what was asked for.
        postponed: a change is signed by one, and waits for a second officer.
        refused: it is not: what was asked for, and the error.
        badge_drawn: a badge lies in its file: the file.
    """

    came = Signal(object)
    changed = Signal(object)
    postponed = Signal()
    refused = Signal(object, object)
    badge_drawn = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.board = Board()
        self._boards = Latest[Board](desk, self, self._show, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)
        session.locked.connect(lambda _locked: self.start())  # wrong PINs may have begun a wait

    @property
    def seat(self) -> tuple[Desk, Session]:
        """What a dialog that asks for PINs is made with."""
        return self._desk, self._session

    def start(self) -> None:
        """Ask how the offices stand."""
        if self._session.is_open:
            self._boards.ask(partial(_board, self._session.stockpile))

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def is_own(self, office: Office) -> bool:
        """Say whether it is the office of whoever sits here."""
        return self._session.is_open and office.id == self._session.officer.id

    def bar(self, change: Change, office: Office | None) -> Literal["", "role", "own", "state"]:
        """Say what stands in the way of a change: the role, one's own office, how it stands."""
        act = ACTS.get(change)
        if act is not None and not self.may(act):
            return "role"
        if office is None:
            return "" if change == "appoint" else "state"
        if change in _OTHERS and self.is_own(office):
            return "own"
        if change == "unlock":
            return "" if self.board.waits.get(office.id) else "state"
        fits = {
            "reinstate": not office.in_office, "retire": office.state != "left",
            "own_pin": self.is_own(office),
        }  # fmt: skip
        return "" if fits.get(change, office.in_office) else "state"

    def wants_two(self, change: Change) -> bool:
        """Say whether a second officer signs the change as well."""
        return ACTS.get(change) in self.board.two

    def decide(self, asked: Asked, by: SignedIn, witness: SignedIn | None = None) -> None:
        """Write a change, signed by whoever gave their PIN."""
        stockpile = self._session.stockpile
        act = partial(_written, stockpile, asked, by, witness)
        done, refused = partial(self._written, asked), partial(self.refused.emit, asked)
        self._desk.record(self, act, done, refused)

    def may_wait(self, change: Change) -> bool:
        """Say whether a second officer may confirm the change later."""
        return change in _MAY_WAIT

    def decide_later(self, asked: Asked, reason: str) -> None:
        """Sign a change alone, for a second officer to confirm; nothing of it holds until then.

        A badge is drawn at once, for its text is kept nowhere; it opens nothing before.
        """
        by, badges = self._session.officer, list[str]()

        def act() -> tuple[Recorded, str]:
            recorded, badge = _written(self._session.stockpile, asked, by, Later(reason))
            badges.append(badge)
            return recorded, badge

        def waits() -> None:
            self.postponed.emit()
            if badges[0]:
                self._print(asked, badges[0])

        self._desk.record_for_later(self, act, partial(self.refused.emit, asked), waits)

    def change_own_pin(self, asked: Asked) -> None:
        """Choose another PIN of one's own; nothing of it is part of the record."""
        people, officer = self._session.stockpile.people, self._session.officer.officer
        self._desk.ask(
            self,
            lambda: people.change_pin(officer, asked.old_pin, asked.pin),
            lambda _none: self.changed.emit(asked),
            partial(self.refused.emit, asked),
        )

    # --- inside -----------------------------------------------------------------------------

    def _written(self, asked: Asked, badge: str) -> None:
        self.changed.emit(asked)
        if badge:
            self._print(asked, badge)
        self.start()

    def _print(self, asked: Asked, badge: str) -> None:
        """Draw the badge: its text stands on the card and is kept nowhere."""
        stockpile = self._session.stockpile
        on_books = self._desk.on_books
        office = self.board.office(asked.officer or "")
        if office is None:
            return

        def drawn() -> Path:
            folder = stockpile.home / FOLDER
            folder.mkdir(exist_ok=True)
            site = on_books(_Site(stockpile)).name()
            file = folder / "badge.pdf"
            return stockpile.code_cards.print_badge(office.officer, badge, site, file)

        self._desk.ask(self, drawn, self.badge_drawn.emit, self._notices.trouble, _LANE)

    def _show(self, board: Board) -> None:
        self.board = board
        self.came.emit(board)

    def _heard(self, recorded: Recorded) -> None:
        told = OfficerAppointed | OfficerSuspended | OfficerRetired | GuardSet
        if any(isinstance(fact.body, told) for fact in recorded.facts):
            self.start()


@dataclass(frozen=True, slots=True)
class _Site:
    stockpile: Stockpile

    def name(self) -> str:
        """Return what this site is called."""
        return self.stockpile.places.named(self.stockpile.people.site()).name


def _board(stockpile: Stockpile) -> Board:
    offices = stockpile.offices
    all_ = offices.all()
    waits = {one.id: offices.wait(one.id) for one in all_}
    acts: tuple[Act, ...] = ("appoint", "suspend")
    two = frozenset(act for act in acts if stockpile.guard.wants_two(act))
    return Board(all_, waits, two)


def _written(
    stockpile: Stockpile, asked: Asked, by: SignedIn, witness: Second | None
) -> tuple[Recorded, str]:
    """Write a change on the books lane; return what was written, and a badge to be printed."""
    offices, officer, reason = stockpile.offices, asked.officer or OfficerId(""), asked.reason
    if asked.change == "badge":
        return offices.give_badge(officer, reason, by=by, witness=witness)
    if asked.change == "unlock":
        offices.unlock(officer, by=by)
        return NOTHING, ""
    appoint = partial(offices.appoint, asked.name, asked.roles, asked.pin)
    changes: Mapping[Change, Callable[..., Recorded]] = {
        "appoint": appoint,
        "roles": partial(offices.set_roles, officer, asked.roles, reason),
        "pin": partial(offices.new_pin, officer, asked.pin, reason),
        "suspend": partial(offices.suspend, officer, reason),
        "reinstate": partial(offices.reinstate, officer, reason),
        "retire": partial(offices.retire, officer, reason),
    }
    return changes[asked.change](by=by, witness=witness), ""
