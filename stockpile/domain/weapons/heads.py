"""The facts that nothing replaces, what is known of the rest, and what may still come."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from stockpile.domain.facts import Fact
from stockpile.domain.values import Digest
from stockpile.domain.weapons.aspects import aspects_of
from stockpile.domain.weapons.states import ALL_ASPECTS, Aspect, Changes, Heads, Weapon

_NO_HEADS: Final = Heads()


def heads_after(weapon: Weapon, fact: Fact) -> Changes:
    """Return the heads after a fact, how many facts are known, and which may still come."""
    aspects = aspects_of(fact.body)
    changed: Changes = {
        "missing": _still_missing(weapon, fact),
        "known": weapon.known + 1,
        "lamport": max(weapon.lamport, fact.lamport),
        "recorded_at": weapon.recorded_at or fact.at,
    }
    if aspects:
        changed["heads"] = _superseded(weapon.heads, aspects, fact)
    return changed


def _superseded(heads: Heads, aspects: tuple[Aspect, ...], fact: Fact) -> Heads:
    alone = (fact.hash,)
    if heads == _NO_HEADS and len(aspects) == len(ALL_ASPECTS):
        return Heads(alone, alone, alone, alone)
    changed: Changes = {}
    for aspect in aspects:
        held = heads.of(aspect)
        plain = held == fact.replaces
        changed[aspect] = alone if plain else _replacing(held, fact)
    return replace(heads, **changed)


def _replacing(held: tuple[Digest, ...], fact: Fact) -> tuple[Digest, ...]:
    return tuple(sorted({*held, fact.hash}.difference(fact.replaces)))


def _still_missing(weapon: Weapon, fact: Fact) -> tuple[Digest, ...]:
    """Return the named causes that may still come: a fact among them cannot simply be added last.

    A cause that is no head now was replaced before or has not come yet; one that has come never
    comes again, so keeping both kinds is safe, and in causal order it is equal on every node.
    """
    named, heads = (*weapon.missing, *fact.replaces, *fact.saw), weapon.heads
    if not named or named in (heads.custody, heads.condition, heads.marking):
        return ()
    now = {*heads.identity, *heads.marking, *heads.custody, *heads.condition}
    now.update(one.fact for one in weapon.sightings)
    return tuple(sorted({*named} - now - {fact.hash}))
