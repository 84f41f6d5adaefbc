"""What a weapon is now, given the facts: the one fold.

The state is a function of the *set* of a weapon's facts, never of their order of arrival or of any
clock. Facts are taken in causal order (a fact after those it replaces or saw; ties by Lamport
counter, node, sequence). ``after`` folds one more fact in; ``folded`` folds a whole set;
``extends`` says when the two agree, so that one more fact need not fold the whole set again.

The rooms behind this door, each with a part of what a fact changes:

states: the shapes of what a weapon is now.
order: the order in which facts are folded.
aspects: the aspects that a kind of body decides, the custody it brings about.
heads: the facts that nothing replaces, and those that may still come.
custody: where a weapon is, by every account that stands.
sightings: what counts saw of it.
dates: when each thing that reports count first happened.
bodies: what a body says besides: one case a kind, with descriptions, marks and sameness.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from stockpile.domain import facts
from stockpile.domain.facts import Fact
from stockpile.domain.values import WeaponId
from stockpile.domain.weapons.aspects import aspects_of, custody_of
from stockpile.domain.weapons.bodies import ONLY_CUSTODY, told
from stockpile.domain.weapons.custody import custody_after
from stockpile.domain.weapons.dates import dates_after
from stockpile.domain.weapons.descriptions import CORRECTED, registered
from stockpile.domain.weapons.heads import heads_after
from stockpile.domain.weapons.order import in_causal_order
from stockpile.domain.weapons.sameness import duplicate_key
from stockpile.domain.weapons.states import (
    GONE,
    NO_WEAPON,
    STORED,
    Applied,
    AppliedState,
    Aspect,
    Custody,
    CustodyState,
    Drawn,
    Heads,
    Milestones,
    ReadBack,
    Sighting,
    Weapon,
)

__all__ = [
    "CORRECTED", "GONE", "NO_WEAPON", "STORED", "Applied", "AppliedState", "Aspect", "Custody",
    "CustodyState", "Drawn", "Heads", "Milestones", "ReadBack", "Sighting", "Weapon", "after",
    "aspects_of", "custody_of", "duplicate_key", "extends", "folded", "in_causal_order",
]  # fmt: skip


def folded(weapon_id: WeaponId, known: Iterable[Fact]) -> Weapon:
    """Return the weapon that a set of its facts makes, in whatever order they are given."""
    weapon = Weapon(weapon_id)
    for fact in in_causal_order(known):
        weapon = after(weapon, fact)
    return weapon


def extends(weapon: Weapon, fact: Fact) -> bool:
    """Say whether folding this one fact in equals folding the whole set again.

    True for nearly every fact: in causal order it is the last. None that is known names it, so none
    waits for it, and its counter is higher than that of all others: they are all folded before it.
    """
    if _is_plain_beginning(weapon, fact) and fact.lamport > 0:
        return True
    return fact.hash not in weapon.missing and fact.lamport > weapon.lamport


def after(weapon: Weapon, fact: Fact) -> Weapon:
    """Return the weapon as it stands after the fact: the one fold in the house."""
    if _is_plain_beginning(weapon, fact):
        return _begun(weapon.id, fact)
    changed = heads_after(weapon, fact)
    changed |= custody_after(weapon, fact)
    changed |= dates_after(weapon, fact)
    if type(fact.body) not in ONLY_CUSTODY:
        changed |= told(weapon, fact)
    return replace(weapon, **changed)


def _is_plain_beginning(weapon: Weapon, fact: Fact) -> bool:
    """Say whether the fact is the whole life so far, as nearly every registration is."""
    return (
        not weapon.known
        and type(fact.body) is facts.WeaponRegistered
        and not fact.replaces
        and not fact.saw
    )


def _begun(weapon_id: WeaponId, fact: Fact) -> Weapon:
    """Return what the long way comes to for a plain beginning: a million rows begin so."""
    body = fact.body
    assert isinstance(body, facts.WeaponRegistered)
    alone = (fact.hash,)
    return Weapon(
        id=weapon_id,
        custody=(Custody(fact.hash, "in_store", fact.at, body.place),),
        home=body.place,
        heads=Heads(alone, alone, alone, alone),
        known=1,
        lamport=max(0, fact.lamport),
        recorded_at=fact.at,
        **registered(body, fact.by),
    )
