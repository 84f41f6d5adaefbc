"""The registry's conflict room on either database: by site, by weapon, two histories among it."""

from __future__ import annotations

import contextlib

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import ChainForked
from stockpile.domain.facts import ClockObserved, Draft
from stockpile.registry import intake, photo_rows, settling
from tests.helpers import nations
from tests.helpers.nations import DAY, registered, weapon_id


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    nations.fill(made)
    return made


def kinds(room):
    return sorted(one.conflict.kind for one in room.cards)


def test_the_room_is_asked_by_site_and_by_weapon(nation):
    with nation.registry.database.reading() as connection:
        assert kinds(settling.room(connection, site="ARU")) == ["custody_fork"]
        assert "authority" in kinds(settling.room(connection, site="KLA"))
        moved = nation.registry.books.weapon(weapon_id(2))
        assert kinds(settling.room_about(connection, [moved])) == ["custody_fork"]
        assert kinds(settling.room_about(connection, [moved], site="nobody's")) == []
        assert photo_rows.weapons_showing(connection, "1" * 64, 3) == []


def test_a_node_with_two_histories_is_counted_and_told(nation):
    clone = nation.arua.copy()
    nation.arua.write(registered(90, "ARU-90", store="ARU-store"))
    nation.send()
    clone.write(registered(91, "ARU-91", store="ARU-store"))
    packed = wire.squeeze(wire.pack(clone.entries[-1:]))
    with contextlib.suppress(ChainForked):
        intake.take(nation.registry.books, clone.node, packed)
    with nation.registry.database.reading() as connection:
        assert settling.counts(connection)["node_fork"] == 1
        (card,) = settling.room(connection, kind="node_fork").cards
        assert settling.card(connection, card.conflict.id) == card


def test_what_a_revoked_node_wrote_of_its_clock_is_one_card(nation):
    arua, books = nation.arua, nation.registry.books
    held = arua.tip
    for offset in (DAY, 0, -DAY):
        arua.write(Draft(arua.node, ClockObserved(offset, "registry")))
    nation.send()
    nation.registry.enrolment.revoke(arua.node, "stolen", last_good=held)
    raised = [one for one in books.conflicts() if one.kind == "authority"]
    own = [one for one in raised if one.about[1] == arua.node]
    with nation.registry.database.reading() as connection:
        cards = settling.room(connection, kind="authority").cards
        (card,) = (one for one in cards if one.conflict.about[1] == arua.node)
        assert {settling.card(connection, one.id).version for one in own} == {card.version}
    assert (len(own), len(card.sides), card.more) == (3, 3, 0)
    assert len(cards) == len(raised) - 2
