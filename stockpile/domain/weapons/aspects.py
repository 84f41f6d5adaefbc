"""What each kind of body touches: the aspects it decides, the custody it brings about."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stockpile.domain import facts
from stockpile.domain.weapons.states import ALL_ASPECTS, Aspect, CustodyState

STATES: Final[Mapping[type, CustodyState]] = MappingProxyType(
    {
        facts.WeaponRegistered: "in_store",
        facts.WeaponRelocated: "in_store",
        facts.WeaponReturned: "in_store",
        facts.WeaponReceived: "in_store",
        facts.DispatchReversed: "in_store",
        facts.WeaponCollected: "collected",
        facts.WeaponFound: "found",
        facts.WeaponSeized: "seized",
        facts.WeaponIssued: "issued",
        facts.WeaponDispatched: "in_transit",
        facts.WeaponLost: "lost",
        facts.WeaponRecovered: "recovered",
        facts.WeaponDestroyed: "destroyed",
        facts.WeaponWithdrawn: "withdrawn",
        facts.WeaponAbsorbed: "merged",
    }
)
"""The state of custody that a kind of body brings about, whatever it says."""
_ASPECTS: Final[Mapping[type, tuple[Aspect, ...]]] = MappingProxyType(
    dict.fromkeys((*STATES, facts.CustodySettled), ("custody",))
    | dict.fromkeys((facts.WeaponCorrected, facts.ComponentSwapped, facts.KitSet), ("identity",))
    | dict.fromkeys(
        (
            facts.MarkingBegun, facts.MarkingEnded, facts.MarkVerified, facts.MarkingResolved,
            facts.MarkVoided, facts.MarksSettled,
        ),
        ("marking",),
    )
    | dict.fromkeys(
        (facts.WeaponInspected, facts.WeaponRepaired, facts.WeaponDeactivated), ("condition",)
    )
    | {facts.WeaponRegistered: ALL_ASPECTS}
)  # fmt: skip


def aspects_of(body: facts.Body) -> tuple[Aspect, ...]:
    """Return the aspects of a weapon in which a fact of this body becomes the head."""
    if isinstance(body, facts.WeaponReturned) and body.condition is not None:
        return ("custody", "condition")
    return _ASPECTS.get(type(body), ())


def custody_of(body: facts.Body) -> CustodyState | None:
    """Return the state of custody that a body brings about, if it does."""
    if isinstance(body, facts.CustodySettled):
        return body.state or ("in_store" if body.holder is None else "issued")
    return STATES.get(type(body))
