"""A computer whose disk was cloned, as a registry meets it: both copies went on under one key."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial

from stockpile.domain import ledger
from stockpile.domain.errors import ChainForked, NodeQuarantined
from stockpile.domain.ledger import Tip
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.intake import checked
from tests.helpers.registries import Registry
from tests.helpers.sites import Site, a_weapon

SHARED = 2


@dataclass
class Cloned:
    """The computer that was heard first, and its clone, of which the registry keeps evidence."""

    heard: Site
    beside: Site

    @property
    def node(self):
        return self.heard.node

    def weapon(self, name: str) -> str:
        """The id of one of its weapons: no other node at this registry knows it."""
        return weapon_of(self.node, name)

    def good_until(self, number: int) -> Tip:
        """An entry of the chain as the last good one."""
        header = self.heard.entries[number - 1].header
        return Tip(number, 0, ledger.entry_hash(header))

    def kept_hash(self, number: int) -> str:
        """The hash of the clone's entry of this number."""
        return ledger.entry_hash(self.beside.entries[number - 1].header)


def weapon_of(node: str, name: str) -> str:
    """The id of a weapon that only this node knows."""
    return f"{name}-{node[:6]}"


def send(registry: Registry, site: Site, after: int = 0) -> None:
    """Send a site's entries; what the registry refuses it keeps."""
    batch = tuple(checked(site.entries[after:], site.node, site.keys.public_key))
    with contextlib.suppress(ChainForked, NodeQuarantined):
        registry.books.take(site.node, batch)


def cloned(registry: Registry, name: str = "Gulu depot", at: str = "Gulu") -> Cloned:
    """Let a computer and its clone share two entries; then two are heard, and two kept beside."""
    site = Site()
    code = Enrolment(registry.books).make_code(name, at)
    Enrolment(registry.books).enrol(site.keys.request(code, name))
    site.found_with_officers()
    known = partial(weapon_of, site.node)
    site.write(a_weapon(known("shared")))
    clone = site.copy()
    site.write(a_weapon(known("heard-1")))
    site.write(a_weapon(known("heard-2")), a_weapon(known("heard-3")))
    clone.by_two(a_weapon(known("beside-1"), model="Type 56"))
    clone.write(a_weapon(known("beside-2")))
    send(registry, site)
    send(registry, clone)
    return Cloned(site, clone)
