"""Restoring a backup: what it would bring and lose, and who approves it. No screen in here."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import FileUnreadable
from stockpile.settings import Settings
from ui.desk import Desk, Work
from ui.later import front_door
from ui.session import Session
from ui.view_models.backups import BACKUPS

if TYPE_CHECKING:  # loaded after the first paint, see ui.later
    from stockpile.services.ports import Backup
    from stockpile.services.restoring import Approval, Preview, Restored


class RestoringModel(QObject):
    """A restore in the place of a home, which is open at this desk, or damaged and cannot be.

    Signals:
        began: a backup is being read, or restored: the work.
        previewed: what it would bring and lose.
        unreadable: it is no backup, or damaged: the error.
        restored: the home is made of it.
        refused: it is not, and all is as it was: the error.
    """

    began = Signal(object)
    previewed = Signal(object)
    unreadable = Signal(object)
    restored = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, home: Path) -> None:
        super().__init__()
        self._desk, self._session, self._home = desk, session, home

    @property
    def home(self) -> Path:
        """Return the home that is to be replaced."""
        return self._home

    @property
    def is_open(self) -> bool:
        """Say whether that home is open at this desk: then the next start replaces it."""
        return self._session.is_open and self._session.stockpile.home == self._home

    @property
    def officer(self) -> str:
        """Return who sits here, by name; nobody where the home is not open."""
        return self._session.officer.officer.name if self.is_open else ""

    def folder(self) -> Path:
        """Return where backups of the home went, as far as its settings can be read."""
        try:
            said = Settings.read(self._home).backups
        except FileUnreadable:
            said = ""
        usual = self._home.parent / f"{self._home.name}-backups"
        return Path(said) if said and Path(said).is_dir() else usual

    def newest(self) -> Path | None:
        """Return the backup that was written last in that folder, where there is any."""
        try:
            found = sorted(self.folder().glob("*.backup"), key=lambda one: one.stat().st_mtime)
        except OSError:
            return None
        return found[-1] if found else None

    def look(self, file: Path) -> None:
        """Read a backup whole, and say what it would bring and lose."""
        work = self._begin()
        if not self.is_open:
            look = partial(front_door().preview_backup, file, self._home, work.step)
            self._desk.ask(self, look, self.previewed.emit, self.unreadable.emit, BACKUPS)
            return
        stockpile = self._session.stockpile

        def compare(backup: Backup) -> None:
            ask = partial(stockpile.restoring.compare, backup)
            self._desk.ask(self, ask, self.previewed.emit, self.unreadable.emit)

        check = partial(stockpile.backups.check, file, work.step)
        self._desk.ask(self, check, compare, self.unreadable.emit, BACKUPS)

    def restore(self, preview: Preview, approval: Approval) -> None:
        """Make the home of the backup that was looked at, approved by two of its officers."""
        work = self._begin()
        file = preview.backup.file

        def go(_allowed: None = None) -> None:
            restore = partial(
                front_door().restore_backup,
                file,
                self._home,
                approval,
                in_place=True,
                progress=work.step,
            )
            self._desk.ask(self, restore, self._restored, self.refused.emit, BACKUPS)

        if self.is_open:
            allow = partial(self._session.stockpile.restoring.allow, approval)
            self._desk.ask(self, allow, go, self.refused.emit)
        else:
            go()

    # --- inside -----------------------------------------------------------------------------

    def _begin(self) -> Work:
        work = Work()
        self._desk.closing.connect(work.cancel)
        self.began.emit(work)
        return work

    def _restored(self, made: Restored) -> None:
        self.restored.emit(made)
