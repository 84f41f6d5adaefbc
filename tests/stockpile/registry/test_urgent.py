"""What is told ahead is kept apart until its chain comes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from stockpile.domain import wire
from stockpile.domain.errors import BatchTooLarge, ChainBroken, NodeQuarantined
from stockpile.domain.facts import Draft, WeaponLost
from stockpile.registry import intake, urgent
from stockpile.registry.intake import checked
from stockpile.registry.tables import URGENT, URGENT_WEAPON
from tests.helpers.sites import a_weapon


def told(registry, site, *entries):
    return intake.take_ahead(registry.books, site.node, wire.squeeze(wire.pack(entries)))


def waiting(registry):
    with registry.database.reading() as connection:
        tables = (URGENT, URGENT_WEAPON)
        return [
            connection.execute(select(func.count()).select_from(one)).scalar() for one in tables
        ]


def test_what_the_chain_reached_waits_no_more(registry, site):
    site.write(a_weapon("w1"))
    lost = site.write(Draft("w1", WeaponLost("lost"), (site.facts[-1].hash,)))
    later = site.write(a_weapon("w2"))
    told(registry, site, lost, later)
    assert waiting(registry) == [2, 2]
    batch = tuple(checked(site.entries[:-1], site.node, site.keys.public_key))
    registry.books.take(site.node, batch)
    assert waiting(registry) == [1, 1]
    told(registry, site, lost)  # held in the chain already
    assert waiting(registry) == [1, 1]


def test_one_node_cannot_fill_the_registry_with_what_never_comes(registry, site, monkeypatch):
    monkeypatch.setattr(urgent, "MOST_WAITING", 2)
    entries = [site.write(a_weapon(f"w{number}")) for number in range(3)]
    told(registry, site, *entries[:2])
    with pytest.raises(BatchTooLarge):
        told(registry, site, entries[2])
    assert waiting(registry) == [2, 2]


def test_a_node_that_is_trusted_no_more_tells_nothing(registry, site):
    registry.enrolment.revoke(site.node, "stolen")
    with pytest.raises(NodeQuarantined):
        told(registry, site, site.write(a_weapon("w1")))
    assert waiting(registry) == [0, 0]


def test_facts_told_ahead_are_found_by_the_weapon(registry, site):
    told(registry, site, site.write(a_weapon("w1"), a_weapon("w2")))
    with registry.database.reading() as connection:
        assert [one.subject for one in urgent.facts_about(connection, "w1")] == ["w1"]
        assert urgent.facts_about(connection, "w3") == []


def test_facts_under_anothers_header_warn_nobody(registry, site):
    site.write(a_weapon("w1"))
    lost = site.write(Draft("w1", WeaponLost("lost"), (site.facts[-1].hash,)))
    swapped = replace(lost, facts=(lost.facts[0].replace(b'"lost"', b'"gone"'),))
    with pytest.raises(ChainBroken):
        told(registry, site, swapped)
    assert waiting(registry) == [0, 0]
