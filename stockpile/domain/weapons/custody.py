"""Where a weapon is: the accounts that stand, and those that another one bears out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stockpile.domain import facts
from stockpile.domain.facts import Fact
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons.aspects import custody_of
from stockpile.domain.weapons.sightings import still_standing
from stockpile.domain.weapons.states import GONE, STORED, Changes, Custody, Weapon

_ISSUING: Final = facts.WeaponIssued, facts.CustodySettled
_KEEPING_PLACE: Final = (
    facts.WeaponLost, facts.WeaponDestroyed, facts.WeaponWithdrawn, facts.WeaponAbsorbed,
)  # fmt: skip
_PAPER: Final[Mapping[type, str]] = MappingProxyType(
    dict.fromkeys((facts.WeaponDispatched, facts.WeaponReceived, facts.DispatchReversed), "waybill")
    | dict.fromkeys((facts.WeaponIssued, facts.WeaponReturned, facts.WeaponCollected), "receipt")
    | {
        facts.WeaponDestroyed: "certificate",
        facts.WeaponLost: "report",
        facts.CustodySettled: "paper",
    }
)


def custody_after(weapon: Weapon, fact: Fact) -> Changes:
    """Return where the weapon is after a fact; nothing where the fact is not about custody."""
    state = custody_of(fact.body)
    if state is None:
        return {}
    told = (*weapon.custody, *weapon.echoes)
    over = [one for one in told if one.fact in fact.replaces]
    kept = [one for one in told if one.fact not in fact.replaces]
    body = fact.body
    ended = any(one.after_end or one.state in GONE for one in over)
    due, use = (body.due, body.use) if isinstance(body, _ISSUING) else ("", "")
    said = Custody(
        fact.hash, state, fact.at, _place(body, over), getattr(body, "holder", None), _paper(body),
        ended and not isinstance(body, facts.CustodySettled), due, use, _arrived(body, over),
    )  # fmt: skip
    custody, echoes = _borne_out((*kept, said)) if kept else ((said,), ())
    changed: Changes = {"custody": custody, "sightings": still_standing(weapon.sightings, custody)}
    if said.state in STORED and said.place is not None:
        changed["home"] = said.place
    if echoes or weapon.echoes:
        changed["echoes"] = echoes
    return changed


def _arrived(body: facts.Body, over: list[Custody]) -> tuple[str, ...]:
    """Return the waybills received on the way to a custody: what it replaces tells the rest."""
    here = (body.waybill,) if isinstance(body, facts.WeaponReceived) else ()
    named = [*here, *(waybill for one in over for waybill in one.arrived)]
    return tuple(sorted(set(named))) if named else ()


def _borne_out(told: tuple[Custody, ...]) -> tuple[tuple[Custody, ...], tuple[Custody, ...]]:
    """Part the accounts that stand by themselves from those that another one bears out.

    A dispatch is borne out by an account that came by a receipt of the same waybill; of several
    receipts of one waybill at one place, one stands for all. Equal for any order of the accounts;
    where each would be the echo of another, as only a hostile chain writes it, all of them stand.
    """
    ranked = sorted(told, key=lambda one: one.fact)
    echoes = tuple(one for at, one in enumerate(ranked) if _is_echo(one, ranked[:at], ranked))
    if not echoes or len(echoes) == len(ranked):
        return tuple(ranked), ()
    return tuple(one for one in ranked if one not in echoes), echoes


def _is_echo(one: Custody, before: list[Custody], all_: list[Custody]) -> bool:
    if one.state == "in_transit":
        return any(other is not one and one.paper in other.arrived for other in all_)
    return _is_receipt(one) and any(
        _is_receipt(other) and (other.paper, other.place) == (one.paper, one.place)
        for other in before
    )


def _is_receipt(one: Custody) -> bool:
    """Say whether an account is itself the receipt of a waybill, and no later act."""
    return one.state == "in_store" and bool(one.paper) and one.paper in one.arrived


def _paper(body: facts.Body) -> str:
    """Return the paper under which custody changed: waybill, receipt, certificate or report."""
    named = _PAPER.get(type(body))
    return str(getattr(body, named)) if named else ""


def _place(body: facts.Body, over: list[Custody]) -> PlaceId | None:
    """Return the place that a custody fact names; one that ends custody keeps the last known."""
    named: PlaceId | None = getattr(body, "place", None)
    if named is None and isinstance(body, _KEEPING_PLACE):
        return next((one.place for one in over if one.place is not None), None)
    return named
