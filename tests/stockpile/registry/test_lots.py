from __future__ import annotations

import pytest
from sqlalchemy import select

from stockpile.domain.facts import Draft, LotRegistered, RoundsIssued, RoundsReturned
from stockpile.registry import settling
from stockpile.registry.finding_tables import ROUNDS
from tests.helpers import nations


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    made.kampala.write(Draft("lot-1", LotRegistered("ball", "7.62x39", "A-12", 100)))
    made.kampala.by_one(Draft("out-1", RoundsIssued("lot-1", 80)))
    made.send()
    return made


def kinds(nation):
    return [one.kind for one in nation.registry.books.conflicts()]


def test_what_two_sites_gave_out_of_one_lot_is_a_card_and_vanishes_when_it_came_back(nation):
    assert kinds(nation) == []
    nation.gulu.by_one(Draft("out-2", RoundsIssued("lot-1", 40)))
    nation.send()
    assert kinds(nation) == ["lot_overdrawn"]
    with nation.registry.database.reading() as connection:
        (card,) = settling.room(connection).cards
        assert len(card.sides) >= 2
        assert card.choices
    raised = nation.registry.books.conflicts()
    nation.registry.books.rebuild()
    assert nation.registry.books.conflicts() == raised
    nation.gulu.by_one(Draft("back-2", RoundsReturned("lot-1", 40)))
    nation.send()
    assert kinds(nation) == []


def test_each_movement_has_one_row(nation):
    with nation.registry.database.reading() as connection:
        rows = connection.execute(select(ROUNDS.c.subject, ROUNDS.c.change)).all()
    assert [tuple(one) for one in rows] == [("out-1", -80)]
