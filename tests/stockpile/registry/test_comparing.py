from __future__ import annotations

from stockpile.domain.sharing import Shares
from stockpile.registry import comparing, feeds
from tests.helpers.sites import Site

FOUND = Shares("gulu.1", 9, 2, "ab")


def test_a_feed_is_doubted_where_it_cannot_have_told_what_was_heard():
    assert not comparing.is_doubted(FOUND, FOUND)
    assert comparing.is_doubted(Shares("gulu.1", 9, 1, "cd"), FOUND)
    assert comparing.is_doubted(Shares("gulu.1", 4, amiss=True), FOUND)


def test_who_is_not_at_the_end_or_in_another_feed_doubts_nothing():
    assert not comparing.is_doubted(Shares("gulu.1", 8, 1, "cd"), FOUND)
    assert not comparing.is_doubted(Shares("gulu.0", 9, 1, "cd", amiss=True), FOUND)
    assert not comparing.is_doubted(Shares("", 9, amiss=True), Shares("", 9))


def test_a_feed_is_not_looked_through_again_at_once(registry):
    site = Site()
    registry.enrol(site, "Gulu")
    own = registry.books.key.node
    checked = []
    for at in (10**12, 10**12 + 1, 10**12 + comparing.NOT_AGAIN_FOR):
        with registry.books.writing() as connection:
            comparing.look_through(connection, own, site.node, at)
            checked.append(feeds.feed_of(connection, ("Gulu",)).checked)
    assert checked == [10**12, 10**12, 10**12 + comparing.NOT_AGAIN_FOR]


def test_who_is_told_the_country_shares_every_chain(registry, site):
    listener = registry.listener()
    said = registry.books.shares(listener, Shares("", 0))
    assert {one.node for one in said.chains} == {registry.books.key.node}  # nothing was sent yet
    assert (said.scope, said.size, said.told) == ("", registry.books.head().size, 0)
