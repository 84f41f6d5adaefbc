from __future__ import annotations

from types import SimpleNamespace

import pytest

from stockpile.domain import wire
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import MOST_FACTS_A_PAGE
from stockpile.registry import feed_pages, intake
from stockpile.registry.feed_pages import MOST_BYTES_A_PAGE, that_fit
from tests.helpers.scoped import a_dispatch, a_place, told
from tests.helpers.sites import Site, a_weapon


def row(size=1, n=1):
    return SimpleNamespace(size=size, n=n)


def fitting(*given):
    return len(list(that_fit(given, lambda one: (one.size, one.n), MOST_BYTES_A_PAGE)))


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def test_a_page_holds_what_fits_and_at_least_one():
    assert fitting() == 0
    assert fitting(row(), row(), row()) == 3
    assert fitting(row(size=MOST_BYTES_A_PAGE + 1), row()) == 1
    assert fitting(row(), row(size=MOST_BYTES_A_PAGE), row()) == 1
    assert fitting(row(n=1000), *[row(n=1000)] * 6) == MOST_FACTS_A_PAGE // 1000


@pytest.mark.parametrize("scope", [None, ("*",)])
def test_the_askers_own_entries_are_passed_over_at_once(registry, monkeypatch, scope):
    reader, other = Site(), Site()
    for one in (reader, other):
        registry.enrol(one, "Gulu", scope)
        one.found()
    reader.fill(12)
    send(registry, reader)
    send(registry, other)
    page, nothing_more = told(registry, reader, limit=9)
    assert nothing_more.items == ()
    assert page.last == page.end
    assert reader.keys.public_key not in {one.public_key for one in page.items}
    assert page.items[-1].entry == other.entries[0]
    monkeypatch.setattr(feed_pages, "REACH", 5)
    short = told(registry, reader, limit=9)
    assert [one.last for one in short] == [*range(5, page.end, 5), page.end, page.end]
    assert [item for one in short for item in one.items] == [*page.items]


def test_pages_are_as_long_as_the_asker_bears_and_always_move(registry):
    depot = Site()
    registry.enrol(depot, "Gulu")
    depot.found()
    depot.fill(20)
    send(registry, depot)
    reader = Site()
    registry.enrol(reader, "Gulu")
    small = told(registry, reader, most=1)
    large = told(registry, reader)
    assert [len(page.items) for page in small[:-1]] == [1] * (len(small) - 1)
    assert len(large) == 2  # the second is the empty one at the end
    assert [one.entry for page in small for one in page.items] == [
        one.entry for page in large for one in page.items
    ]


def test_a_cursor_of_another_feed_begins_anew(registry):
    depot = Site()
    registry.enrol(depot, "Gulu")
    depot.found()
    send(registry, depot)
    reader = Site()
    registry.enrol(reader, "Gulu")
    page = registry.books.feed(reader.node, 0, 100, token="")
    again = registry.books.feed(reader.node, page.last, 100, token="another.1")
    assert again.items == page.items
    assert registry.books.feed(reader.node, page.last, 100, token=page.scope).items == ()


def test_who_speaks_of_no_scopes_is_told_the_chains_of_its_sites_and_no_more(registry):
    here, there, reader = Site(), Site(), Site()
    registry.enrol(here, "Gulu")
    registry.enrol(there, "Lira")
    registry.enrol(reader, "Gulu")
    for one in (here, there):
        one.found_with_officers()
    here.write(a_place("p1", "Gulu"))
    there.write(a_weapon("w1"), a_weapon("w2"))
    there.by_two(a_dispatch("w1", "p1"))
    for one in (here, there):
        send(registry, one)
    old = registry.books.feed(reader.node, 0, 100)
    assert old.scope == ""
    keys = {one.public_key for one in old.items}
    assert keys == {here.keys.public_key, registry.books.key.public_key}
    assert not [one for one in old.items if isinstance(one.entry, Excerpt)]
    assert old.last == registry.books.head().size


def test_who_is_told_the_country_is_told_it_from_the_log(registry):
    reader = Site()
    registry.enrol(reader, "Gulu", ("*",))
    page = registry.books.feed(reader.node, 0, 100, token="")
    assert (page.scope, page.end) == ("", registry.books.head().size)


@pytest.mark.parametrize("scope", [None, ("*",)])
def test_what_the_asker_holds_already_is_not_told_again(registry, scope):
    reader, other = Site(), Site()
    for one in (reader, other):
        registry.enrol(one, "Gulu", scope)
        one.found()
    other.fill(9)
    send(registry, other)
    held = {other.node: 6, "z" * 16: 5, registry.books.key.node: 10**9}
    page = registry.books.feed(reader.node, 0, 100, token="", held=held)
    assert [one.entry for one in page.items] == other.entries[6:]
    assert page.last == page.end


def test_single_facts_are_told_whatever_is_held(registry):
    """They are counted and sealed, and the node may hold none of their chain."""
    gulu, lira = Site(), Site()
    for one, at in ((gulu, "Gulu"), (lira, "Lira")):
        registry.enrol(one, at)
        one.found_with_officers()
        one.write(a_place(at, at))
    lira.write(a_weapon("w-1"))
    heads = (lira.facts[-1].hash,)
    lira.by_two(a_dispatch("w-1", "Gulu", heads[0]))
    send(registry, gulu)
    send(registry, lira)
    whole = registry.books.feed(gulu.node, 0, 100, token="")
    page = registry.books.feed(gulu.node, 0, 100, token="", held={lira.node: 10**9})
    told = [one.entry for one in whole.items if isinstance(one.entry, Excerpt)]
    assert told
    assert [one.entry for one in page.items if isinstance(one.entry, Excerpt)] == told
