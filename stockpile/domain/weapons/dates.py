"""When each thing that reports count first happened to a weapon."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from stockpile.domain import facts
from stockpile.domain.facts import Fact
from stockpile.domain.weapons.aspects import STATES
from stockpile.domain.weapons.states import Changes, Weapon

_BY_STATE: Final = MappingProxyType({one: one for one in ("destroyed", "lost", "recovered")})
_BY_KIND: Final[Mapping[type, str]] = MappingProxyType(
    {kind: _BY_STATE[state] for kind, state in STATES.items() if state in _BY_STATE}
    | {
        facts.MarkVerified: "marked",
        facts.WeaponDeactivated: "deactivated",
        facts.TraceAsked: "traced",
    }
)
_REPORTED: Final = frozenset(
    {*_BY_KIND, facts.MarkingEnded, facts.MarkingResolved, facts.CustodySettled}
)
"""Kinds that may bring a date; few facts do."""


def dates_after(weapon: Weapon, fact: Fact) -> Changes:
    """Return the dates after a fact, if it is the first of what reports count."""
    name = _milestone(fact.body) if type(fact.body) in _REPORTED else ""
    if not name or getattr(weapon.dates, name):
        return {}
    return {"dates": replace(weapon.dates, **{name: fact.at})}


def _milestone(body: facts.Body) -> str:
    if isinstance(body, facts.MarkingEnded | facts.MarkingResolved):
        return "marked" if body.outcome == "marked" else ""
    if isinstance(body, facts.CustodySettled):
        return _BY_STATE.get(body.state or "", "")
    return _BY_KIND.get(type(body), "")
