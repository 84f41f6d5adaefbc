"""What is folded tells on; verdicts and the register stand in their own contracts."""

from __future__ import annotations

from stockpile.domain import wire
from stockpile.domain.facts import Draft, EntryJudged, WeaponDestroyed
from stockpile.domain.ledger import entry_hash
from stockpile.registry import folding, intake
from stockpile.registry.rows import known_node
from stockpile.registry.scopes import Heard
from tests.helpers.sites import a_weapon


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def test_an_entry_that_counts_only_now_is_heard_of_with_its_place_and_writer(registry, site):
    site.write(a_weapon("w1"))
    heads = (site.facts[-1].hash,)
    entry = site.by_one(Draft("w1", WeaponDestroyed("cutting", "worn out"), heads))
    send(registry, site)
    body = EntryJudged(site.node, 3, accepted=True, reason="looked into")
    site.by_two(Draft(entry_hash(entry.header), body))
    with registry.books.reading() as connection:
        before = folding.decide(connection, registry.books.key.node, site.facts)
    assert before == []  # the decision is not on record yet
    send(registry, site)
    assert registry.books.weapon("w1").status == "destroyed"


def test_derived_anew_the_same_number_of_facts_counts(registry, site):
    site.fill(3)
    send(registry, site)
    own = registry.books.key.node
    with registry.books.writing() as connection:
        known = known_node(connection, own)
        assert folding.derive(connection, own) == len(site.facts) + known.tip.seq


def test_what_falls_short_is_not_heard(registry, site):
    with registry.books.writing() as connection:
        known = known_node(connection, site.node)
        assert folding.fold(connection, registry.books.key.node, known, [], {}) == []
    assert Heard(1, "", 1, ()).is_own is False
