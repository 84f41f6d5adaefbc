"""What a depot's count missed, at the registry, on both databases: a card until it is answered."""

from __future__ import annotations

import itertools

from sqlalchemy import delete, text

from stockpile.domain import wire
from stockpile.domain.facts import (
    Draft,
    Horizon,
    InvestigationClosed,
    InvestigationOpened,
    StocktakeClosed,
    StocktakeOpened,
)
from stockpile.domain.values import PlaceId
from stockpile.registry import database as rooms
from stockpile.registry import intake, settling
from stockpile.registry.tables import CONFLICT
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site, a_move, a_weapon

PLACE = PlaceId("armoury")
BEGAN_TO_FIND = 13


def send(registry, site, entries=100):
    held = registry.books.tip(site.node).number
    new = site.entries[held : held + entries]
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(new)))


def counted(registry):
    """A site whose count missed two weapons; all of it is written, nothing sent."""
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    site.write(a_weapon("w1"), a_weapon("w2"))
    site.by_one(Draft("count", StocktakeOpened("place", "serial", PLACE)))
    known = (Horizon(site.node, len(site.facts)),)
    opening = site.facts[-1].hash
    closed = StocktakeClosed(2, 0, 2, 0, horizon=known, investigations=("i1", "i2"))
    site.by_two(
        Draft("count", closed, (opening,)),
        Draft("i1", InvestigationOpened("missing", "count", "w1", PLACE)),
        Draft("i2", InvestigationOpened("missing", "count", "w2", PLACE)),
    )
    return site


def missing(registry):
    return {
        one.weapons[0]: one for one in registry.books.conflicts() if one.kind == "count_missing"
    }


def head(site, subject):
    return [one.hash for one in site.facts if one.subject == subject][-1]


def test_a_card_shows_book_and_count_and_what_answers_it_and_goes_when_it_is_closed(registry):
    site = counted(registry)
    send(registry, site)
    found = missing(registry)
    assert set(found) == {"w1", "w2"}
    with registry.database.reading() as connection:
        card = settling.card(connection, found["w1"].id)
    assert [sorted(dict(one.says)) for one in card.sides] == [
        ["place", "status"], ["counted", "place"],
    ]  # fmt: skip
    assert card.choices == ()
    site.write(a_move("w1", "workshop", head(site, "w1")))
    send(registry, site)
    with registry.database.reading() as connection:
        card = settling.card(connection, found["w1"].id)
    (draft,) = card.choices[0].drafts("it was in the workshop")
    assert draft.body == InvestigationClosed(
        "explained", (head(site, "w1"),), "it was in the workshop"
    )
    site.by_one(draft)
    send(registry, site)
    assert set(missing(registry)) == {"w2"}
    registry.books.rebuild()
    assert missing(registry) == {"w2": found["w2"]}


def test_whatever_portions_it_comes_in_the_cards_are_the_same(registry):
    for portion in (1, 2, 5):
        site = counted(registry)
        for _entry in itertools.repeat(None, len(site.entries)):
            send(registry, site, portion)
            if registry.books.tip(site.node).number == len(site.entries):
                break
        assert set(missing(registry)) == {"w1", "w2"}


def test_a_registry_of_before_finds_them_when_it_opens(registry):
    send(registry, counted(registry))
    found = missing(registry)
    with registry.database.writing() as connection:
        connection.execute(delete(CONFLICT))
        step = rooms._steps(connection.dialect.name)[BEGAN_TO_FIND]
        connection.execute(text(step))  # later steps make tables: they cannot be gone again
    registry.database.close()
    again = open_registry(registry.url)
    assert missing(again) == found
    again.database.close()
