"""What is around the weapon at the marking station: machines, schemes, numbers, and the jobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import (
    MachineSet,
    MarkingReason,
    MarkLayoutSet,
    SchemeSet,
    SchemeWord,
)
from stockpile.domain.laying_out import LaidOut
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.schemes import draws_number
from stockpile.domain.values import SchemeId, WeaponId
from stockpile.services.ports import Job
from stockpile.services.stockpile import Stockpile

LAST_JOBS: Final = 6
"""How many of the newest jobs the bench shows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a weapon brought to the bench now would be marked with, where, why, for which order."""

    machine: str = ""
    scheme: SchemeId = MOSAIC_IMPORT
    words: tuple[SchemeWord, ...] = ()
    component: str = ""
    position: str = ""
    reason: MarkingReason = "import"
    order: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as it will stand in its zone."""

    text: str
    laid_out: LaidOut
    layout: MarkLayoutSet


@dataclass(frozen=True, slots=True)
class JobLine:
    """A marking job and what the weapon is called."""

    job: Job
    named: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What is around the weapon.

    ``scheme`` is that of the plan, ``left`` how many of its numbers are left, ``is_low`` whether
    it is time to ask for more; ``draws`` is false of a scheme whose marks have no number;
    ``endless`` are the machines that tell no end.
    """

    machines: tuple[MachineSet, ...] = ()
    schemes: tuple[tuple[SchemeId, SchemeSet], ...] = ()
    scheme: SchemeSet | None = None
    left: int = 0
    is_low: bool = False
    draws: bool = True
    to_settle: tuple[JobLine, ...] = ()
    last: tuple[JobLine, ...] = ()
    endless: frozenset[str] = frozenset()

    def tells_no_end(self, machine: str) -> bool:
        """Say whether a machine tells no end, so that its text is blanked after the read-back."""
        return machine in self.endless

    def machine(self, name: str) -> MachineSet | None:
        """Return the machine of a name."""
        return next((one for one in self.machines if one.name == name), None)


def bench(stockpile: Stockpile, plan: Plan) -> Bench:
    """Return what is around the weapon; on the books lane."""
    marking = stockpile.marking
    doubtful = marking.open_questions()
    last = marking.jobs(newest=LAST_JOBS)
    names = _names(stockpile, [*doubtful, *last])
    schemes = _schemes(stockpile)
    scheme = dict(schemes).get(plan.scheme)
    machines = marking.machines()
    return Bench(
        machines,
        schemes,
        scheme,
        *_numbers(stockpile, plan, scheme),
        tuple(JobLine(one, names.get(one.weapon, "")) for one in doubtful),
        tuple(JobLine(one, names.get(one.weapon, "")) for one in last),
        frozenset(one.name for one in machines if marking.capabilities(one).end == "none"),
    )


def next_text(
    stockpile: Stockpile, plan: Plan, weapon: WeaponId
) -> tuple[str, StockpileError | None]:
    """Return the text that the weapon's next mark would have, or why there can be none."""
    try:
        text = stockpile.marking.next_text(
            plan.scheme, weapon=weapon, words=plan.words, machine=plan.machine
        )
    except StockpileError as error:  # numbers used up, a word not chosen, nothing known of a part
        return "", error
    return text, None


def preview(stockpile: Stockpile, plan: Plan, text: str) -> Preview | None:
    """Return the mark as the machine's layout has it; None where that cannot be said.

    Letters that are the machine's own are shown approximately, and the picture says so.
    """
    try:
        machine = stockpile.marking.machine(plan.machine)
        layout = stockpile.mark_layouts.layout(machine.drawing)
        scheme = stockpile.marking.scheme(plan.scheme)
    except StockpileError:
        return None
    if not stockpile.marking.capabilities(machine).draws:
        layout = replace(layout, font="machine")
    return Preview(text, stockpile.mark_layouts.laid_out(layout, text, scheme), layout)


def _schemes(stockpile: Stockpile) -> tuple[tuple[SchemeId, SchemeSet], ...]:
    return tuple((id_, body) for id_, body in stockpile.schemes.all() if not body.retired)


def _numbers(stockpile: Stockpile, plan: Plan, scheme: SchemeSet | None) -> tuple[int, bool, bool]:
    """Return how many numbers are left, whether that is few, and whether the scheme draws any."""
    if scheme is None or not draws_number(scheme):
        return 0, False, False
    numbers = stockpile.numbers
    return numbers.left(plan.scheme, plan.machine), numbers.low(plan.scheme), True


def _names(stockpile: Stockpile, jobs: Iterable[Job]) -> dict[WeaponId, str]:
    weapons = list(dict.fromkeys(one.weapon for one in jobs))
    rows = stockpile.register.rows(weapons)
    return {row.id: row.serial or row.mark or row.number for row in rows}
