"""A rifle lost at one site of a registry, and another site that reads a text of it."""

from __future__ import annotations

from stockpile.domain import finds, hot_list, wire
from stockpile.domain.facts import Draft, WeaponLost, WeaponRecovered
from stockpile.domain.finds import FindsAsked
from stockpile.registry import intake
from tests.helpers.registries import Registry
from tests.helpers.sites import Site, a_weapon


def enrolled(registry: Registry, at: str, scope: tuple[str, ...] | None = None) -> Site:
    """Enrol a site with officers; what it is told of follows its site."""
    made = Site()
    registry.enrol(made, at, scope)
    made.found_with_officers()
    send(registry, made)
    return made


def send(registry: Registry, site: Site) -> None:
    """Take in what a site wrote since."""
    held = registry.books.tip(site.node).number
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries[held:])))


def lose(site: Site, weapon: str, serial: str) -> None:
    """Register a weapon and lose it."""
    site.write(a_weapon(weapon, serial))
    site.by_two(Draft(weapon, WeaponLost("lost"), (site.facts[-1].hash,)))


def recover(site: Site, weapon: str) -> None:
    """Take a lost weapon back."""
    heads = [one.hash for one in site.facts if one.subject == weapon][-1:]
    site.by_two(Draft(weapon, WeaponRecovered("p1", "market"), tuple(heads)))


def proofs(registry: Registry, *texts: str) -> FindsAsked:
    """Return what a node asks that holds today's list and read these texts."""
    head = hot_list.read_head(registry.books.hot_list(0) or b"")
    return FindsAsked(tuple(finds.proof_of(one, head.salt, head.rounds) for one in texts))
