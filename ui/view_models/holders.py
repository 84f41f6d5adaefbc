"""The people who hold weapons, as a page shows them: the list, one person, and what is changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import PersonErased, PersonRecorded, Photo
from stockpile.domain.holders import Clearance, Details, Holder
from stockpile.domain.people import Act
from stockpile.domain.values import PersonId
from stockpile.services.holder_lists import ListReport
from stockpile.services.holders import Account
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import PHOTOS, Desk
from ui.session import Session

_FOUND: Final = 200

Cleared = tuple[tuple[str, Clearance], ...]


@dataclass(frozen=True, slots=True)
class HolderLine:
    """A person as a line of the list, with what they are cleared for today."""

    holder: Holder
    cleared: Cleared = ()

    @property
    def standing(self) -> str:
        """Say in a word whether they may be handed anything: cleared, expired, none."""
        kinds = {clearance.kind for _what, clearance in self.cleared}
        return next((one for one in ("cleared", "expired") if one in kinds), "none")


@dataclass(frozen=True, slots=True)
class Shown:
    """One person beside the list: what they answer for, and what they are cleared for."""

    account: Account
    cleared: Cleared


class HoldersModel(QObject):
    """The desk for people who hold weapons.

    Signals:
        listed: the people that answer to what was typed, as lines.
        shown: one person, with what they hold; None for nobody.
        saved: a person stands on record as said: the person.
        erased: what was recorded of a person is erased: the name they had.
        imported: a list came in: the report.
        kept: a photo was kept, and is on nobody's record yet.
        refused: what was wanted did not come about: the error.
    """

    listed = Signal(object)
    shown = Signal(object)
    saved = Signal(object)
    erased = Signal(str)
    imported = Signal(object)
    kept = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._typed, self._chosen = "", PersonId("")
        desk.recorded.connect(self._heard)

    @property
    def chosen(self) -> PersonId:
        """The person beside the list; an empty id for nobody."""
        return self._chosen

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def look_up(self, typed: str = "") -> None:
        """List who answers to what was typed; everybody where nothing is."""
        self._typed = typed
        question = partial(_lines, self._session.stockpile, typed)
        self._desk.ask(self, question, partial(self._came, typed))

    def choose(self, person: str) -> None:
        """Show one person; nobody by an empty id."""
        self._chosen = PersonId(person)
        if not person:
            self.shown.emit(None)
            return
        question = partial(_shown, self._session.stockpile, self._chosen)
        self._desk.ask(self, question, self._show, self.refused.emit)

    def record(self, person: str, details: Details, pin: str = "") -> None:
        """Put a person on record, or say anew all that is recorded of one who is."""
        by, holders = self._session.officer, self._session.stockpile.holders

        def act() -> tuple[Recorded, Holder]:
            if person:
                return holders.change(PersonId(person), details, by=by)
            return holders.record(details, by=by, pin=pin)

        self._desk.record(self, act, self._saved, self.refused.emit)

    def set_pin(self, person: PersonId, pin: str) -> None:
        """Give a person a new PIN."""
        by, holders = self._session.officer, self._session.stockpile.holders
        act = partial(holders.set_pin, person, pin, by=by)
        self._desk.record(self, act, self._saved, self.refused.emit)

    def erase(self, holder: Holder, reason: str) -> None:
        """Erase what is recorded of a person, for good."""
        by, holders = self._session.officer, self._session.stockpile.holders

        def act() -> tuple[Recorded, str]:
            return holders.erase(holder.id, reason, by=by), holder.name

        self._desk.record(self, act, self._gone, self.refused.emit)

    def bring_in(self, file: Path) -> None:
        """Take people in from a list in a file."""
        by, lists = self._session.officer, self._session.stockpile.holder_lists

        def act() -> tuple[Recorded, ListReport]:
            return lists.bring_in(file, by=by)

        self._desk.record(self, act, self.imported.emit, self.refused.emit)

    def keep_photo(self, file: Path | bytes) -> None:
        """Keep a photo of a person before their record names it."""
        keep = self._session.stockpile.photographs.keep
        self._desk.ask(self, partial(keep, file), self._kept, self.refused.emit, PHOTOS)

    # --- what comes back ------------------------------------------------------------------------

    def _came(self, typed: str, lines: tuple[HolderLine, ...]) -> None:
        if typed == self._typed:  # an answer that was overtaken is nobody's
            self.listed.emit(lines)

    def _show(self, shown: Shown) -> None:
        if shown.account.holder.id == self._chosen:
            self.shown.emit(shown)

    def _kept(self, photo: Photo) -> None:
        self.kept.emit(photo)

    def _saved(self, holder: Holder) -> None:
        self._chosen = holder.id
        self.saved.emit(holder)
        self.choose(holder.id)

    def _gone(self, name: str) -> None:
        self.choose("")
        self.erased.emit(name)

    def _heard(self, recorded: Recorded) -> None:
        if not self._session.is_open:
            return
        if any(isinstance(one.body, PersonRecorded | PersonErased) for one in recorded.facts):
            self.look_up(self._typed)
        elif self._chosen:
            self.choose(self._chosen)


def _lines(stockpile: Stockpile, typed: str) -> tuple[HolderLine, ...]:
    holders = stockpile.holders
    found = holders.find(typed, _FOUND) if typed.strip() else holders.all()
    return tuple(HolderLine(one, stockpile.issuing.clearances(one)) for one in found)


def _shown(stockpile: Stockpile, person: PersonId) -> Shown:
    account = stockpile.holders.account(person)
    return Shown(account, stockpile.issuing.clearances(account.holder))
