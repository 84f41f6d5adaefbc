from __future__ import annotations

from stockpile.registry import foresight
from stockpile.registry.intake import checked
from stockpile.registry.rows import known_node
from tests.helpers.sites import a_weapon


def batch_of(site):
    return tuple(checked(site.entries, site.node, site.keys.public_key))


def test_what_is_held_already_is_left_out(registry, site):
    registry.books.take(site.node, batch_of(site))
    site.write(a_weapon("w1"))
    with registry.database.reading() as connection:
        known = known_node(connection, site.node)
        ready = foresight.ahead(connection, known, batch_of(site))
    assert ready.foreseen.steps.keys() == {"w1"}
    assert ready.rows == {}  # only PostgreSQL takes rows as they are made here
