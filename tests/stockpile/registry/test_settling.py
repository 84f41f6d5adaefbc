from __future__ import annotations

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import HistoryUndecided
from stockpile.domain.facts import Draft, EntryJudged
from stockpile.domain.ledger import Tip
from stockpile.registry import second_histories, settling
from stockpile.registry.intake import checked
from tests.helpers import nations
from tests.helpers.sites import Site, a_weapon


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


def test_of_one_of_two_undecided_histories_nothing_is_accepted(registry, site):
    site.fill(1)
    copy = site.copy()
    site.fill(1)
    copy.write(a_weapon("copied"))
    registry.books.take(site.node, tuple(checked(site.entries, site.node, site.keys.public_key)))
    second_histories.take(registry.books, copy.entries[2:])
    shared = ledger.entry_hash(site.entries[1].header)
    registry.enrolment.revoke(site.node, "cloned", last_good=Tip(2, 0, shared))
    (conflict,) = registry.books.conflicts()
    assert conflict.kind == "authority"
    with registry.database.reading() as connection:
        card = settling.card(connection, conflict.id)
        kinds = [one.kind for one in card.choices]
        accept, refuse = (kinds.index(one) + 1 for one in ("accept", "refuse"))
        with pytest.raises(HistoryUndecided) as refused:
            settling.chosen(connection, conflict.id, accept, card.version)
        assert (refused.value.node, refused.value.number) == (site.node, 3)
        settling.chosen(connection, conflict.id, refuse, card.version)
    other = Site()
    registry.enrol(other)
    other.found_with_officers()
    first = ledger.entry_hash(copy.entries[2].header)
    other.by_two(Draft(first, EntryJudged(site.node, 3, accepted=False, reason="a copy")))
    key = other.keys.public_key
    registry.books.take(other.node, tuple(checked(other.entries, other.node, key)))
    with registry.database.reading() as connection:  # two officers rejected the other one
        settling.chosen(connection, conflict.id, accept, card.version)
