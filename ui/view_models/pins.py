"""PINs: who has to prove who they are before an act, one after the other; no screen in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from ui.desk import Desk
from ui.session import Session

if TYPE_CHECKING:
    from stockpile.services.people import SignedIn


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody whose PIN is asked for: as whom, and who, where that is known already.

    ``own`` is the officer signed in; with neither, any other officer may step up. ``prove`` makes
    something else of the PIN than an officer signed in (a holder's signature); it runs on the books
    lane and raises WrongPin.
    """

    role_words: str
    name: str = ""
    own: bool = False
    prove: Callable[[str], object] | None = None


class PinsModel(QObject):
    """The rows of a dialog, and what each PIN opened.

    Signals:
        proved: the row whose PIN was right.
        refused: a row, and why its PIN opened nothing.
        signed: every row is proved: what each PIN opened, in order.
        locked: the desk is locked: no PIN that stands in a row may stay.
        switched: another officer took over.
    """

    proved = Signal(int)
    refused = Signal(int, object)
    signed = Signal(tuple)
    locked = Signal(bool)
    switched = Signal()

    def __init__(self, desk: Desk, session: Session, wanted: Sequence[Wanted]) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        session.locked.connect(self.locked)
        session.switched.connect(self.switched)
        self.wanted = tuple(wanted)
        self._opened: dict[int, object] = {}
        self._asking: set[int] = set()
        self._ids: dict[str, str] = {}

    @property
    def own(self) -> str:
        """Return the name of the officer signed in."""
        return self._session.officer.officer.name

    @property
    def is_asking(self) -> bool:
        """Say whether a PIN is being tried."""
        return bool(self._asking)

    def name(self, row: int, others: Sequence[str] = ()) -> str:
        """Return who is expected in a row: named, signed in, or the second officer of last time."""
        wanted = self.wanted[row]
        if wanted.own or wanted.name:
            return wanted.name or self.own
        if len(others) == 1:
            return others[0]
        last = self._session.settings.second_officer
        return next((one for one in others if self._ids.get(one) == last), "")

    def others(self, show: Callable[[list[str]], None]) -> None:
        """Tell the names of the officers who may step up beside the one signed in."""
        people, own = self._session.stockpile.people, self.own

        def names() -> dict[str, str]:
            return {one.name: one.id for one in people.officers() if one.name != own}

        def known(ids: dict[str, str]) -> None:
            self._ids = ids
            show(list(ids))

        self._desk.ask(self, names, known)

    def is_proved(self, row: int) -> bool:
        """Say whether a row's PIN was right."""
        return row in self._opened

    def try_pin(self, row: int, name: str, pin: str) -> None:
        """Try a PIN; one that is being tried, or was right, is not tried again."""
        if row in self._asking or row in self._opened:
            return
        wanted, people = self.wanted[row], self._session.stockpile.people
        prove = wanted.prove or partial(people.sign_in, name)
        self._asking.add(row)
        self._desk.ask(
            self, lambda: prove(pin), partial(self._opens, row, name), partial(self._refuse, row)
        )

    def _opens(self, row: int, name: str, opened: object) -> None:
        self._asking.discard(row)
        self._opened[row] = opened
        if self._is_second(row):
            self._ids[name] = cast("SignedIn", opened).id
            self._session.remember(second_officer=self._ids[name])
        self.proved.emit(row)
        if len(self._opened) == len(self.wanted):
            self.signed.emit(tuple(self._opened[one] for one in range(len(self.wanted))))

    def _refuse(self, row: int, error: StockpileError) -> None:
        self._asking.discard(row)
        self.refused.emit(row, error)

    def _is_second(self, row: int) -> bool:
        wanted = self.wanted[row]
        return not wanted.own and not wanted.name and wanted.prove is None
