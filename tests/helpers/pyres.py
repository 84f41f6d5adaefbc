"""Destructions for tests of screens: an order on record, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from stockpile.domain.destruction import Destruction
from stockpile.domain.facts import (
    Attendant,
    DestructionCertified,
    DestructionOrdered,
    DestructionWithdrawn,
)
from stockpile.services.destructions import Listed

PRESENT = (Attendant("Col. Odhiambo", "chair", "MoD"), Attendant("J. Doe", "monitor", "UNMAS"))
SAID = DestructionOrdered("DO-KLA-26-0001", ("w1", "w2", "w3"), "MoD 12/26",
                          ("burning", "smelting"), "Luzira", "2026-12-01", PRESENT)  # fmt: skip


def listed(name="o1", verified=0, kept=0, *, ended=None, **said):
    """Return an order as the board lists it."""
    stands = Destruction(name, "a" * 16, 1, replace(SAID, **said), ())
    if isinstance(ended, DestructionCertified):
        stands = replace(stands, certified=ended)
    elif isinstance(ended, DestructionWithdrawn):
        stands = replace(stands, withdrawn=ended)
    return Listed(stands, verified, kept)


def ordered(seat, *weapons, **said):
    """Put an order for these weapons on record, and tell the screens."""
    whole = replace(SAID, weapons=weapons, **said)
    by = seat.session.officer
    return seat.write(partial(seat.stockpile.destructions.order, whole, by=by))
