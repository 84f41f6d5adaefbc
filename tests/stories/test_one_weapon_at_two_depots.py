"""One rifle stands on record at two depots: each has the card, one settles it, both see it so."""

from __future__ import annotations

import pytest

from stockpile.domain.numbers import registry_number
from stockpile.registry import audit, settling
from stockpile.services.people import Founding
from tests.helpers.house import PIN
from tests.helpers.joined import joined, sync

KAMPALA = Founding("UG", "KLA", "Kampala Central", "A. Mbuyi", PIN)
GULU = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)
LIRA = Founding("UG", "LIR", "Lira Depot", "D. Opio", PIN)


@pytest.fixture
def depots(tmp_path, registry, line):
    """Three depots, each told of its own site."""
    built = [joined(tmp_path, registry, told) for told in (KAMPALA, GULU, LIRA)]
    yield built
    for one in built:
        one.stockpile.close()


def cards_of(house):
    return house.stockpile.conflict_room.shown().cards


def test_each_depot_has_the_card_and_sees_it_settled_by_either(depots, registry):
    kampala, gulu, lira = depots
    here, there = kampala.register("KB 4471902"), gulu.register("kb-4471902")
    gulu.register("KB 4471903")
    sync(kampala, gulu, kampala, lira)  # two exchanges of the first, one of the others
    with registry.books.reading() as connection:
        (raised,) = settling.room(connection).cards
    for house in (kampala, gulu):
        (shown,) = cards_of(house)
        assert shown.id == raised.conflict.id
        assert {*shown.card.conflict.weapons} == {here, there}
        assert shown.card.version == raised.version  # both sides, with all that is known of them
        assert [len(side.entries) for side in shown.card.sides] == [
            len(side.entries) for side in raised.sides
        ]
    assert cards_of(lira) == ()
    assert lira.stockpile.books.history(here) == lira.stockpile.books.history(there) == ()
    assert kampala.stockpile.books.weapon(there) == gulu.stockpile.books.weapon(there)

    gulu.stockpile.conflict_room.settle(
        raised.conflict.id, 1, "the same rifle, seen by both", by=gulu.officer
    )
    assert cards_of(gulu) == ()
    sync(gulu, kampala)
    assert cards_of(kampala) == ()
    assert registry.books.conflicts() == ()
    for weapon in (here, there):
        told = registry.books.weapon(weapon)
        assert kampala.stockpile.books.weapon(weapon) == told
        assert gulu.stockpile.books.weapon(weapon) == told
    for one in depots:
        one.stockpile.checking.check(deep=True)
    with registry.books.reading() as connection:
        noted = {(line.act, line.about) for line in audit.lines(connection)}
    whose = gulu.stockpile.keys.node
    assert noted == {
        ("alike_told", f"{whose} {registry_number(one)} {site}")
        for one, site in ((here, "GUL"), (there, "KLA"))
    }


def test_a_registry_that_is_derived_anew_brings_the_same_cards(depots, registry):
    kampala, gulu, lira = depots
    kampala.register("KB 4471902")
    gulu.register("KB 4471902")
    sync(kampala, gulu)
    registry.books.rebuild()
    sync(kampala, gulu, lira)
    assert [len(cards_of(one)) for one in depots] == [1, 1, 0]
