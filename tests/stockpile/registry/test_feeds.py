"""The rows of a feed; what stands in them is told in the contract of scopes."""

from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.registry import feeds, intake
from stockpile.registry.tables import FEED
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site, a_weapon


def enrolled(registry, at):
    made = Site()
    registry.enrol(made, at)
    made.found()
    return made


def rows(registry):
    with registry.books.reading() as connection:
        asked = FEED.select().order_by(FEED.c.scope, FEED.c.place)
        return [(row.scope, row.place, row.pos, row.parts) for row in connection.execute(asked)]


def test_places_follow_each_other_without_a_gap(registry):
    sites = [enrolled(registry, at) for at in ("Gulu", "Lira", "Gulu")]
    for number in range(3):
        for site in sites:
            site.write(a_weapon(f"{site.node}-{number}"), a_weapon("shared"))
            entries = site.entries if number == 0 else site.entries[-1:]
            intake.take(registry.books, site.node, wire.squeeze(wire.pack(entries)))
    for scope in (1, 2):
        places = [row[1] for row in rows(registry) if row[0] == scope]
        assert places == list(range(1, len(places) + 1))
        with registry.books.reading() as connection:
            found = feeds.feed_of(connection, ("Gulu",) if scope == 1 else ("Lira",))
        assert found.size == len(places)


def test_what_fails_leaves_no_row_behind(registry, monkeypatch):
    site = enrolled(registry, "Gulu")
    before, head = rows(registry), registry.books.head()

    def fail(*_said):
        raise RuntimeError("killed")

    monkeypatch.setattr(feeds, "_append", fail)
    with pytest.raises(RuntimeError):
        intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    assert (rows(registry), registry.books.head()) == (before, head)
    monkeypatch.undo()
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    assert len(rows(registry)) == len(before) + 1


def test_nobody_without_a_site_costs_a_row(registry):
    site = enrolled(registry, "")
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    assert rows(registry) == []


def test_a_second_start_finds_nothing_to_follow(registry):
    again = open_registry(registry.url)
    with again.books.writing() as connection:
        assert not feeds.begin(connection)
    again.database.close()


def test_the_name_of_a_feed_tells_scope_and_making(registry):
    enrolled(registry, "Gulu")
    with registry.books.writing() as connection:
        before = feeds.feed_of(connection, ("Gulu",))
        assert feeds.feed_of(connection, ("Lira",)) is None
        feeds.make_all(connection, 1)
        now = feeds.feed_of(connection, ("Gulu",))
    assert before.token != now.token
    assert before.token.split(".")[0] == now.token.split(".")[0]
