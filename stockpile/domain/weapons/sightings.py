"""What counts saw of a weapon, while the custody that they knew stands."""

from __future__ import annotations

from stockpile.domain import facts
from stockpile.domain.facts import Fact
from stockpile.domain.weapons.states import Changes, Custody, Sighting, Weapon


def counted(weapon: Weapon, fact: Fact, body: facts.WeaponCounted) -> Changes:
    """Add what a count saw; it answers the sightings that it knew."""
    seen = Sighting(fact.hash, body.place, fact.saw, fact.at, fact.order)
    older = [one for one in weapon.sightings if one.fact not in fact.saw]
    return {"sightings": still_standing((*older, seen), weapon.custody)}


def still_standing(
    sightings: tuple[Sighting, ...], custody: tuple[Custody, ...]
) -> tuple[Sighting, ...]:
    """Keep the sightings made against custody that still stands, in the order of all nodes.

    One that a later count knew has been answered by it, and is left to the history.
    """
    if not sightings:
        return ()
    now = {one.fact for one in custody}
    kept = [one for one in sightings if not now.isdisjoint(one.saw)]
    return tuple(sorted(kept, key=lambda one: one.order))
