"""The safe: backups written by themselves, by hand, checked; where they go. No screen in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from stockpile.domain.backups import Every, read_every
from stockpile.domain.errors import StockpileError
from stockpile.domain.people import Act
from stockpile.domain.values import Instant
from stockpile.services.backups import BackupPlan, Backups, Held, Safe
from stockpile.services.ports import Backup
from stockpile.settings import Settings
from ui.desk import Desk, Work
from ui.lanes import Refusal
from ui.session import Session

BACKUPS: Final = "backups"
"""The lane on which backups are written and read, so that the books go on beside it."""
_LOOK_MS: Final = 60_000
_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class InSafe:
    """How the safe stands, what lies in it, how often it is filled, and when that was asked."""

    safe: Safe
    held: tuple[Held, ...]
    every: Every
    now: Instant


def use_folder(
    desk: Desk,
    session: Session,
    owner: QObject,
    folder: Path,
    used: Callable[[], None],
    refused: Refusal,
) -> None:
    """Let backups go somewhere else from now on, known by a mark on its disk."""

    def chosen(identity: str) -> None:
        if session.settings.backups == str(folder):  # not yet another one again
            session.remember(backups_identity=identity)
        used()

    session.remember(backups=str(folder), backups_identity="")
    desk.ask(owner, partial(session.stockpile.backups.choose, folder), chosen, refused, BACKUPS)


def folder_of(session: Session) -> Path:
    """Return where backups go: the folder that was chosen, or the one beside the home."""
    said = session.settings.backups
    return Path(said) if said else session.stockpile.backups.usual_folder()


class SafeKeeper(QObject):
    """Writes a backup when one is due and its disk is here; looks once a minute, on its own lane.

    There is one for a desk. Nobody waits for it; what it writes is told, and can be stopped.

    Signals:
        began: a backup is being written by itself: the work.
        ended: it was written and checked, or was not: nothing more is told here.
    """

    began = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk)
        self._desk, self._session = desk, session
        self._busy = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        desk.closing.connect(self._timer.stop)
        session.changed.connect(self._begin)
        self._begin()

    @staticmethod
    def of(desk: Desk, session: Session) -> SafeKeeper:
        """Return the keeper of a desk, engaged when it is first asked for."""
        found = desk.findChild(SafeKeeper)
        return found if found is not None else SafeKeeper(desk, session)

    def look(self) -> None:
        """Write a backup where one is due and its disk is here."""
        if self._busy or not self._session.is_open:
            return
        settings, backups = self._session.settings, self._session.stockpile.backups
        every, folder = read_every(settings.backups_every), folder_of(self._session)
        if every == "never":
            return
        self._busy = True
        identity = settings.backups_identity
        question = partial(backups.is_ready, every, folder, identity)
        self._desk.ask(self, question, partial(self._go_on, folder, identity), self._stop, BACKUPS)

    # --- inside -----------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._session.is_open:
            self._timer.start()
        else:
            self._timer.stop()

    def _go_on(self, folder: Path, identity: str, is_ready: bool) -> None:
        if not is_ready or not self._session.is_open:
            self._busy = False
            return
        backups = self._session.stockpile.backups
        plan = partial(backups.plan, folder, by=None, identity=identity)
        self._desk.ask(self, plan, self._make, self._stop)

    def _make(self, plan: BackupPlan) -> None:
        if not self._session.is_open:
            self._busy = False
            return
        work = Work()
        self._desk.closing.connect(work.cancel)
        self.began.emit(work)
        make = partial(self._session.stockpile.backups.make, plan, work.step)
        self._desk.ask(self, make, self._end, self._stop, BACKUPS)

    def _end(self, _made: Backup) -> None:
        self._busy = False
        self.ended.emit()

    def _stop(self, _error: StockpileError) -> None:
        """Go on looking: what went wrong is remembered and told on Today and in the settings."""
        self._busy = False
        self.ended.emit()


class BackupsModel(QObject):
    """The safe, for the settings.

    Signals:
        came: how the safe stands and what lies in it.
        began: something is being written or read: the work, and whether it is a backup.
        made: a backup was written and checked.
        checked: a backup was found whole.
        pruned: older ones made room: how many.
        failed: none of these: the error.
    """

    came = Signal(object)
    began = Signal(object, bool)
    made = Signal(object)
    checked = Signal(object)
    pruned = Signal(int)
    failed = Signal(object)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._busy = False
        self.keeper = SafeKeeper.of(desk, session)
        self.keeper.ended.connect(self.start)

    @property
    def desk(self) -> Desk:
        """Return the desk, for the dialogs of the page."""
        return self._desk

    @property
    def session(self) -> Session:
        """Return who sits here, for the dialogs of the page."""
        return self._session

    @property
    def is_busy(self) -> bool:
        """Say whether something is being written or read."""
        return self._busy

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def start(self) -> None:
        """Ask how the safe stands."""
        if self._session.is_open:
            plan = partial(self._plan, None)
            self._desk.ask(self, plan, self._look, lambda _error: None)

    def use_folder(self, folder: Path) -> None:
        """Let backups go somewhere else from now on, known by a mark on its disk."""
        use_folder(self._desk, self._session, self, folder, self.start, self.failed.emit)

    def use_every(self, every: Every) -> None:
        """Let backups be written as often as this from now on."""
        self._session.remember(backups_every=every)
        self.start()

    def make(self) -> None:
        """Write a backup now."""
        if self._busy:
            return
        work, by = self._begin(is_backup=True), self._session.officer

        def write(plan: BackupPlan) -> None:
            make = partial(self._session.stockpile.backups.make, plan, work.step)
            self._desk.ask(self, make, self._made, self._fail, BACKUPS)

        self._desk.ask(self, partial(self._plan, by), write, self._fail)

    def check(self, file: Path) -> None:
        """Prove every byte of a backup."""
        if self._busy:
            return
        work = self._begin(is_backup=False)
        check = partial(self._session.stockpile.backups.check, file, work.step)
        self._desk.ask(self, check, self._checked, self._fail, BACKUPS)

    def prune(self) -> None:
        """Check what was not checked yet, then let go of what the rule does not keep."""
        if self._busy:
            return
        work = self._begin(is_backup=False)

        def prune(plan: BackupPlan) -> None:
            go = partial(self._session.stockpile.backups.prune, plan, work.step)
            self._desk.ask(self, go, self._pruned, self._fail, BACKUPS)

        self._desk.ask(self, partial(self._plan, self._session.officer), prune, self._fail)

    # --- inside -----------------------------------------------------------------------------

    def _plan(self, by: object) -> BackupPlan:
        officer = self._session.officer if by is not None else None
        return self._session.stockpile.backups.plan(
            folder_of(self._session), by=officer, identity=self._session.settings.backups_identity
        )

    def _look(self, plan: BackupPlan) -> None:
        question = partial(_in_safe, self._session.stockpile.backups, plan, self._session.settings)
        self._desk.ask(self, question, self.came.emit, lambda _error: None, BACKUPS)

    def _begin(self, *, is_backup: bool) -> Work:
        self._busy = True
        work = Work()
        self._desk.closing.connect(work.cancel)
        self.began.emit(work, is_backup)
        return work

    def _made(self, backup: Backup) -> None:
        self._busy = False
        self.made.emit(backup)
        self.start()

    def _checked(self, backup: Backup) -> None:
        self._busy = False
        self.checked.emit(backup)
        self.start()

    def _pruned(self, gone: tuple[Backup, ...]) -> None:
        self._busy = False
        self.pruned.emit(len(gone))
        self.start()

    def _fail(self, error: StockpileError) -> None:
        self._busy = False
        self.failed.emit(error)
        self.start()


def _in_safe(backups: Backups, plan: BackupPlan, settings: Settings) -> InSafe:
    safe = backups.safe(plan.folder, plan.identity, plan.nodes)
    held = backups.held(safe.folder, plan.nodes) if safe.is_here else ()
    return InSafe(safe, held[:_LISTED], read_every(settings.backups_every), plan.at)
