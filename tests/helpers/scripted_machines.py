"""A marking machine in a script: what it answers, where the program dies, what was really cut."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from stockpile.domain.errors import PortMissing
from stockpile.domain.facts import MachineSet
from stockpile.domain.values import WeaponId
from stockpile.services.marking import Marking
from stockpile.services.ports import (
    Capabilities,
    EndResult,
    Evidence,
    MachineState,
    StartResult,
)
from tests.helpers.house import House

ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -.")
TELLS = Capabilities(
    evidence=3, can_read_back=True, can_abort=True, longest_text=40, alphabet=ALPHABET, end="told"
)
SILENT = Capabilities(
    evidence=0, can_read_back=False, can_abort=False, longest_text=40, alphabet=ALPHABET, end="none"
)


class Died(BaseException):
    """The program ended here: no handler of the program sees it."""


def nothing(_where: str) -> None:
    """Let everything go on."""


@dataclass
class ScriptedMachine:
    """The port ``Markers`` and its one ``Marker``: ``at`` is told each moment and may raise."""

    capable: Capabilities = TELLS
    who: str = "S/N 1"
    layout_digest: str = "f" * 64
    start_says: StartResult = StartResult.ACCEPTED
    end_says: EndResult = EndResult.DONE
    at: Callable[[str], None] = nothing
    is_there: bool = True
    starts: list[str] = field(default_factory=list)
    blanked: int = 0
    waited: list[float] = field(default_factory=list)
    text: str = ""

    # --- Markers ---

    def open(self, machine, tap=None):
        if not self.is_there:
            raise PortMissing(machine.url, "gone")
        self.at("open")
        self.tap = tap or (lambda _way, _bytes: None)
        return self

    def capabilities(self, _machine):
        return self.capable

    def plugged(self):
        return ()

    # --- Marker ---

    start_bytes = b"GO\r"

    def identity(self):
        return self.who

    def status(self):
        return MachineState.READY

    def fingerprint(self):
        return self.layout_digest

    def prepare(self, work):
        self.at("prepare")
        self.tap("out", b"TEXT " + work.text.encode())
        self.text = work.text

    def start(self):
        self.at("start")
        self.tap("out", self.start_bytes)
        if self.start_says is not StartResult.REFUSED:
            self.starts.append(self.text)
        self.at("started")
        return self.start_says

    def watch(self, seconds):
        self.waited.append(seconds)
        self.at("watch")
        self.tap("in", b"DONE")
        return self.end_says

    def evidence(self):
        return Evidence(MachineState.READY, self.text)

    def disarm(self):
        self.at("disarm")
        self.text = ""
        self.blanked += 1

    def abort(self):
        pass

    def close(self):
        pass


def dies(where: str) -> Callable[[str], None]:
    """Return a script in which the program dies at this moment."""

    def at(moment: str) -> None:
        if moment == where:
            raise Died(moment)

    return at


@dataclass(frozen=True)
class Bench:
    """A bench of its own in a house that tests share: one machine, and weapons that are new."""

    house: House
    machine: ScriptedMachine
    marking: Marking
    name: str

    @property
    def by(self):
        """The officer at the bench."""
        return self.house.officer

    def weapon(self) -> WeaponId:
        """A weapon that nobody marked yet."""
        return self.house.register(f"KB {next(_numbers)}")

    def deed(self, weapon=None, **said):
        """The deed of marking a weapon, a new one where none is named."""
        return self.marking.mark(weapon or self.weapon(), self.name, by=self.by, **said)

    def mark(self, weapon=None, **said):
        """Mark a weapon and return what came of it."""
        return self.deed(weapon, **said).perform()[1]

    def state(self, job) -> tuple[str, str]:
        """How a job stands in the journal and in the ledger."""
        known = self.marking.journal.job(job)
        weapon = self.house.stockpile.books.weapon(known.weapon)
        return known.state, next((one.state for one in weapon.applied if one.job == job), "")

    def other(self, **changed) -> Bench:
        """The same bench with other parts."""
        return replace(self, marking=replace(self.marking, **changed))


def a_bench(house: House, **said) -> Bench:
    """A new bench with a scripted machine on it."""
    machine = ScriptedMachine()
    marking = replace(house.stockpile.marking, markers=machine)
    name = f"bench {next(_numbers)}"
    marking.set_machine(MachineSet(name, "tl07", "x", **said), by=house.officer)
    return Bench(house, machine, marking, name)


_numbers = itertools.count(1)
