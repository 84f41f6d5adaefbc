"""May this weapon bear this mark, and what if the machine stopped half way?

1. A weapon bears one mark of a scheme; an attempt that is not settled forbids the next.
2. A number is drawn in order from blocks granted to this node and never used again, come what may.
3. The intent stands on record before any metal moves; silence of the machine is *unknown*.
4. A mark that reads back as another text is unknown too: a person looks at the metal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from stockpile.domain.custody import demand_in_account
from stockpile.domain.errors import (
    AlreadyMarked,
    FieldMissing,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
    NumbersUsedUp,
    ReasonMissing,
)
from stockpile.domain.facts import (
    BlockGranted,
    Draft,
    MarkingBegun,
    MarkingEnded,
    MarkingResolved,
    MarkVerified,
    SchemeSet,
)
from stockpile.domain.serials import fold
from stockpile.domain.values import Instant, JobId, SchemeId, tidied
from stockpile.domain.weapons import Applied, Weapon

PERMIT_SECONDS: Final = 60
"""How long a permission to start lasts; it is used up by one start."""

MOSAIC_IMPORT: Final = SchemeId("MOSAIC_IMPORT_FULL")
SEED_SCHEMES: Final = (
    (
        MOSAIC_IMPORT,
        SchemeSet(
            name="MOSAIC import mark",
            pattern="{iso2} {yy} {seq}",
            digits=6,
            source="MOSAIC 05.30: country and year of import and a unique serial number on weapons"
            " not adequately marked; height and depth: Directive (EU) 2019/68 as amended 2024/325",
        ),
    ),
)

_PART: Final = re.compile(r"\{(iso2|yy|seq)\}")
Settlement = Literal["marked", "partial", "unmarked"]


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers that this node may use, first to last."""

    lo: int
    hi: int


def text_of(scheme: SchemeSet, country: str, at: Instant, number: int) -> str:
    """Return the text of a mark: two-letter country code, two digits of the year, the number."""
    if not country:
        raise FieldMissing("country")
    year = datetime.fromtimestamp(at / 1000, UTC).year
    parts = {"iso2": country, "yy": f"{year % 100:02d}", "seq": f"{number:0{scheme.digits}d}"}
    return _PART.sub(lambda match: parts[match[1]], scheme.pattern)


def next_number(scheme: str, blocks: Iterable[Block], used: frozenset[int]) -> int:
    """Return the lowest free number of the blocks; raise NumbersUsedUp."""
    number = next(_free(blocks, used), None)
    if number is None:
        raise NumbersUsedUp(scheme)
    return number


def numbers_left(blocks: Iterable[Block], used: frozenset[int]) -> int:
    """Return how many numbers of the blocks are free."""
    return sum(1 for _ in _free(blocks, used))


def block_of(body: BlockGranted) -> Block:
    """Return the block that a grant names."""
    return Block(body.lo, body.hi)


def demand_unmarked(weapon: Weapon, scheme: SchemeId) -> None:
    """Raise AlreadyMarked or MarkingStillOpen if a mark of the scheme stands or may stand."""
    demand_in_account(weapon)
    for one in weapon.standing_marks:
        if one.scheme != scheme:
            continue
        if one.state in ("begun", "unknown"):
            raise MarkingStillOpen(weapon.id, one.job)
        raise AlreadyMarked(weapon.id, one.text)


def begin(weapon: Weapon, intent: MarkingBegun) -> Draft:
    """State the intent to mark; raises AlreadyMarked, MarkingStillOpen, CustodyDisputed."""
    demand_unmarked(weapon, intent.scheme)
    return Draft(weapon.id, intent, weapon.heads.marking)


def end(
    weapon: Weapon, job: JobId, outcome: Literal["marked", "not_started", "unknown"], evidence: str
) -> Draft:
    """State what the machine's run came to."""
    _demand_state(weapon, job, "begun")
    return Draft(weapon.id, MarkingEnded(job, outcome, evidence), weapon.heads.marking)


def reads_as(expected: str, read: str) -> bool:
    """Say whether a text read from the metal is the text that was sent.

    Spaces, dashes and case do not count, nor does what a reader cannot tell apart (O and 0).
    """
    return fold(tidied(expected)) == fold(tidied(read))


def verify(weapon: Weapon, job: JobId, read: str, how: Literal["scan", "typed", "photo"]) -> Draft:
    """Answer a read-back: verified where it reads as sent, else unknown until somebody looks."""
    applied = _demand_state(weapon, job, "marked", "verified", "unknown")
    if reads_as(applied.text, read):
        return Draft(weapon.id, MarkVerified(job, tidied(read), how), weapon.heads.marking)
    doubt = MarkingEnded(job, "unknown", f"read back as {tidied(read)}")
    return Draft(weapon.id, doubt, weapon.heads.marking)


def resolve(weapon: Weapon, job: JobId, outcome: Settlement, reason: str, read: str = "") -> Draft:
    """Settle a doubtful marking by what a person saw on the metal."""
    if not reason.strip():
        raise ReasonMissing("resolve_mark")
    _demand_state(weapon, job, "unknown")
    settled = MarkingResolved(job, outcome, reason.strip(), tidied(read))
    return Draft(weapon.id, settled, weapon.heads.marking)


def applied_job(weapon: Weapon, job: JobId) -> Applied:
    """Return the weapon's mark of this job; raises JobUnknown."""
    for one in weapon.applied:
        if one.job == job:
            return one
    raise JobUnknown(job)


def _demand_state(weapon: Weapon, job: JobId, *states: str) -> Applied:
    applied = applied_job(weapon, job)
    if applied.state not in states:
        raise JobNotOpen(job, applied.state)
    return applied


def _free(blocks: Iterable[Block], used: frozenset[int]) -> Iterator[int]:
    for block in sorted(blocks, key=lambda one: one.lo):
        yield from (number for number in range(block.lo, block.hi + 1) if number not in used)
