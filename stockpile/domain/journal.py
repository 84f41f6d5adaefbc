"""The states of a marking job, and which may follow which (machine protocol notes, journal rules).

1. ARMED is on the disk before the first START byte, so that no ARMED row means nothing was sent.
2. Only an explicit refusal leads from ARMED to NOT_STARTED; silence never does.
3. After a restart of the program, what was armed or started is unknown, and what was only intended
   or prepared never started.
4. What is unknown is settled by a person who looked at the metal, and by nothing else.
5. A mark that was altered or removed is voided; only then may the weapon be marked anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

JobState = Literal[
    "intent", "prepared", "armed", "started", "done_reported", "verified", "unknown", "not_started",
    "resolved_marked", "resolved_partial", "resolved_not_marked", "voided",
]  # fmt: skip

NEXT: Final[Mapping[JobState, frozenset[JobState]]] = MappingProxyType(
    {
        "intent": frozenset({"prepared", "not_started"}),
        "prepared": frozenset({"armed", "not_started"}),
        "armed": frozenset({"started", "not_started", "unknown"}),
        "started": frozenset({"done_reported", "unknown"}),
        "done_reported": frozenset({"verified", "unknown", "voided"}),
        "verified": frozenset({"voided"}),
        "unknown": frozenset({"resolved_marked", "resolved_partial", "resolved_not_marked"}),
        "not_started": frozenset(),
        "resolved_marked": frozenset({"voided"}),
        "resolved_partial": frozenset(),
        "resolved_not_marked": frozenset(),
        "voided": frozenset(),
    }
)
UNSETTLED: Final[frozenset[JobState]] = frozenset(
    {"intent", "prepared", "armed", "started", "unknown"}
)
"""States that block the weapon and the machine."""
FINISHED: Final[frozenset[JobState]] = frozenset({"done_reported", "verified", "resolved_marked"})
"""States after which the weapon bears the mark of this scheme."""
IN_QUESTION: Final[frozenset[JobState]] = frozenset({"unknown", "done_reported", "started"})
"""States in which somebody has to look at the metal."""


def may_follow(state: JobState, after: JobState) -> bool:
    """Say whether a job in one state may go to the next."""
    return state in NEXT[after]


def after_restart(state: JobState) -> JobState:
    """Return what a job in this state is once the program that ran it is gone."""
    if state in ("armed", "started"):
        return "unknown"
    if state in ("intent", "prepared"):
        return "not_started"
    return state
