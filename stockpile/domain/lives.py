"""What a life tells in order: where the weapon was and with whom, and which parts it had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from stockpile.domain import weapons
from stockpile.domain.facts import Component, Fact
from stockpile.domain.values import Digest, WeaponId
from stockpile.domain.weapons import Custody, Weapon


@dataclass(frozen=True, slots=True)
class Stay:
    """A link of the custody chain: what was said, by which fact; whether it stands now."""

    custody: Custody
    fact: Fact
    stands: bool

    @property
    def reason(self) -> str:
        """Why, in the words of who wrote it."""
        said: str = getattr(self.fact.body, "reason", "") or getattr(self.fact.body, "purpose", "")
        return said


@dataclass(frozen=True, slots=True)
class Fitting:
    """A component while it was fitted: the fact that brought it, and the one that took it off."""

    component: Component
    fitted: Fact
    removed: Fact | None = None


def custody_chain(weapon_id: WeaponId, known: Iterable[Fact]) -> tuple[Stay, ...]:
    """Return every link of the custody chain, the first one first."""
    links: list[tuple[Custody, Fact]] = []
    state = Weapon(weapon_id)
    for fact in weapons.in_causal_order(known):
        state = weapons.after(state, fact)
        told = (*state.custody, *state.echoes)
        links.extend((one, fact) for one in told if one.fact == fact.hash)
    standing = {one.fact for one in state.custody}
    return tuple(Stay(one, fact, one.fact in standing) for one, fact in links)


def fittings(weapon_id: WeaponId, known: Iterable[Fact]) -> tuple[Fitting, ...]:
    """Return every component that the weapon has or had, in the order in which they came."""
    found: list[Fitting] = []
    state = Weapon(weapon_id)
    for fact in weapons.in_causal_order(known):
        now = weapons.after(state, fact)
        before, after = Counter(state.components), Counter(now.components)
        for gone in (before - after).elements():
            found = _without(found, gone, fact)
        found.extend(Fitting(one, fact) for one in (after - before).elements())
        state = now
    return tuple(found)


def _without(found: list[Fitting], gone: Component, by: Fact) -> list[Fitting]:
    """Return the fittings with the oldest one of a component taken off by a fact."""
    place = next(
        at for at, one in enumerate(found) if one.component == gone and one.removed is None
    )
    taken = replace(found[place], removed=by)
    return [*found[:place], taken, *found[place + 1 :]]


def last_inspection_due(weapon: Weapon, known: Iterable[Fact]) -> str:
    """Return when the weapon is to be looked at again, as written; empty where nobody said so."""
    heads: set[Digest] = set(weapon.heads.condition)
    due = (getattr(one.body, "due", "") for one in known if one.hash in heads)
    return min((one for one in due if one), default="")
