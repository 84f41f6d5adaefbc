"""Planning a marking campaign: what is unmarked, how fast it really goes here, what it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from stockpile.domain import campaigns
from stockpile.domain.campaigns import Means, Pace, Plan, Turn
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.journal import FINISHED
from stockpile.domain.values import SchemeId
from stockpile.services.campaign_paper import Sheet, campaign_sheet
from stockpile.services.documents import Drawn, Paper, Press
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Clock, MarkJournal, Register, RegisterFilter
from stockpile.services.printed import printing_now

MOST_WEAPONS: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan is asked for: how many weapons, when it begins (ISO), with what means.

    ``assumed`` is weapons a working hour at one machine, taken only while too little was measured.
    """

    weapons: int
    scheme: SchemeId
    means: Means
    begins: str = ""
    assumed: float = 0.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """The plan, the pace it stands on, and the last day by the calendar at each pace (ISO)."""

    plan: Plan
    pace: Pace
    ends: str = ""
    ends_slow: str = ""


@dataclass(frozen=True, slots=True)
class Campaigns:
    """The planner's table."""

    books: Books
    register: Register
    journal: MarkJournal
    numbers_left: Callable[[SchemeId], int]
    clock: Clock
    press: Press

    def unmarked(self, place: str = "") -> int:
        """Return how many weapons on record bear no mark of ours, at a place or anywhere."""
        return self.register.count(RegisterFilter(place=place, marked=False))

    def pace(self, machine: str = "") -> Pace | None:
        """Return the pace measured by the journal of this computer; None where there is none."""
        turns = (
            Turn(job.machine, job.opened_at, job.state in FINISHED)
            for job in self.journal.jobs()
            if machine in ("", job.machine)
        )
        return campaigns.measured(turns)

    def forecast(self, wanted: Wanted) -> Forecast:
        """Return what a campaign takes; raises FieldUnreadable where a figure makes no sense."""
        if wanted.weapons > MOST_WEAPONS:
            raise FieldUnreadable("weapons", str(wanted.weapons))
        pace = self.pace()
        if pace is None or not pace.is_enough:
            pace = _assumed(wanted.assumed)
        plan = campaigns.plan(wanted.weapons, pace, wanted.means, self.numbers_left(wanted.scheme))
        return Forecast(
            plan,
            pace,
            _last_day(wanted.begins, plan.usual.calendar_days),
            _last_day(wanted.begins, plan.slow.calendar_days),
        )

    def sheet(self, wanted: Wanted, *, by: SignedIn) -> Paper:
        """Return the plan as a paper to be signed for: days, people, fuel, pins, numbers."""
        printing = printing_now(self.books, self.clock, by.officer.name)
        found = self.forecast(wanted)
        sheet = Sheet(
            found.plan, found.pace, wanted.means, wanted.begins, found.ends, found.ends_slow
        )
        return campaign_sheet(sheet, printing)

    def draw(self, paper: Paper, file: Path) -> Drawn:
        """Draw the sheet; on any lane; raises DiskFull, DiskTrouble."""
        file.parent.mkdir(parents=True, exist_ok=True)
        return self.press.draw(paper, file)


def _assumed(an_hour: float) -> Pace:
    """Return a pace that nobody measured; its slow end is half of it, for want of better."""
    if not 0 < an_hour <= 3600:  # noqa: PLR2004 - a weapon a second is no marking
        raise FieldUnreadable("pace", str(an_hour))
    return Pace(an_hour, an_hour / 2, 0, 0.0, 0.0)


def _last_day(begins: str, days: int) -> str:
    if not begins:
        return ""
    try:
        return (date.fromisoformat(begins) + timedelta(days=max(0, days - 1))).isoformat()
    except (ValueError, OverflowError) as error:
        raise FieldUnreadable("begins", begins) from error
