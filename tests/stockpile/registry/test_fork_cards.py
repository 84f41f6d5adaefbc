from __future__ import annotations

import contextlib

import pytest

from stockpile.domain import conflicts, ledger, wire
from stockpile.domain.errors import ChainForked, ConflictChanged, ConflictUnknown
from stockpile.registry import fork_cards, intake, settling
from tests.helpers import nations
from tests.helpers.nations import DAY, registered


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    made.send()
    return made


def forked(nation):
    clone = nation.arua.copy()
    nation.arua.write(registered(90, "ARU-90", store="ARU-store"))
    nation.send()
    clone.write(registered(91, "ARU-91", store="ARU-store"))
    packed = wire.squeeze(wire.pack(clone.entries[-1:]))
    with contextlib.suppress(ChainForked):
        intake.take(nation.registry.books, clone.node, packed)
    return clone


def test_a_node_that_wrote_two_histories_is_a_card_with_both_and_without_a_choice(nation):
    clone = forked(nation)
    with nation.registry.database.reading() as connection:
        (card,) = settling.room(connection).cards
        assert settling.counts(connection) == {"node_fork": 1}
        assert settling.card(connection, card.conflict.id) == card
        with pytest.raises(ConflictChanged):
            settling.chosen(connection, card.conflict.id, 1, card.version)
        with pytest.raises(ConflictUnknown):
            settling.card(connection, "0" * 64)
    first = [ledger.entry_hash(one.entries[-1].header) for one in (nation.arua, clone)]
    number = len(nation.arua.entries)
    assert card.conflict == conflicts.node_fork(nation.arua.node, number, first)
    assert [dict(one.says)["entries"] for one in card.sides] == [str(number)] * 2
    assert {dict(one.says)["history"] for one in card.sides} == {"in_chain", "beside"}
    assert card.due - card.since == 7 * DAY
    assert card.choices == ()


def test_it_is_of_the_node_s_own_site_and_gone_where_the_node_is_trusted_again(nation):
    forked(nation)
    with nation.registry.database.reading() as connection:
        assert fork_cards.forks(connection, "ARU")
        assert not fork_cards.forks(connection, "KLA")
        assert not settling.room(connection, site="KLA").cards
        assert settling.room(connection, kind="node_fork").cards
        assert not settling.room(connection, kind="authority").cards
    nation.registry.enrolment.readmit(nation.arua.node, "the other one was scrapped")
    with nation.registry.database.reading() as connection:
        assert fork_cards.count(connection) == 0
        assert settling.room(connection).cards == ()
