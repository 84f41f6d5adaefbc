"""May this weapon bear this mark, and what if the machine stopped half way?

1. A weapon bears one mark of a scheme; an attempt that is not settled forbids the next.
2. A number is drawn in order (see ``blocks``) and never used again, come what may.
3. The intent stands on record before any metal moves; silence of the machine is *unknown*.
4. A mark that reads back as another text is unknown too: a person looks at the metal.
5. What is settled is settled by a scan or a photo of the metal, never by words alone.
6. A spoiled or voided mark burns its number, and nothing is ever marked at its spot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from typing import Final, Literal

from stockpile.domain.custody import demand_in_account
from stockpile.domain.errors import (
    AlreadyMarked,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
    ReadsOtherwise,
    ReasonMissing,
    SameSpot,
    SightMissing,
)
from stockpile.domain.facts import (
    Draft,
    MarkingBegun,
    MarkingEnded,
    MarkingResolved,
    MarkVerified,
    MarkVoided,
)
from stockpile.domain.schemes import matrix_text
from stockpile.domain.serials import fold
from stockpile.domain.values import Digest, JobId, SchemeId, WeaponId, tidied
from stockpile.domain.weapons import Applied, Weapon

PERMIT_SECONDS: Final = 60
"""How long a permission to start lasts; it is used up by one start."""

MOSAIC_IMPORT: Final = SchemeId("MOSAIC_IMPORT_FULL")
Settlement = Literal["marked", "partial", "unmarked"]
Sight = Literal["scan", "typed", "photo"]
"""How a mark was read: by a scanner, by a person's eyes, or from a picture."""
_SPOILED: Final = frozenset({"partial", "voided"})


class Verdict(Enum):
    """What a read-back says of a mark."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"
    ANOTHERS = "anothers"
    """The text is the mark of another weapon on record: the wrong weapon was marked."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The verdict on a mark, whose mark it is if another's, and how often it was unreadable.

    Unreadable once, it is tried again in other light; twice, a person reads it, without being shown
    what should stand there.
    """

    verdict: Verdict
    other: WeaponId | None = None
    tries: int = 0

    @property
    def needs_eyes(self) -> bool:
        """Whether a person is to read the mark now."""
        return self.verdict is Verdict.UNREADABLE and self.tries > 1


def demand_unmarked(weapon: Weapon, scheme: SchemeId) -> None:
    """Raise AlreadyMarked or MarkingStillOpen if a mark of the scheme stands or may stand."""
    demand_in_account(weapon)
    for one in weapon.standing_marks:
        if one.scheme != scheme:
            continue
        if one.state in ("begun", "unknown"):
            raise MarkingStillOpen(weapon.id, one.job)
        raise AlreadyMarked(weapon.id, one.text)


def demand_clean_spot(weapon: Weapon, component: str, position: str, usual: str) -> None:
    """Raise SameSpot if a partial or voided mark stands there; ``usual`` is the unsaid component.

    Whatever was begun there was cut into the metal: another mark over it can never be read.
    """
    wanted = _spot(component or usual, position)
    for one in weapon.applied:
        if one.state in _SPOILED and _spot(one.component or usual, one.position) == wanted:
            raise SameSpot(weapon.id, component or usual, position)


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


# --- what is seen on the metal ------------------------------------------------------------------


def reads_as(expected: str, read: str) -> bool:
    """Say whether a text that a person read from the metal is the text that was sent.

    Spaces, dashes and case do not count, nor does what an eye cannot tell apart (O and 0).
    """
    return fold(tidied(expected)) == fold(tidied(read))


def is_equal(expected: str, read: str, how: Sight) -> bool:
    """Say whether a read-back is the text that was sent: a scan's characters, or a person's.

    What a machine reads is compared as it is; a Data Matrix holds the text without its signs.
    """
    if how == "typed":
        return reads_as(expected, read)
    return read.strip() in (expected, matrix_text(expected))


def verify(
    weapon: Weapon, job: JobId, read: str, how: Sight, photo: str = "", *, untold: bool = False
) -> Draft:
    """Answer a read-back: verified where it reads as sent, else unknown until somebody looks.

    ``untold``: the machine tells no end, so that the read-back is all that speaks for one.
    """
    states: tuple[str, ...] = ("marked", "verified", "unknown")
    applied = _demand_state(weapon, job, *states, *(("begun",) if untold else ()))
    kept = (Digest(photo),) if photo else ()
    body: MarkVerified | MarkingEnded
    if is_equal(applied.text, read, how):
        body = MarkVerified(job, tidied(read), how, photo)
    else:
        body = MarkingEnded(job, "unknown", f"read back as {tidied(read)}")
    return Draft(weapon.id, body, weapon.heads.marking, attachments=kept)


def resolve(weapon: Weapon, said: MarkingResolved) -> Draft:
    """Settle a doubtful marking by what a person saw on the metal.

    Raises ReasonMissing, SightMissing (neither read nor photographed), ReadsOtherwise.
    """
    if not said.reason.strip():
        raise ReasonMissing("resolve_mark")
    applied = _demand_state(weapon, said.job, "unknown")
    if not said.read.strip() and not said.photo:
        raise SightMissing(said.job)
    if said.outcome == "marked" and said.read.strip() and not reads_as(applied.text, said.read):
        raise ReadsOtherwise(applied.text, tidied(said.read))
    settled = replace(said, reason=said.reason.strip(), read=tidied(said.read))
    kept = (Digest(said.photo),) if said.photo else ()
    return Draft(weapon.id, settled, weapon.heads.marking, attachments=kept)


def void(weapon: Weapon, job: JobId, reason: str) -> Draft:
    """Burn the number of a mark that is spoiled, altered or removed; raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing("void_mark")
    _demand_state(weapon, job, "marked", "verified", "partial")
    return Draft(weapon.id, MarkVoided(job, reason.strip()), weapon.heads.marking)


def needs_read_back(earlier: Iterable[bool], every: int) -> bool:
    """Say whether this mark is to be read back, where every so-manieth is.

    ``earlier`` says of the marks that this machine made before, newest first, whether each was.
    """
    return not any(islice(earlier, max(every, 1) - 1))


def applied_job(weapon: Weapon, job: JobId) -> Applied:
    """Return the weapon's mark of this job; raises JobUnknown."""
    for one in weapon.applied:
        if one.job == job:
            return one
    raise JobUnknown(job)


def _spot(component: str, position: str) -> tuple[str, str]:
    return tidied(component).casefold(), tidied(position).casefold()


def _demand_state(weapon: Weapon, job: JobId, *states: str) -> Applied:
    applied = applied_job(weapon, job)
    if applied.state not in states:
        raise JobNotOpen(job, applied.state)
    return applied
