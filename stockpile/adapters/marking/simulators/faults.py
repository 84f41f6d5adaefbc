"""What is to go wrong, and at which job: ``pull-mid:continue@2,lose-end``.

A job is counted by the layouts loaded so far; a fault without a number is for every job.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stockpile.domain.errors import FieldUnreadable

KINDS: Mapping[str, frozenset[str]] = {
    "refuse": frozenset(),
    "lose-request": frozenset(),
    "lose-answer": frozenset(),
    "late-answer": frozenset(),
    "answer-twice": frozenset(),
    "lose-end": frozenset(),
    "end-late": frozenset(),
    "garbage": frozenset({"status"}),
    "silent": frozenset(),
    "damage-text": frozenset(),
    "late-text": frozenset(),
    "pull-prepare": frozenset(),
    "pull-start": frozenset({"continue", "stop"}),
    "pull-mid": frozenset({"continue", "stop"}),
    "pull-end": frozenset(),
    "restart-mid": frozenset({"keep"}),
    "estop-mid": frozenset(),
    "pause-mid": frozenset(),
    "busy": frozenset(),
    "fault": frozenset(),
    "simulation": frozenset(),
    "autonomous": frozenset(),
    "no-layout": frozenset(),
    "not-master": frozenset(),
    "damage-answer": frozenset(),
    "xoff": frozenset(),
    "split": frozenset(),
    "wrong-baud": frozenset(),
    "stranger": frozenset(),
    "alarm": frozenset(),
    "door": frozenset(),
    "door-mid": frozenset(),
    "answers-at-end": frozenset(),
    "answers": frozenset(),
    "lenient": frozenset(),
}
"""Every fault, with the options that it takes.

The last ones are no faults but manners that a real machine may have, where its protocol is not
known so well: RUN of a SIC answered at its end, a Couth that answers, and one that checks nothing.
"""

_SPEC = re.compile(r"(?P<kind>[a-z-]+)(?::(?P<option>[a-z]+))?(?:@(?P<job>[1-9][0-9]{0,5}))?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; ``job`` is 0 for every job."""

    kind: str
    option: str = ""
    job: int = 0


class FaultPlan:
    """Which faults are due at which job."""

    def __init__(self, spec: str = "") -> None:
        self._faults = parse(spec)

    def change(self, spec: str) -> None:
        """Plan these faults instead; an empty text plans none. Raises FieldUnreadable."""
        self._faults = parse(spec)

    def at(self, job: int, kind: str) -> Fault | None:
        """Return the fault of this kind that is due at the job."""
        return next((f for f in self._faults if f.kind == kind and f.job in {0, job}), None)


def parse(spec: str) -> tuple[Fault, ...]:
    """Return the faults written in the text, with commas between; raises FieldUnreadable."""
    return tuple(_fault(part.strip()) for part in spec.split(",") if part.strip())


def _fault(text: str) -> Fault:
    found = _SPEC.fullmatch(text)
    options = KINDS.get(found["kind"]) if found else None
    if found is None or options is None:
        raise FieldUnreadable("fault", text)
    option = found["option"] or ""
    if option and option not in options:
        raise FieldUnreadable("fault", text)
    return Fault(found["kind"], option, int(found["job"] or 0))
