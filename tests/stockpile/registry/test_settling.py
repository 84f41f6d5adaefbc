from __future__ import annotations

import pytest

from stockpile.registry import settling
from tests.helpers import nations


@pytest.fixture
def connection(registry, monkeypatch):
    nation = nations.found(registry)
    for at in range(1, 7):
        nation.kampala.write(nations.registered(2 * at, f"S-{at}"))
        nation.gulu.write(nations.registered(2 * at + 1, f"S-{at}"))
    nation.send()
    with registry.database.reading() as opened:
        yield opened


def test_more_conflicts_than_one_list_are_read_page_by_page(connection, monkeypatch):
    assert len(settling.room(connection).cards) == 6
    monkeypatch.setattr(settling, "MOST_SORTED", 3)
    seen, after = [], ""
    for _page in range(9):
        room = settling.room(connection, after=after, limit=2)
        seen += [one.conflict.id for one in room.cards]
        after = room.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 6


def test_a_card_has_its_weapons_in_the_conflict_s_order(connection):
    card = settling.room(connection).cards[0]
    states = settling.states(connection, card.conflict)
    assert tuple(one.id for one in states) == card.conflict.weapons
