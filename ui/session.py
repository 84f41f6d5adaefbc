"""Who is signed in, in which home, and what this machine remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import DiskTrouble
from stockpile.settings import Settings

if TYPE_CHECKING:  # loaded after the first paint, see ui.later
    from stockpile.domain.people import Act
    from stockpile.services.people import SignedIn
    from stockpile.services.stockpile import Stockpile


class Session(QObject):
    """The open home and the officer before it.

    Signals:
        changed: another officer sits here, or nobody does.
        settings_changed: this machine is to remember something else.
        unsaved: the settings could not be written down: the error; they hold until the end.
    """

    changed = Signal()
    settings_changed = Signal()
    unsaved = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stockpile: Stockpile | None = None
        self._officer: SignedIn | None = None
        self._settings = settings

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
    def settings(self) -> Settings:
        """What this machine remembers."""
        return self._settings

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act, so that a screen can show it first."""
        return self._officer is not None and self._officer.officer.may(act)

    def begin(self, stockpile: Stockpile, officer: SignedIn) -> None:
        """Sit down: a home is open and an officer proved who they are."""
        self._stockpile, self._officer = stockpile, officer
        self.changed.emit()

    def leave(self) -> None:
        """Stand up: nobody is signed in; the home stays open for the next officer."""
        self._officer = None
        self.changed.emit()

    def remember(self, **changes: str) -> None:
        """Change settings of this machine and save them in the open home."""
        self._settings = self._settings.with_(**changes)
        if self._stockpile is not None:
            try:
                self._settings.write(self._stockpile.home)
            except DiskTrouble as error:
                self.unsaved.emit(error)
        self.settings_changed.emit()
