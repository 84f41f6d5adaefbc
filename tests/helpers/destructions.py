"""Destruction orders for tests of the rules: as ordered, and as they stand after more was said."""

from __future__ import annotations

import msgspec

from stockpile.domain import destruction, references
from stockpile.domain.facts import (
    Attendant,
    DestructionOrdered,
    Draft,
    WeaponIssued,
)
from stockpile.domain.values import PersonId, WeaponId
from tests.helpers.builders import WEAPON, a_weapon, recorded

ORDER = "0190a000-0000-7000-8000-00000000d001"
OTHER = WeaponId("0190a000-0000-7000-8000-000000000002")
PRESENT = (Attendant("Col. Odhiambo", "chair"), Attendant("UNMAS", "monitor", "UN"))
SAID = DestructionOrdered("DO-KLA-26-0001", (WEAPON,), "MoD", ("burning", "smelting"), "Kampala",
                          "2026-12-01", PRESENT)  # fmt: skip


def after(weapon, body):
    return a_weapon(lambda it: Draft(it.id, body, it.heads.custody))


def issued():
    return after(None, WeaponIssued(PersonId("p1"), "r1"))


def stands(*more, said=SAID, weapons=None):
    """Return an order as it stands after these facts about it, each replacing the one before."""
    facts = recorded(destruction.ordered(ORDER, said, weapons or [a_weapon()]))
    for body in more:
        drafts = [Draft(ORDER, body, (facts[-1].hash,))]
        at = len(facts) + 1
        facts += [msgspec.structs.replace(recorded(*drafts)[0], seq=at, lamport=at)]
    reference = references.Reference(ORDER)
    for fact in facts:
        reference = references.after(reference, fact)
    return destruction.destruction_of(reference)
