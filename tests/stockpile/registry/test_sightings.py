"""A registry that shows two histories is found out by the next node that speaks to either."""

from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.domain.ledger import TreeHead
from stockpile.registry import intake, sightings
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import Database
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.keys import RegistryKey
from tests.helpers.registries import Registry, open_registry
from tests.helpers.sites import SettableClock, Site


def send(registry, site):
    packed = wire.squeeze(wire.pack(site.entries))
    return intake.take(registry.books, site.node, packed)


@pytest.fixture
def twins(tmp_path):
    """Two databases of one registry: the same key, two histories."""
    first = open_registry(str(tmp_path / "first.db"))
    clock, database = SettableClock(), Database(str(tmp_path / "second.db"))
    clock.at += 99_000
    books = RegistryBooks(database, RegistryKey(first.books.key.seed), clock.now)
    yield first, Registry("second", database, books, Enrolment(books), clock)
    first.database.close()
    database.close()


@pytest.mark.logs_warnings
def test_two_histories_shown_to_two_nodes_meet_in_their_entries(twins):
    here, there = twins
    one, other = Site(), Site()
    for registry, site in ((here, one), (there, other)):
        registry.enrol(site)
        site.found()
        receipt = send(registry, site)
        site.seen = TreeHead(receipt.log_size, receipt.log_root, registry.books.key.node)
        site.fill(2)
        send(registry, site)
    for registry in twins:
        with registry.books.reading() as connection:
            assert sightings.count(connection) == 0
    here.enrol(other)  # the liar lets the second node come over to the first history
    receipt = send(here, other)
    with here.books.reading() as connection:
        (seen,) = sightings.all_seen(connection)
    assert (seen.node, seen.number, seen.size) == (other.node, 2, other.seen.size)
    assert receipt.number == other.tip.number


@pytest.mark.logs_warnings
def test_a_registry_that_was_rolled_back_is_told_so_by_its_nodes(twins):
    here, restored = twins
    site = Site()
    here.enrol(site)
    site.found()
    send(here, site)
    for _time in range(3):
        site.fill(1)
        receipt = send(here, site)
        site.seen = TreeHead(receipt.log_size, receipt.log_root, here.books.key.node)
    site.fill(1)
    restored.enrol(site)
    send(restored, site)
    with restored.books.reading() as connection:
        assert sightings.count(connection) == 3
        assert {one.node for one in sightings.all_seen(connection)} == {site.node}
