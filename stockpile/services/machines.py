"""The marking machines of this node: who they are, what they can promise, and how fast they are."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import people
from stockpile.domain.errors import MachineRefused, MachineUnknown, Refused, Unavailable
from stockpile.domain.facts import Commissioning, Draft, MachineSet
from stockpile.domain.paces import Pace, pace_of
from stockpile.domain.values import tidied
from stockpile.services.deeds import Deed
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Capabilities,
    Clock,
    Job,
    Marker,
    Markers,
    MarkJournal,
    PluggedPort,
    Recorded,
)

WITNESS_STEP: Final = 2
"""The step of commissioning that proves that a restart clears the machine's text."""
LEAST_RUN_SECONDS: Final = 40.0
"""How long a run is waited for at least, until a machine's own times are known."""
_RUNS: Final = 20
_NOTHING: Final = Recorded((), ())


@dataclass(frozen=True, slots=True)
class Found:
    """What a machine says of itself: who it is, and the digest of its layout; "" where unsaid."""

    identity: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Machines:
    """The machines' desk. What opens a port is a deed: its act runs on the machine's lane."""

    books: Books
    journal: MarkJournal
    markers: Markers
    clock: Clock

    def set(self, machine: MachineSet, *, by: SignedIn) -> Recorded:
        """Put a machine on record, or its new settings; the same settings again change nothing."""
        people.authorise(by.officer, "set_machine")
        subject = f"machine:{tidied(machine.name).casefold()}"
        known = self.books.reference(subject)
        if known is not None and known.now == machine:
            return _NOTHING
        heads = known.heads if known is not None else ()
        return self.books.record([Draft(subject, machine, heads)], by=by.id)

    def all(self) -> tuple[MachineSet, ...]:
        """Return the machines on record, by name."""
        found = (one.now for one in self.books.references(MachineSet))
        machines = [one for one in found if isinstance(one, MachineSet)]
        return tuple(sorted(machines, key=lambda one: one.name))

    def machine(self, name: str) -> MachineSet:
        """Return a machine by name; raises MachineUnknown."""
        wanted = tidied(name).casefold()
        for machine in self.all():
            if machine.name.casefold() == wanted:
                return machine
        raise MachineUnknown(name)

    def capabilities(self, machine: MachineSet) -> Capabilities:
        """Return what a machine's driver can promise, without opening it; raises MachineUnknown."""
        return self.markers.capabilities(machine)

    def promised(self, job: Job) -> Capabilities | None:
        """Return what the driver promises that ran a job; None where there is no such driver."""
        with suppress(MachineUnknown):
            return self.markers.capabilities(MachineSet(job.machine, self._driver(job), ""))
        return None

    def plugged(self) -> tuple[PluggedPort, ...]:
        """Return the serial ports that are plugged now; it touches no books."""
        return self.markers.plugged()

    def probe(self, machine: MachineSet) -> tuple[str, str]:
        """Ask a machine who and how it is; nothing moves."""
        marker = self.markers.open(machine)
        try:
            return marker.identity(), marker.status().value
        finally:
            marker.close()

    def commission(self, name: str, said: Commissioning, *, by: SignedIn) -> Recorded:
        """Put on record what was found out about a machine before it cut metal here.

        Where its restart was seen to clear the text, that is a witness from now on.
        """
        machine = self.machine(name)
        passed = {check.step for check in said.checks if check.result == "passed"}
        proven = WITNESS_STEP in passed
        return self.set(replace(machine, commissioning=said, witness_proven=proven), by=by)

    def binding(self, name: str, *, by: SignedIn) -> Deed[MachineSet, Found]:
        """Ask a machine for its identity and layout, and approve both: no other is marked with.

        Its act raises PortMissing, MachineSilent, PortLost; then nothing is recorded.
        """

        def begin() -> tuple[Recorded, MachineSet]:
            people.authorise(by.officer, "set_machine")
            return _NOTHING, self.machine(name)

        def finish(machine: MachineSet, found: Found) -> Recorded:
            bound = replace(machine, identity=found.identity, fingerprint=found.fingerprint)
            return self.set(bound, by=by)

        return Deed(begin, self._ask, finish)

    def blanking(self, name: str) -> Deed[MachineSet, bool]:
        """Blank a machine's text, so that no pedal marks it again; false if it is out of reach.

        Needed after the read-back of a machine that tells no end: until then it may be at work.
        """

        def begin() -> tuple[Recorded, MachineSet]:
            return _NOTHING, self.machine(name)

        return Deed(begin, self._blank, lambda _machine, _done: _NOTHING)

    def run_seconds(self, machine: str) -> float:
        """Return how long a run is waited for: twice the longest measured one and ten seconds."""
        runs = self.journal.runs(machine, _RUNS)
        longest = max((one.done_at - one.armed_at for one in runs if one.done_at), default=0)
        return max(LEAST_RUN_SECONDS, 2 * longest / 1000 + 10)

    def pace(self, machine: str = "") -> tuple[Pace, ...]:
        """Return the measured pace of each machine that marked anything, by name; or of one."""
        named = self.machine(machine).name if machine else ""
        return paces(self.journal, self.clock.zone(), named)

    # --- on the machine's lane ------------------------------------------------------------------

    def _ask(self, machine: MachineSet) -> Found:
        marker = self.markers.open(replace(machine, identity="", fingerprint=""))
        try:
            return Found(told_identity(marker), marker.fingerprint())
        finally:
            marker.close()

    def _blank(self, machine: MachineSet) -> bool:
        try:
            marker = self.markers.open(machine)
        except (Unavailable, Refused):
            return False
        return let_go(marker)

    def _driver(self, job: Job) -> str:
        if job.driver:
            return job.driver
        with suppress(MachineUnknown):
            return self.machine(job.machine).driver
        return ""


def told_identity(marker: Marker) -> str:
    """Return who a machine says it is; "" for one that does not know the question."""
    with suppress(MachineRefused):
        return marker.identity()
    return ""


def let_go(marker: Marker) -> bool:
    """Blank the machine's text so that a pedal cannot mark it again, and close the port.

    False for a lost or silent machine: it cannot be blanked, and the job's outcome says so already.
    """
    try:
        marker.disarm()
    except (Unavailable, Refused):
        return False
    finally:
        marker.close()
    return True


def paces(journal: MarkJournal, zone: int, machine: str = "") -> tuple[Pace, ...]:
    """Return the pace of each machine by the journal."""
    runs = journal.runs(machine)
    names: Iterable[str] = sorted({one.machine for one in runs})
    return tuple(
        pace_of(name, [one for one in runs if one.machine == name], zone) for name in names
    )
