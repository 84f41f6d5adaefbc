"""May a record that came from a list be taken back with the list?

Only as long as nothing happened to it but its registration, labels and photos: whatever was moved,
marked, issued, counted, inspected, corrected, traced, read back or joined has a life of its own.
"""

from __future__ import annotations

from stockpile.domain.errors import ReasonMissing
from stockpile.domain.facts import Draft, LotRegistered, LotWithdrawn
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest
from stockpile.domain.weapons import Weapon


def has_moved_on(weapon: Weapon) -> bool:
    """Say whether more happened to a weapon than that it was registered, labelled and pictured."""
    heads = weapon.heads
    by_one_fact = {*heads.identity, *heads.marking, *heads.custody, *heads.condition}
    seen = weapon.sightings or weapon.read_backs or weapon.same_as or weapon.distinct_from
    return len(by_one_fact) != 1 or bool(seen) or bool(weapon.dates.traced)


def is_lot_of(reference: Reference, document: Digest) -> bool:
    """Say whether a reference is a lot that came from a list."""
    opened = reference.opened
    return (
        isinstance(opened, LotRegistered)
        and opened.source is not None
        and opened.source.document == document
    )


def lot_has_moved_on(lot: Reference) -> bool:
    """Say whether more happened to a lot than that it was registered."""
    return len(lot.standing) != 1 or lot.now != lot.opened


def withdraw_lot(lot: Reference, reason: str) -> Draft:
    """Take back the record of a lot."""
    return Draft(lot.subject, LotWithdrawn(reason), lot.heads)


def demand_reason(reason: str) -> str:
    """Return the reason for taking a list back; raises ReasonMissing where none is given."""
    if not reason.strip():
        raise ReasonMissing("take_back")
    return reason.strip()
