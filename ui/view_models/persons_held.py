"""What is held about a person, handed out by two; and whose details are kept too long."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from stockpile.domain.facts import GuardSet, PersonErased, PersonRecorded, WeaponReturned
from stockpile.domain.people import Act
from stockpile.services.people import SignedIn
from stockpile.services.persons_held import Disclosed
from stockpile.services.ports import Recorded
from ui.desk import Desk
from ui.session import Session

_FOLDER: Final = "handed-out"
_CHANGES: Final = (PersonRecorded, PersonErased, WeaponReturned, GuardSet)


class PersonsHeldModel(QObject):
    """The desk of personal data.

    Signals:
        due: the names of those whose details are kept too long, and the months of the rule.
        disclosed: what is held was handed out: the files.
        erased: of so many people the details are erased by the rule.
        refused: what was wanted did not come about: the error.
    """

    due = Signal(tuple, int)
    disclosed = Signal(object)
    erased = Signal(int)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        desk.recorded.connect(self._heard)

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    @property
    def folder(self) -> Path:
        """The folder that is offered for what is handed out: outside the home."""
        return self._session.stockpile.home.parent / _FOLDER

    def look(self) -> None:
        """Ask whose details are kept too long; without a rule nobody's are."""
        retention = self._session.stockpile.retention

        def question() -> tuple[tuple[str, ...], int]:
            return tuple(one.holder.name for one in retention.due()), retention.months

        self._desk.ask(self, question, lambda told: self.due.emit(*told))

    def disclose(
        self, person: str, to: str, ground: str, folder: Path, signed: tuple[SignedIn, SignedIn]
    ) -> None:
        """Hand out what is held about a person; two officers signed."""
        by, witness = signed
        desk = self._session.stockpile.persons_held
        act = partial(desk.disclose, person, to, ground, folder, by=by, witness=witness)
        self._desk.record(self, act, self._disclosed, self.refused.emit)

    def erase_due(self) -> None:
        """Erase the details of all who are due by the rule."""
        retention, by = self._session.stockpile.retention, self._session.officer

        def act() -> tuple[Recorded, int]:
            recorded = retention.erase_due(by=by)
            return recorded, sum(isinstance(one.body, PersonErased) for one in recorded.facts)

        self._desk.record(self, act, self.erased.emit, self.refused.emit)

    def _disclosed(self, made: Disclosed) -> None:
        self.disclosed.emit(made)

    def _heard(self, recorded: Recorded) -> None:
        if not self._session.is_open:
            return
        if any(isinstance(one.body, _CHANGES) for one in recorded.facts):
            self.look()
