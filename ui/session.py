"""Who is signed in, in which home, and what this machine remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stockpile.domain.badges import read_badge
from stockpile.domain.errors import DiskFull, DiskTrouble
from stockpile.settings import Settings

if TYPE_CHECKING:  # loaded after the first paint, see ui.later
    from stockpile.domain.people import Act
    from stockpile.services.people import SignedIn
    from stockpile.services.stockpile import Stockpile


class Session(QObject):
    """The open home and the officer before it.

    Signals:
        changed: a home was opened and an officer sat down, or nobody sits here any more.
        switched: another officer took over at the same desk, or what this one may do changed: the
            page and what is half-typed stay, rights are shown anew.
        locked: the desk is locked (True), or somebody proved who they are (False).
        diverted: a scanner on a port read what is not for a page: a badge, or behind a lock.
        touched: a scan came in on a port: somebody is here.
        settings_changed: this machine is to remember something else.
        unsaved: the settings could not be written down: the error; they hold until the end.
    """

    changed = Signal()
    switched = Signal()
    locked = Signal(bool)
    diverted = Signal(str)
    touched = Signal()
    settings_changed = Signal()
    unsaved = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stockpile: Stockpile | None = None
        self._officer: SignedIn | None = None
        self._settings = settings
        self._is_locked = False
        self.is_heard = False
        """Whether somebody listens to the scanner on its port; it has one listener only."""

    @property
    def stockpile(self) -> Stockpile:
        """The open home; only asked while one is open."""
        assert self._stockpile is not None
        return self._stockpile

    @property
    def officer(self) -> SignedIn:
        """The officer signed in; only asked while one is."""
        assert self._officer is not None
        return self._officer

    @property
    def is_open(self) -> bool:
        """Say whether a home is open and an officer signed in."""
        return self._stockpile is not None and self._officer is not None

    @property
    def is_locked(self) -> bool:
        """Say whether the desk is locked; what is under way goes on, nothing new begins."""
        return self._is_locked

    @property
    def settings(self) -> Settings:
        """What this machine remembers."""
        return self._settings

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act, so that a screen can show it first."""
        return self._officer is not None and self._officer.officer.may(act)

    def begin(self, stockpile: Stockpile, officer: SignedIn) -> None:
        """Sit down: a home is open and an officer proved who they are."""
        self._stockpile, self._officer, self._is_locked = stockpile, officer, False
        self._settings = self._settings.unsealed(_kept(stockpile))
        self.changed.emit()

    def leave(self) -> None:
        """Stand up: nobody is signed in; the home stays open for the next officer."""
        self._officer, self._is_locked = None, False
        self.changed.emit()

    def lock(self) -> None:
        """Lock the desk: whoever goes on proves who they are first."""
        if self.is_open and not self._is_locked:
            self._is_locked = True
            self.locked.emit(True)

    def unlock(self, officer: SignedIn) -> None:
        """Go on, with the officer who proved who they are: the same one or another."""
        before, self._officer, self._is_locked = self.officer, officer, False
        if officer.officer != before.officer:
            self.switched.emit()
        self.locked.emit(False)

    def reseat(self, officer: SignedIn) -> None:
        """Know the officer before the desk by what they may do now."""
        self._officer = officer
        self.switched.emit()

    def divert(self, text: str) -> bool:
        """Take a scan of a port away from the pages: behind a lock, and a badge always."""
        self.touched.emit()
        if not (self._is_locked or read_badge(text)):
            return False
        self.diverted.emit(text)
        return True

    def prefer(self, **changes: str) -> None:
        """Change settings before a home is open; they are written down once somebody sits there."""
        self._settings = self._settings.with_(**changes)

    def remember(self, **changes: str) -> None:
        """Change settings of this machine and save them in the open home."""
        self._settings = self._settings.with_(**changes)
        if self._stockpile is not None:
            try:
                self._settings.write(self._stockpile.home)
                self._stockpile.notes.keep(self._settings.sealed())
            except (DiskFull, DiskTrouble) as error:
                self.unsaved.emit(error)
        self.settings_changed.emit()


def _kept(stockpile: Stockpile) -> dict[str, str]:
    """Return what lay half done on the desk; nothing where the disk does not give it."""
    try:
        return stockpile.notes.read()
    except DiskTrouble:
        return {}
