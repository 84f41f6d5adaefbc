"""The keys of the store on a screen: how it is locked, and what two officers may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import StockpileError
from stockpile.services.keys import KeyDesk, KeyState
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest
from ui.view_models.proving import Prover

KeyAct = Literal["passphrase", "renew", "sheet", "keyring_on", "keyring_off"]


@dataclass(frozen=True, slots=True)
class KeysShown:
    """How the home is locked, and by name whose signing keys are older than its own key."""

    state: KeyState
    unrenewed: tuple[str, ...] = ()


class KeysModel(QObject):
    """The keys.

    Signals:
        came: how the home is locked now.
        began: all records are being sealed anew: the work, which cannot be stopped.
        done: an act of two officers was done: which.
        refused: it was not: which, and the error.
        drawn: a recovery sheet lies there to be printed: its number, and the files of its halves.
        destroyed: its files are gone.
    """

    came = Signal(object)
    began = Signal(object)
    done = Signal(str)
    refused = Signal(str, object)
    drawn = Signal(str, tuple)
    destroyed = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.desk, self.session = desk, session
        self._states = Latest[KeysShown](desk, self, self.came.emit, notices.trouble)
        session.changed.connect(self.start)

    @property
    def may(self) -> bool:
        """Say whether the officer's role includes changing keys."""
        return self.session.may("rotate_keys")

    def start(self) -> None:
        """Ask how the home is locked."""
        if self.session.is_open:
            stockpile = self.session.stockpile
            self._states.ask(lambda: _shown(stockpile))

    def change_passphrase(self, old: str, new: str, witness: SignedIn) -> None:
        """Give the store another passphrase."""
        by = self.session.officer
        self._do(
            "passphrase",
            lambda keys: keys.change_passphrase(old, new, by=by, witness=witness),
        )

    def renew(self, passphrase: str, witness: SignedIn) -> None:
        """Give the books another key."""
        by, work = self.session.officer, Work()
        if (prover := self.desk.findChild(Prover)) is not None:
            prover.stop()  # it copies the books under the key that is going
        self.began.emit(work)
        self._do(
            "renew",
            lambda keys: keys.renew(passphrase, by=by, witness=witness, progress=work.step),
        )

    def use_keyring(self, passphrase: str, witness: SignedIn, *, on: bool) -> None:
        """Want a secret of this computer's keyring beside the passphrase, or want it no more."""
        by = self.session.officer
        self._do(
            "keyring_on" if on else "keyring_off",
            lambda keys: keys.use_keyring(passphrase, on=on, by=by, witness=witness),
        )

    def make_sheet(self, witness: SignedIn) -> None:
        """Draw a recovery sheet, a paper for each of two people."""
        by, keys = self.session.officer, self.session.stockpile.key_desk

        def act() -> tuple[Recorded, tuple[str, tuple[Path, Path]]]:
            recorded, made = keys.make_sheet(by=by, witness=witness)
            first, second = made.halves
            return recorded, (made.sheet, (first.file, second.file))

        def drawn(told: tuple[str, tuple[Path, Path]]) -> None:
            self.drawn.emit(*told)
            self._end("sheet")

        self.desk.record(self, act, drawn, lambda error: self.refused.emit("sheet", error))

    def destroy_papers(self) -> None:
        """Overwrite and remove the files of the sheet."""
        keys = self.session.stockpile.key_desk
        self.desk.ask(self, keys.destroy_papers, lambda _gone: self.destroyed.emit())

    def _do(self, what: KeyAct, act: Callable[[KeyDesk], Recorded]) -> None:
        keys = self.session.stockpile.key_desk

        def refused(error: StockpileError) -> None:
            self.refused.emit(what, error)

        self.desk.record(self, lambda: (act(keys), None), lambda _none: self._end(what), refused)

    def _end(self, what: KeyAct) -> None:
        self.done.emit(what)
        self.start()


def _shown(stockpile: Stockpile) -> KeysShown:
    state, names = stockpile.key_desk.state(), stockpile.names()
    officers = {one.id for one in stockpile.people.officers()}
    return KeysShown(state, tuple(names.of(one) for one in state.unrenewed if one in officers))
