"""What a revoked computer wrote of its clock is one card, and each of it is decided about."""

from __future__ import annotations

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import HistoryUndecided
from stockpile.domain.facts import ClockObserved, Draft, EntryJudged
from stockpile.domain.ledger import Tip
from stockpile.registry import clock_entries, second_histories, settling
from stockpile.registry.intake import checked
from tests.helpers.nations import DAY
from tests.helpers.sites import Site, a_weapon


def take(registry, site, entries=None):
    batch = checked(entries or site.entries, site.node, site.keys.public_key)
    registry.books.take(site.node, tuple(batch))


def compared(site, count):
    """Let a site write down so many comparisons, each an entry."""
    for at in range(count):
        site.write(Draft(site.node, ClockObserved(DAY * (at % 2), "registry")))


def cut(registry, site, after=1):
    """Revoke a site after one of its first entries."""
    head = ledger.entry_hash(site.entries[after - 1].header)
    registry.enrolment.revoke(site.node, "stolen", last_good=Tip(after, 0, head))


def cards(registry, **said):
    with registry.database.reading() as connection:
        return settling.room(connection, **said).cards


def judged(registry, card, kind):
    """Two officers of another site decide by the choice of a card."""
    (choice,) = (one for one in card.choices if one.kind == kind)
    other = Site()
    registry.enrol(other)
    other.found_with_officers()
    other.by_two(*choice.drafts("looked at it"))
    take(registry, other)


def numbers(card):
    return [dict(side.says)["entries"] for side in card.sides]


@pytest.fixture
def revoked(registry, site):
    """A site that is cut off after it began: five comparisons, and one beside a weapon."""
    compared(site, 3)
    site.write(Draft(site.node, ClockObserved(0, "registry")), a_weapon("w1"))
    compared(site, 2)
    take(registry, site)
    cut(registry, site)
    return site


def test_they_are_one_card_and_what_says_more_is_its_own(registry, revoked):
    assert len(registry.books.conflicts()) == 6
    alone, mixed = sorted(cards(registry), key=lambda one: -len(one.sides))
    assert (numbers(alone), alone.more) == (["2", "3", "4", "6", "7"], 0)
    assert mixed.conflict.weapons == ("w1",)
    first = ledger.entry_hash(revoked.entries[1].header)
    assert alone.conflict.about == (first, revoked.node, "2", "sync", "revoked")
    assert [one.kind for one in alone.choices] == ["accept", "refuse"]
    drafts = alone.choices[1].drafts("of its clock")
    assert [(one.subject, one.body.number) for one in drafts] == [
        (ledger.entry_hash(revoked.entries[at - 1].header), at) for at in (2, 3, 4, 6, 7)
    ]


@pytest.mark.parametrize("kind", ["accept", "refuse"])
def test_what_is_chosen_is_decided_about_each_of_them(registry, revoked, kind):
    (alone,) = (one for one in cards(registry) if not one.conflict.weapons)
    judged(registry, alone, kind)
    (left,) = registry.books.conflicts()
    assert left.weapons == ("w1",)
    assert [one.conflict for one in cards(registry)] == [left]


def test_any_of_them_leads_to_their_card_and_what_was_seen_is_what_is_signed(registry, revoked):
    (alone,) = (one for one in cards(registry) if not one.conflict.weapons)
    with registry.database.reading() as connection:
        for one in registry.books.conflicts():
            shown = settling.card(connection, one.id)
            assert (shown.version == alone.version) == (not one.weapons)
        settling.chosen(connection, alone.conflict.id, 2, alone.version)


def test_of_many_the_first_are_shown_and_the_next_come_when_these_are_decided(
    registry, revoked, monkeypatch
):
    monkeypatch.setattr(clock_entries, "MOST_SIDES", 2)
    seen = []
    for more in (3, 1, 0):
        (alone,) = (one for one in cards(registry) if not one.conflict.weapons)
        assert alone.more == more
        seen += numbers(alone)
        judged(registry, alone, "refuse")
    assert seen == ["2", "3", "4", "6", "7"]
    assert len(registry.books.conflicts()) == 1


def test_page_by_page_each_card_comes_once(registry, revoked, monkeypatch):
    monkeypatch.setattr(settling, "MOST_SORTED", 2)
    other = Site()
    registry.enrol(other)
    other.found()
    compared(other, 4)
    take(registry, other)
    cut(registry, other)
    seen, after = [], ""
    for _page in range(9):
        with registry.database.reading() as connection:
            room = settling.room(connection, after=after, limit=1)
        seen += [(one.nodes, len(one.sides)) for one in room.cards]
        after = room.after
        if not after:
            break
    mixed = ((revoked.node,), 2)
    assert sorted(seen) == sorted([((revoked.node,), 5), mixed, ((other.node,), 4)])


def test_one_alone_is_the_card_that_it_was(registry, site):
    compared(site, 1)
    take(registry, site)
    cut(registry, site)
    (card,) = cards(registry)
    assert (len(card.sides), card.more, card.choices[0].side) == (1, 0, 0)


def test_of_one_of_two_undecided_histories_none_of_them_is_accepted(registry, site):
    """Also where the other history begins after the first of them."""
    compared(site, 2)
    copy = site.copy()
    compared(site, 1)
    copy.write(a_weapon("copied"))
    take(registry, site)
    second_histories.take(registry.books, copy.entries[3:])
    cut(registry, site)
    (card,) = (one for one in cards(registry) if one.conflict.kind == "authority")
    assert numbers(card) == ["2", "3", "4"]
    with registry.database.reading() as connection, pytest.raises(HistoryUndecided) as refused:
        settling.chosen(connection, card.conflict.id, 1, card.version)
    assert (refused.value.node, refused.value.number) == (site.node, 4)
    with registry.database.reading() as connection:
        _card, refusing = settling.chosen(connection, card.conflict.id, 2, card.version)
    assert all(isinstance(one.body, EntryJudged) for one in refusing.drafts("a copy"))
