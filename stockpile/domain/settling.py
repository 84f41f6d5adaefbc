"""How a contradiction about one weapon is settled: by a person, naming every head, with a reason.

Nothing is settled by a clock and nothing is deleted: a settlement is one more fact, which replaces
all facts that contradict each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from stockpile.domain.errors import FieldMissing, JobUnknown, ReasonMissing
from stockpile.domain.facts import CustodySettled, Draft, MarksSettled
from stockpile.domain.values import JobId, PlaceId
from stockpile.domain.weapons import Weapon


def settle_custody(weapon: Weapon, place: PlaceId | None, reason: str) -> Draft:
    """Say where the weapon is, over all that contradicts it; raises ReasonMissing, FieldMissing."""
    if place is None:
        raise FieldMissing("place")
    said = _reason(reason)
    seen = tuple(one.fact for one in weapon.sightings)
    return Draft(weapon.id, CustodySettled(place, said), weapon.heads.custody, saw=seen)


def settle_marks(
    weapon: Weapon, standing: Sequence[JobId], reason: str, accepted: Sequence[JobId] = ()
) -> Draft:
    """Say which of our marks stand on the metal; raises ReasonMissing, JobUnknown.

    ``accepted`` are those whose numbers are good though they lie outside their block.
    """
    said = _reason(reason)
    known = {one.job for one in weapon.applied}
    stranger = next((job for job in standing if job not in known), None)
    if stranger is not None:
        raise JobUnknown(stranger)
    return Draft(
        weapon.id, MarksSettled(tuple(standing), said, tuple(accepted)), weapon.heads.marking
    )


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing("settle")
    return reason.strip()
