"""The close of a day: the figures, the backup, the fact, and the sheet with the head code.

A close is a deed: the backup is written between two acts, on a lane of its own. The day is closed
only once the backup was read back, opened and checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from stockpile.domain import days, people
from stockpile.domain.count_rules import Due
from stockpile.domain.days import Done
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import (
    DayClosed,
    Draft,
    InvestigationOpened,
    StocktakeOpened,
    WaybillOpened,
)
from stockpile.domain.ledger import Tip, entry_hash, read_header
from stockpile.domain.places import Place
from stockpile.domain.values import Instant, WeaponId
from stockpile.services import clock_entries
from stockpile.services.backups import BackupPlan, Backups
from stockpile.services.day_papers import Day, Sheet, day_sheet
from stockpile.services.deeds import Deed
from stockpile.services.documents import Drawn, Paper, Press
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import (
    Backup,
    Books,
    Clock,
    Keys,
    Progress,
    Recorded,
    Register,
    RegisterFilter,
    RegisterRow,
    silent,
)
from stockpile.services.printed import printing_now
from stockpile.wording import Names

LISTED = 500
"""So many weapons that are out are named on a sheet; the rest are counted."""
_NOTHING = Recorded((), ())


def _nobody_is_due(*, by: SignedIn) -> Recorded:  # noqa: ARG001 - what a rule is asked with
    return _NOTHING


@dataclass(slots=True)
class _Counted:
    """What was counted already, so that live figures read only what is new."""

    day: str = ""
    since: int = -1
    upto: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Days:
    """The desk at six in the evening."""

    books: Books
    register: Register
    people: People
    places: Places
    backups: Backups
    keys: Keys
    clock: Clock
    press: Press
    names: Callable[[], Names]
    counts_due: Callable[[str], Sequence[Due]]
    """Which counts the rules ask for next, given the day (ISO)."""
    remarked: Callable[[], Sequence[WeaponId]]
    """Which weapons came back with a remark that nobody answered yet."""
    erase_by_rule: Callable[..., Recorded] = _nobody_is_due
    """Erase the details of persons that are kept too long by the site's rule; given ``by``."""
    _counted: _Counted = field(default_factory=_Counted, repr=False, compare=False)

    def today(self) -> str:
        """Return the date on the wall, ISO."""
        return days.day_of(self.clock.now(), self.clock.zone())

    def day_at(self, at: Instant) -> str:
        """Return the date on the wall at an instant, ISO."""
        return days.day_of(at, self.clock.zone())

    def summary(self) -> Day:
        """Return how the day stands: what was done since the last close, what is out and late."""
        tip, last = self.books.tip(), self.last()
        count, today = self.register.count, self.today()
        late = self.overdue()
        peers, conflicts = self.books.peers(), self.books.conflicts()
        sent = max((one.acknowledged for one in peers), default=0)
        sheet = last.number if last else 0
        return Day(
            on=today,
            at=self.clock.now(),
            last=last,
            done=self._done(tip, last, today),
            in_store=self._in_store(),
            out=count(RegisterFilter(status="issued")),
            overdue=len(late),
            in_transit=count(RegisterFilter(status="in_transit")),
            waybills_overdue=self._waybills_overdue(),
            counts_open=self._open(StocktakeOpened),
            counts_due=sum(one.is_due(today) for one in self.counts_due(today)),
            unexplained=self._open(InvestigationOpened),
            conflicts=clock_entries.count(self.books),
            unfit=count(RegisterFilter(unfit=True)),
            remarked=tuple(self.remarked()),
            inspections_due=count(RegisterFilter(inspect_by=today)),
            unsent=max(0, tip.number - sent) if peers else tip.number,
            is_enrolled=bool(peers),
            anchored=max(sent, sheet),
            tip=tip,
            on_record=count(RegisterFilter()),
            disputed=len({weapon for one in conflicts for weapon in one.weapons}),
        )

    def overdue(self) -> tuple[RegisterRow, ...]:
        """Return what is out with somebody and should be back by now, the longest late first."""
        now = days.minute_of(self.clock.now(), self.clock.zone())
        among = RegisterFilter(status="issued", due_by=self.today())
        rows = self.register.page("serial", 0, self.register.count(among), among)
        return tuple(
            sorted((row for row in rows if days.is_overdue(row.due, now)), key=lambda row: row.due)
        )

    def last(self) -> DayClosed | None:
        """Return how this node closed a day last."""
        own = days.day_subject(self.keys.node, "")  # numbers of a chain before are no measure here
        closed = [
            one.now
            for one in self.books.references(DayClosed)
            if one.subject.startswith(own) and isinstance(one.now, DayClosed)
        ]
        return max(closed, key=lambda one: one.number, default=None)

    # --- the close --------------------------------------------------------------------------

    def closing(
        self, folder: Path, *, by: SignedIn, progress: Progress = silent, identity: str = ""
    ) -> Deed[BackupPlan, Backup | StockpileError]:
        """Return the deed that closes the day; its outcome is the backup, or why there is none.

        ``identity`` is the mark of the folder's disk, where it has one.
        """
        return Deed(
            partial(self._begin, folder, by, identity),
            lambda plan: self._back_up(plan, progress),
            lambda _plan, made: self._finish(made, by),
        )

    def close(
        self, folder: Path, *, by: SignedIn, progress: Progress = silent, identity: str = ""
    ) -> tuple[Recorded, Backup]:
        """Close the day in one go; raises what the backup raises, with nothing recorded."""
        recorded, made = self.closing(folder, by=by, progress=progress, identity=identity).perform()
        if isinstance(made, StockpileError):
            raise made
        return recorded, made

    def sheet(self, *, by: SignedIn) -> Paper | None:
        """Return the sheet of the day that was closed last; on the books lane."""
        closed = self.last()
        if closed is None:
            return None
        among = RegisterFilter(status="issued")
        out = self.register.page("place", 0, LISTED, among)
        fact = self.books.history(days.day_subject(self.keys.node, closed.on))[-1]
        told = Sheet(
            day=self.summary(),
            closed=closed,
            site=self._site(),
            out=out,
            more_out=max(0, self.register.count(among) - len(out)),
            overdue=self.overdue()[:LISTED],
            names=self.names(),
            fact=fact,
        )
        printing = printing_now(self.books, self.clock, by.officer.name)
        return day_sheet(told, printing)

    def draw(self, paper: Paper, file: Path) -> Drawn:
        """Draw a sheet; on any lane; raises DiskFull, DiskTrouble."""
        file.parent.mkdir(parents=True, exist_ok=True)
        return self.press.draw(paper, file)

    def sheet_file(self, home: Path, day: str) -> Path:
        """Return where a day's sheet lies in the home."""
        return home / "papers" / f"day-{day}.pdf"

    # --- the head code ----------------------------------------------------------------------

    def verify_head(self, text: str) -> bool:
        """Say whether this node's ledger still has exactly the entry that a head code names.

        Raises FieldUnreadable where the text is no head code.
        """
        code = days.read_head(text)
        number = int(code.partition("-")[0])
        found = self.books.entries(self.keys.node, number - 1, 1) if number else ()
        if not found:
            return False
        header = read_header(found[0].header)
        return header.c == number and days.is_head(
            code, Tip(number, header.f + header.k - 1, entry_hash(found[0].header))
        )

    # --- inside -----------------------------------------------------------------------------

    def _begin(self, folder: Path, by: SignedIn, identity: str) -> tuple[Recorded, BackupPlan]:
        people.authorise(by.officer, "close_day")
        plan = self.backups.plan(folder, by=by, identity=identity)
        return self.erase_by_rule(by=by), plan  # before the backup: it need not hold them

    def _back_up(self, plan: BackupPlan, progress: Progress) -> Backup | StockpileError:
        try:
            return self.backups.make_somewhere(plan, progress)
        except StockpileError as error:
            return error

    def _finish(self, made: Backup | StockpileError, by: SignedIn) -> Recorded:
        if isinstance(made, StockpileError):
            return _NOTHING
        day, tip = self.summary(), self.books.tip()
        subject = days.day_subject(self.keys.node, day.on)
        before = self.books.reference(subject)
        body = DayClosed(
            day.on, day.done.movements, day.out, day.overdue + day.waybills_overdue,
            day.unexplained + day.conflicts, tip.number, tip.hash, made.file.name,
        )  # fmt: skip
        draft = Draft(subject, body, before.heads if before else ())
        return self.books.record([draft], by=by.id, signers=[by.key])

    def _done(self, tip: Tip, last: DayClosed | None, today: str) -> Done:
        """Count what was done since the last close; where none ever was, since midnight."""
        held = self._counted
        if last is not None:
            since = last.number
        elif held.day == today and held.since <= tip.number:
            since = held.since
        else:
            since = self._before(tip, today)
        if (held.day, held.since) != (today, since) or held.upto > tip.number:
            held.day, held.since, held.upto = today, since, since
            held.kinds.clear()
        held.kinds.update(dict(self.books.tally(held.upto)))
        held.upto = tip.number
        return days.done(held.kinds.items())

    def _before(self, tip: Tip, today: str) -> int:
        """Return the number of the last entry before a day began, by this node's own clock."""
        low, high = 0, tip.number
        while low < high:
            middle = (low + high + 1) // 2
            header = read_header(self.books.entries(self.keys.node, middle - 1, 1)[0].header)
            if days.day_of(header.t, self.clock.zone()) < today:
                low = middle
            else:
                high = middle - 1
        return low

    def _site(self) -> Place:
        return self.places.one(self.people.site())

    def _in_store(self) -> int:
        """Count what is neither out, nor under way, nor lost, nor destroyed."""
        gone = {"issued", "in_transit", "lost", "destroyed", "disputed", "unregistered"}
        return sum(count for status, count in self.register.tally() if status not in gone)

    def _waybills_overdue(self) -> int:
        today = self.today()
        return sum(
            days.is_overdue(one.now.due, f"{today} 00:00")
            for one in self.books.references(WaybillOpened)
            if isinstance(one.now, WaybillOpened)
        )

    def _open(self, kind: type) -> int:
        """Count what was opened and not ended: its opening still stands."""
        return sum(isinstance(one.now, kind) for one in self.books.references(kind))
