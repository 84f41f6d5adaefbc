from __future__ import annotations

import pytest

from stockpile.domain.errors import WeaponUnknown
from stockpile.registry import writing
from stockpile.registry.intake import checked
from stockpile.registry.rows import continuing, known_node
from tests.helpers.sites import a_weapon


def batch_of(site):
    return tuple(checked(site.entries, site.node, site.keys.public_key))


def written(registry, site, connection):
    known = known_node(connection, site.node, locked=True)
    own = known_node(connection, registry.books.key.node)
    new = continuing(connection, known, batch_of(site))
    return writing.write(connection, own, known, new, registry.clock.now())


def written_and_torn(registry, site):
    with registry.books.writing() as connection:
        written(registry, site, connection)
        raise InterruptedError


def test_entries_stand_in_the_log_the_chain_and_the_register(registry, site):
    site.write(a_weapon("w1"), a_weapon("w2"))
    before = registry.books.head().size
    with registry.books.writing() as connection:
        head = written(registry, site, connection)
    assert head == registry.books.head()
    assert head.size == before + len(site.entries)
    assert registry.books.tip(site.node).hash == site.tip.hash
    assert registry.books.entries(site.node, 0, 100) == tuple(site.entries)
    assert registry.books.weapon("w2").registered


def test_what_fails_on_its_way_leaves_nothing(registry, site):
    site.write(a_weapon("w1"))
    before = registry.books.head()
    with pytest.raises(InterruptedError):
        written_and_torn(registry, site)
    assert registry.books.head() == before
    assert registry.books.tip(site.node).number == 0
    with pytest.raises(WeaponUnknown):
        registry.books.weapon("w1")
