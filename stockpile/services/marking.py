"""The marking bench: the intent first, then the metal, then the outcome, then the read-back.

What a run of a machine is stands in ``mark_runs``, what is seen on the metal in ``mark_sights``,
and what a restart settles in ``mark_settling``; this is the bench that people work at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from stockpile.domain import marking, people
from stockpile.domain.errors import MarkNotPossible, SchemeRetired, StockpileError
from stockpile.domain.facts import (
    Commissioning,
    Fact,
    MachineSet,
    MarkingBegun,
    MarkingReason,
    MarkingResolved,
    SchemeSet,
    SchemeWord,
)
from stockpile.domain.marking import MOSAIC_IMPORT, ReadBack, Settlement, Sight, Verdict
from stockpile.domain.paces import Pace
from stockpile.domain.schemes import demand_part, parts_due
from stockpile.domain.values import JobId, SchemeId, WeaponId, new_id, tidied
from stockpile.domain.weapons import Weapon
from stockpile.services.deeds import Deed
from stockpile.services.machines import Found, Machines
from stockpile.services.mark_layouts import MarkLayouts
from stockpile.services.mark_runs import Intent, MarkRuns, Outcome, Permit, WorkOrder
from stockpile.services.mark_settling import MarkSettling
from stockpile.services.mark_sights import Find, MarkSights
from stockpile.services.numbers import Numbers
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Capabilities,
    Chance,
    Clock,
    Frame,
    Job,
    Markers,
    MarkJournal,
    Recorded,
    Work,
)
from stockpile.services.schemes import Schemes
from stockpile.services.signing import Second

__all__ = ["Intent", "Marking", "Outcome", "ReadBack", "Verdict", "WorkOrder"]

_NOTHING: Final = Recorded((), ())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the bench for one weapon."""

    weapon: WeaponId
    machine: str
    scheme: SchemeId
    order: str = ""
    words: tuple[SchemeWord, ...] = ()
    component: str = ""
    position: str = ""
    reason: MarkingReason = "import"


@dataclass(frozen=True, slots=True)
class _Made:
    """What a mark will be: its number and block, what goes to the machine, by which layout."""

    scheme: SchemeSet
    number: int
    block: str
    work: Work
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """The marking bench of this node."""

    books: Books
    journal: MarkJournal
    markers: Markers
    schemes: Schemes
    numbers: Numbers
    layouts: MarkLayouts
    find: Find
    clock: Clock
    chance: Chance

    # --- machines -------------------------------------------------------------------------------

    @property
    def plant(self) -> Machines:
        """The machines' desk."""
        return Machines(self.books, self.journal, self.markers, self.clock)

    def set_machine(self, machine: MachineSet, *, by: SignedIn) -> Recorded:
        """Put a machine on record, or its new settings; the same settings again change nothing."""
        return self.plant.set(machine, by=by)

    def machines(self) -> tuple[MachineSet, ...]:
        """Return the machines on record, by name."""
        return self.plant.all()

    def machine(self, name: str) -> MachineSet:
        """Return a machine by name; raises MachineUnknown."""
        return self.plant.machine(name)

    def probe(self, machine: MachineSet) -> tuple[str, str]:
        """Ask a machine who and how it is; nothing moves."""
        return self.plant.probe(machine)

    def capabilities(self, machine: MachineSet) -> Capabilities:
        """Return what a machine's driver can promise, without opening it; raises MachineUnknown."""
        return self.plant.capabilities(machine)

    def commission(self, name: str, said: Commissioning, *, by: SignedIn) -> Recorded:
        """Put on record what was found out about a machine before it cut metal here."""
        return self.plant.commission(name, said, by=by)

    def binding(self, name: str, *, by: SignedIn) -> Deed[MachineSet, Found]:
        """Ask a machine for its identity and layout, and approve both: no other is marked with."""
        return self.plant.binding(name, by=by)

    def bind(self, name: str, *, by: SignedIn) -> tuple[Recorded, Found]:
        """Take all steps of ``binding`` in a row; raises PortMissing, MachineSilent, PortLost."""
        return self.binding(name, by=by).perform()

    def blanking(self, name: str) -> Deed[MachineSet, bool]:
        """Blank a machine's text: after the read-back, where the machine tells no end."""
        return self.plant.blanking(name)

    def wire(self, job: JobId) -> tuple[Frame, ...]:
        """Return what went over the machine's wire for a job; raises JobUnknown."""
        return self.journal.wire(job)

    def pace(self, machine: str = "") -> tuple[Pace, ...]:
        """Return the measured pace of each machine that marked anything, or of one."""
        return self.plant.pace(machine)

    # --- schemes and numbers --------------------------------------------------------------------

    def scheme(self, scheme: SchemeId = MOSAIC_IMPORT) -> SchemeSet:
        """Return a marking scheme as it stands; raises SchemeUnknown."""
        return self.schemes.scheme(scheme)

    def numbers_left(self, scheme: SchemeId = MOSAIC_IMPORT) -> int:
        """Return how many marking numbers this node has left."""
        return self.numbers.left(scheme)

    def next_text(
        self,
        scheme: SchemeId = MOSAIC_IMPORT,
        weapon: WeaponId | None = None,
        words: Iterable[SchemeWord] = (),
        machine: str = "",
    ) -> str:
        """Return the text that the next mark will have: on this weapon, or on an invented one.

        Raises NumbersUsedUp, FieldMissing for what is not known, FieldUnreadable.
        """
        body = self.scheme(scheme)
        number = self.numbers.next(scheme, machine)
        if weapon is None:
            return self.schemes.preview(body, tuple(words), number)
        return self.schemes.text(body, self.books.weapon(weapon), number, tuple(words))

    def second_part(self, scheme: SchemeId, weapon: WeaponId) -> str | None:
        """Return the part that must bear the mark as well, on a frame of plastic without a plate.

        It is "" where any part of metal will do, and None where one mark is enough.
        """
        due = parts_due(self.scheme(scheme), self.books.weapon(weapon))
        return due[1] if len(due) > 1 else None

    # --- one mark -------------------------------------------------------------------------------

    def mark(
        self,
        weapon: WeaponId,
        machine: str,
        scheme: SchemeId = MOSAIC_IMPORT,
        *,
        by: SignedIn,
        order: str = "",
        words: Iterable[SchemeWord] = (),
        component: str = "",
        position: str = "",
        reason: MarkingReason = "import",
        witness: SignedIn | None = None,
    ) -> Deed[Intent, Outcome]:
        """Mark a weapon: the returned deed states the intent, moves the metal, writes the outcome.

        Its ``begin`` raises AlreadyMarked, MarkingStillOpen, NumbersUsedUp, SameSpot,
        MarkNotPossible and other refusals. What looks like marking again is always a new deed.
        """
        asked = _Asked(
            weapon,
            machine,
            scheme,
            order,
            tuple(words),
            tidied(component),
            tidied(position),
            reason,
        )
        return Deed(
            begin=partial(self._begin, asked, by, witness),
            act=MarkRuns(self.journal, self.markers, self.clock).run,
            finish=partial(self._finish, by),
        )

    def verify(
        self, job: JobId, read: str, how: Sight, *, by: SignedIn, photo: str = ""
    ) -> tuple[Recorded, ReadBack]:
        """Take the read-back of a mark; what reads otherwise is unknown until somebody looks."""
        return self._sights.verify(job, read, how, by=by, photo=photo)

    def unreadable(self, job: JobId, *, by: SignedIn) -> ReadBack:
        """Note that a mark could not be read: once, other light may help; then eyes must."""
        return self._sights.unreadable(job, by=by)

    def resolve(
        self,
        job: JobId,
        outcome: Settlement,
        reason: str,
        read: str = "",
        photo: str = "",
        *,
        by: SignedIn,
        how: Sight = "scan",
        witness: Second | None = None,
    ) -> Recorded:
        """Settle a doubtful marking by what was seen on the metal: a scan or a photo of it.

        ``photo`` is the digest of a kept photo. What was read by eye (``how`` typed) needs a second
        officer. Raises SightMissing, ReasonMissing, ReadsOtherwise, JobNotOpen.
        """
        said = MarkingResolved(job, outcome, reason, read, photo)
        return self._sights.resolve(said, how=how, by=by, witness=witness)

    def void(self, job: JobId, reason: str, *, by: SignedIn, witness: Second | None) -> Recorded:
        """Void a mark that was altered or removed; two officers sign, its number is burnt."""
        return self._sights.void(job, reason, by=by, witness=witness)

    def needs_read_back(self, job: JobId) -> bool:
        """Say whether the mark must be read back before the next one."""
        return self._sights.needs_read_back(job)

    def jobs(self, *, unsettled: bool = False, newest: int = 0) -> tuple[Job, ...]:
        """Return marking jobs, newest first; at most so many, all of them where it is 0."""
        return self.journal.jobs(unsettled=unsettled, newest=newest)

    def open_questions(self) -> tuple[Job, ...]:
        """Return the jobs whose metal somebody has to look at, oldest first."""
        return self.journal.in_question()

    def settle_after_restart(self) -> Recorded:
        """Bring journal and ledger to one mind after the program ended in the middle of a job.

        A job that was ARMED or further is unknown; one that was not cannot have begun. Called once
        when the books are opened, and harmless when there is nothing to settle.
        """
        return self._settling.after_restart()

    def told(self, known: Sequence[Fact]) -> None:
        """Tell the journal what was decided about marks by an officer and, later, a second one."""
        self._settling.told(known)

    # --- the first step and the last ------------------------------------------------------------

    def _begin(
        self, asked: _Asked, by: SignedIn, witness: SignedIn | None
    ) -> tuple[Recorded, Intent]:
        people.authorise(by.officer, "mark")
        machine = self.machine(asked.machine)
        self._settling.lapsed(asked.weapon, asked.scheme, machine.name)
        weapon = self.books.weapon(asked.weapon)
        marking.demand_unmarked(weapon, asked.scheme)
        made = self._made(asked, weapon, machine)
        now = self.clock.now()
        job = self._job(asked, made, machine)
        begun = MarkingBegun(
            job.job, asked.scheme, job.text, made.number, machine.name, asked.reason,
            job.component, job.position, made.scheme.version, made.layout, asked.order,
            made.block,
        )  # fmt: skip
        draft = marking.begin(weapon, begun)
        self.journal.open_job(job)
        witnesses = () if witness is None else (witness.id,)
        try:
            recorded = self.books.record([draft], by=by.id, witnesses=witnesses)
        except StockpileError as error:
            with suppress(StockpileError):  # the next opening settles it
                self.journal.note(job.job, "not_started", str(error))
            raise
        permit = Permit(job.job, now, now + marking.PERMIT_SECONDS * 1000)
        order = WorkOrder(job.text, made.layout, job.component, job.position)
        by_hand = self.capabilities(machine).by_hand
        return recorded, Intent(
            job, machine, permit.until, permit, made.work, order if by_hand else None,
            self.plant.run_seconds(machine.name),
        )  # fmt: skip

    def _job(self, asked: _Asked, made: _Made, machine: MachineSet) -> Job:
        now = self.clock.now()
        return Job(
            JobId(new_id(now, self.chance.bytes(10))),
            asked.weapon,
            asked.scheme,
            made.work.text,
            machine.name,
            "intent",
            now,
            driver=machine.driver,
            component=asked.component or made.scheme.component,
            position=asked.position,
            layout=made.layout or machine.layout,
            fingerprint=machine.fingerprint,
            order=asked.order,
        )

    def _finish(self, by: SignedIn, intent: Intent, outcome: Outcome) -> Recorded:
        if outcome.state == "started":
            return _NOTHING
        weapon = self.books.weapon(intent.job.weapon)
        if marking.applied_job(weapon, outcome.job).state == outcome.state:
            return _NOTHING  # its permit ran out meanwhile, and that is on record
        draft = marking.end(weapon, outcome.job, outcome.state, outcome.evidence)
        return self.books.record([draft], by=by.id)

    # --- what the mark is -----------------------------------------------------------------------

    def _made(self, asked: _Asked, weapon: Weapon, machine: MachineSet) -> _Made:
        """Return what will be cut; raises the refusals of scheme, spot, numbers and machine."""
        scheme = self.scheme(asked.scheme)
        if scheme.retired:
            raise SchemeRetired(scheme.name)
        demand_part(scheme, weapon, asked.component, asked.position, asked.reason)
        marking.demand_clean_spot(weapon, asked.component, asked.position, scheme.component)
        number, block = self.numbers.drawn(asked.scheme, machine.name)
        text = self.schemes.text(scheme, weapon, number, asked.words)
        promised = self.capabilities(machine)
        if promised.draws:
            work, layout = self._drawn(scheme, text, machine)
            return _Made(scheme, number, block, work, layout)
        _demand_sendable(text, promised)
        return _Made(scheme, number, block, Work(text))

    def _drawn(self, scheme: SchemeSet, text: str, machine: MachineSet) -> tuple[Work, str]:
        """Lay the text out for a machine that is told every dot; raises MarkNotPossible."""
        layout = self.layouts.layout(machine.drawing)
        laid = self.layouts.laid_out(layout, text, scheme)
        if laid.problems:
            raise MarkNotPossible(text, laid.problems[0].said)
        name = f"{layout.name}, {layout.version}"
        return Work(text, laid.drawing), name

    # --- who does the rest ----------------------------------------------------------------------

    @property
    def _settling(self) -> MarkSettling:
        return MarkSettling(self.books, self.journal, self.clock)

    @property
    def _sights(self) -> MarkSights:
        return MarkSights(self.books, self.journal, self.plant, self.find, self.clock, self.chance)


def _demand_sendable(text: str, promised: Capabilities) -> None:
    """Raise MarkNotPossible before a number is drawn for what this machine cannot be sent."""
    if len(text) > promised.longest_text:
        raise MarkNotPossible(text, f"> {promised.longest_text}")
    foreign = "".join(one for one in dict.fromkeys(text) if one not in promised.alphabet)
    if foreign and not promised.draws:
        raise MarkNotPossible(text, foreign)
