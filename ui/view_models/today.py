"""Today: how the day stands, what needs somebody, the backup, and the close; no screen in here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from stockpile.domain.clocks import ClockDoubt
from stockpile.domain.errors import StockpileError
from stockpile.domain.people import Act
from stockpile.services.backups import BackupPlan, Safe
from stockpile.services.day_papers import Day
from stockpile.services.documents import Drawn, Paper
from stockpile.services.people import SignedIn
from stockpile.services.ports import Backup, Recorded
from stockpile.services.proof_days import MOST_DAYS, days_unproved
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk, Work
from ui.later import front_door
from ui.notices import Notices
from ui.session import Session
from ui.view_models.backups import BACKUPS, SafeKeeper, folder_of, use_folder
from ui.view_models.latest import Latest

_DAY_MS: Final = 24 * 60 * 60 * 1000

NeedKind = Literal[
    "overdue", "waybills", "unexplained", "conflicts", "counts", "counts_due", "inspections",
    "unfit", "remarked", "no_backup", "old_backup", "same_disk", "unsent", "restored",
    "backup_missing", "backup_full", "backup_damaged", "backup_trouble",
    "clock_behind", "clock_ahead", "to_confirm", "without_right", "unproved",
]  # fmt: skip
_TROUBLE: Final = MappingProxyType[str, NeedKind](
    {
        "missing": "backup_missing",
        "full": "backup_full",
        "damaged": "backup_damaged",
        "trouble": "backup_trouble",
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the day stands, where; ``restored`` is up to which entry the home came from a backup."""

    day: Day
    site: str
    restored: int = 0
    clock: ClockDoubt | None = None
    """What speaks against this computer's clock, where anything does."""
    to_confirm: int = 0
    without_right: int = 0
    """Acts that wait for a second officer, and entries about whose right two have to decide."""
    retain_persons: int = 0
    """For how many months details of persons are kept after their last act; 0 without a rule."""
    unproved: int = 0
    """For how many days nobody checked the record deeply, where it is time to; else 0."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for somebody, how much of it, and the first weapon where it is one."""

    kind: NeedKind
    count: int = 0
    about: str = ""


def needs(standing: Standing, safe: Safe | None) -> tuple[Need, ...]:
    """Return what waits for somebody, the most pressing first; nothing on a good day."""
    day = standing.day
    counted: tuple[tuple[NeedKind, int], ...] = (
        ("restored", standing.restored), *_of_the_clock(standing.clock),
        ("without_right", standing.without_right), ("to_confirm", standing.to_confirm),
        ("overdue", day.overdue),
        ("waybills", day.waybills_overdue), ("unexplained", day.unexplained),
        ("conflicts", day.conflicts), ("counts", day.counts_open),
        ("counts_due", day.counts_due), ("unfit", day.unfit), ("remarked", len(day.remarked)),
        ("inspections", day.inspections_due), *_of_the_safe(day, safe),
        ("unproved", standing.unproved),
        ("unsent", day.unsent if day.is_enrolled else 0),
    )  # fmt: skip
    first = next(iter(day.remarked), "")
    return tuple(
        Need(kind, count, first if kind == "remarked" else "") for kind, count in counted if count
    )


def _of_the_clock(doubt: ClockDoubt | None) -> tuple[tuple[NeedKind, int], ...]:
    if doubt is None:
        return ()
    return (("clock_behind" if doubt.side == "behind" else "clock_ahead", 1),)


def _of_the_safe(day: Day, safe: Safe | None) -> tuple[tuple[NeedKind, int], ...]:
    if safe is None:
        return ()
    last = max(safe.good_at, safe.last.at if safe.last is not None else 0)
    failed = "missing" if not safe.is_here else safe.failed
    trouble = tuple((kind, 1) for code, kind in _TROUBLE.items() if code == failed)
    if not last:
        return trouble or (("no_backup", 1),)
    days = (day.at - last) // _DAY_MS
    return (*trouble, ("old_backup", days), ("same_disk", int(safe.is_same_disk)))


class TodayModel(QObject):
    """The figures, live; the close of the day, which is a deed with a backup in its middle.

    Signals:
        stands: how the day stands.
        safe_stands: where backups go, and the newest one there.
        began: a backup is being written: the work, for progress and for stopping it.
        closed: the day is closed: its backup, and the file of its sheet.
        backed_up: a backup was written and checked, without a close.
        failed: neither: the error; nothing of it is left.
        head_checked: whether the ledger still has the entry that a typed code names.
        head_refused: the typed text is no head code: the error.
        clock_right: it is on record that somebody looked, and that the clock is right.
    """

    stands = Signal(object)
    safe_stands = Signal(object)
    began = Signal(object)
    closed = Signal(object, object)
    backed_up = Signal(object)
    failed = Signal(object)
    head_checked = Signal(bool)
    head_refused = Signal(object)
    clock_right = Signal()

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._busy = self._watched = False
        self.keeper = SafeKeeper.of(desk, session)
        self.keeper.ended.connect(self.start)
        self._standings = Latest[Standing](desk, self, self.stands.emit, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    @property
    def is_busy(self) -> bool:
        """Say whether a backup is being written."""
        return self._busy

    @property
    def folder(self) -> Path:
        """Return where backups go."""
        return folder_of(self._session)

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def watch(self, *, watched: bool) -> None:
        """Follow what is written, or not: nobody counts for figures that nobody sees."""
        self._watched = watched

    def start(self) -> None:
        """Ask how the day stands, and what lies in the safe."""
        if self._session.is_open:
            self._standings.ask(partial(_standing, self._session.stockpile))
            safe = self._session.stockpile.backups.safe
            question = partial(safe, self.folder, self._identity)
            self._desk.ask(self, question, self.safe_stands.emit, lambda _error: None, BACKUPS)

    def use_folder(self, folder: Path) -> None:
        """Let backups go somewhere else from now on, known by a mark on its disk."""
        start = self.start
        use_folder(self._desk, self._session, self, folder, start, lambda _error: start())

    def close(self, by: SignedIn) -> None:
        """Close the day in this officer's name; pressed twice it runs once."""
        if self._busy:
            return
        work = self._begin()
        deed = self._session.stockpile.days.closing(
            self.folder, by=by, progress=work.step, identity=self._identity
        )

        def done(outcome: Backup | StockpileError) -> None:
            if isinstance(outcome, StockpileError):
                self._fail(outcome)
            else:
                self._print(outcome, by)

        self._desk.perform(self, deed, BACKUPS, done, self._fail)

    def back_up(self) -> None:
        """Write a backup now, without a close."""
        if self._busy:
            return
        work, backups = self._begin(), self._session.stockpile.backups
        by, folder = self._session.officer, self.folder

        def make(plan: BackupPlan) -> None:
            write = partial(backups.make, plan, work.step)
            self._desk.ask(self, write, self._backed_up, self._fail, BACKUPS)

        plan = partial(backups.plan, folder, by=by, identity=self._identity)
        self._desk.ask(self, plan, make, self._fail)

    def find_clock_right(self) -> None:
        """Put on record that the officer looked at another clock and this one is right."""
        if not self._session.is_open:
            return
        clocks, by = self._session.stockpile.clocks, self._session.officer

        def act() -> tuple[Recorded, None]:
            return clocks.found_right(by=by), None

        def done(_nothing: None) -> None:
            self.clock_right.emit()
            self.start()

        self._desk.record(self, act, done, self.failed.emit)

    def check_head(self, text: str) -> None:
        """Ask whether the ledger still has the entry that a head code names."""
        days = self._session.stockpile.days
        self._desk.ask(
            self,
            partial(days.verify_head, text),
            self.head_checked.emit,
            self.head_refused.emit,
        )

    # --- inside -----------------------------------------------------------------------------

    @property
    def _identity(self) -> str:
        """Return the mark of the disk that backups go to."""
        return self._session.settings.backups_identity

    def _begin(self) -> Work:
        self._busy = True
        work = Work()
        self._desk.closing.connect(work.cancel)
        self.began.emit(work)
        return work

    def _print(self, backup: Backup, by: SignedIn) -> None:
        """Draw the sheet of the day that was closed."""
        days, home = self._session.stockpile.days, self._session.stockpile.home

        def draw(paper: Paper | None) -> None:
            last = days.sheet_file(home, self._day_of(backup))
            if paper is not None:
                write = partial(days.draw, paper, last)
                self._desk.ask(self, write, partial(self._end, backup), self._fail, BACKUPS)

        self._desk.ask(self, partial(days.sheet, by=by), draw, self._fail)

    def _day_of(self, backup: Backup) -> str:
        return self._session.stockpile.days.day_at(backup.at)

    def _end(self, backup: Backup, drawn: Drawn) -> None:
        self._busy = False
        self.closed.emit(backup, drawn.file)
        self.start()

    def _backed_up(self, backup: Backup) -> None:
        self._busy = False
        self.backed_up.emit(backup)
        self.start()

    def _fail(self, error: StockpileError) -> None:
        self._busy = False
        self.failed.emit(error)
        self.start()

    def _heard(self, recorded: Recorded) -> None:
        if recorded.facts and self._watched and self._session.is_open:
            self._standings.ask(partial(_standing, self._session.stockpile))


def _standing(stockpile: Stockpile) -> Standing:
    site = stockpile.places.one(stockpile.people.site())
    restored = front_door().restored_up_to(stockpile.home)
    sent = max((one.acknowledged for one in stockpile.books.peers()), default=0)
    days = days_unproved(stockpile.books, stockpile.keys.node, stockpile.days.clock.now())
    # Once a registry took something of the new node, what it held of the old one is here.
    return Standing(
        stockpile.days.summary(),
        site.name,
        0 if sent else restored,
        stockpile.clocks.doubt(),
        stockpile.proposals.count(),
        len(stockpile.judging_entries.all()),
        stockpile.retention.months,
        days if days >= MOST_DAYS else 0,
    )
