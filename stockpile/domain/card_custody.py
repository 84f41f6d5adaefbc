"""Cards about where a weapon is: accounts that part, counts that differ, acts after the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from stockpile.domain import views, weapons
from stockpile.domain.card_parts import Choice, Saying, Side
from stockpile.domain.facts import CustodySettled, Draft, Fact, WeaponRecovered
from stockpile.domain.people import Act
from stockpile.domain.values import Digest, PlaceId
from stockpile.domain.weapons import GONE, Custody, Sighting, Weapon

SideOf = Callable[[Fact, tuple[Saying, ...]], Side]
_ACTS: Final[Mapping[str, Act]] = {
    "destroyed": "destroy", "lost": "report_loss", "withdrawn": "withdraw", "merged": "merge",
}  # fmt: skip
"""The right that it takes to let such an account stand; to move a weapon for all others."""


def fork(
    weapon: Weapon, known: Mapping[Digest, Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return the accounts of where the weapon is, and for each that it stands."""
    told = [one for one in weapon.custody if one.fact in known]
    sides = [side(known[one.fact], says(one)) for one in told]
    return sides, [_stands(weapon, one, at) for at, one in enumerate(told)]


def mismatch(
    weapon: Weapon, about: Sequence[str], known: Mapping[Digest, Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return the record and the counts that saw the weapon elsewhere; either may be right."""
    sides, choices = fork(weapon, known, side)
    for one in weapon.sightings:
        if one.fact not in about or one.fact not in known:
            continue
        sides.append(side(known[one.fact], (("place", one.place),)))
        choices.append(_seen_there(weapon, one, len(sides) - 1))
    return sides, choices


def after_end(
    weapon: Weapon, about: Sequence[str], known: Mapping[Digest, Fact], side: SideOf
) -> tuple[list[Side], list[Choice]]:
    """Return the end of the weapon, and what was written of it after that.

    An end that a later act replaced is told from the facts, and can be let stand again.
    """
    later = [one for one in weapon.custody if one.after_end and one.fact in known]
    told = [*_ends(weapon, later, known), *later]
    sides = [side(known[one.fact], says(one)) for one in told]
    choices = [_stands(weapon, one, at) for at, one in enumerate(told)]
    for one in weapon.sightings:
        if one.fact in about and one.fact in known:
            sides.append(side(known[one.fact], (("place", one.place),)))
            choices.append(_seen_there(weapon, one, len(sides) - 1))
    return sides, choices


def _ends(weapon: Weapon, later: Sequence[Custody], known: Mapping[Digest, Fact]) -> list[Custody]:
    """Return the ends that stand, and the newest one behind each act that came after one."""
    found = [one for one in weapon.custody if one.state in GONE and one.fact in known]
    ordered = weapons.in_causal_order(known.values())
    before = views.pasts(ordered)
    for act in later:
        ended = [
            fact
            for fact in ordered
            if fact.hash in before[act.fact] and weapons.custody_of(fact.body) in GONE
        ]
        if ended and all(one.fact != ended[-1].hash for one in found):
            past = {*before[ended[-1].hash], ended[-1].hash}
            then = weapons.folded(weapon.id, [one for one in ordered if one.hash in past])
            found += [one for one in then.custody if one.fact == ended[-1].hash]
    return found


def says(one: Custody) -> tuple[Saying, ...]:
    """Return what an account of where a weapon is says."""
    said: list[Saying] = [("status", one.state)]
    for name, value in (("place", one.place), ("holder", one.holder), ("paper", one.paper)):
        if value:
            said.append((name, value))
    return tuple(said)


def _stands(weapon: Weapon, one: Custody, at: int) -> Choice:
    return Choice("stands", _ACTS.get(one.state, "move"), at, make=partial(_let_stand, weapon, one))


def _seen_there(weapon: Weapon, one: Sighting, at: int) -> Choice:
    act: Act = "recover" if weapon.status == "lost" else "move"
    return Choice("seen_there", act, at, make=partial(_believe, weapon, one.place))


def _let_stand(weapon: Weapon, one: Custody, reason: str) -> list[Draft]:
    body = CustodySettled(one.place, reason, one.holder, one.state, one.paper, one.due, one.use)
    return [_over_all(weapon, body)]


def _believe(weapon: Weapon, place: PlaceId, reason: str) -> list[Draft]:
    if weapon.status == "lost":
        return [_over_all(weapon, WeaponRecovered(place, circumstances=reason))]
    return [_over_all(weapon, CustodySettled(place, reason))]


def _over_all(weapon: Weapon, body: CustodySettled | WeaponRecovered) -> Draft:
    """Replace every account, and answer every count that is known."""
    seen = tuple(one.fact for one in weapon.sightings)
    return Draft(weapon.id, body, weapon.heads.custody, saw=seen)
