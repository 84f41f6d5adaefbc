"""Batches of one chain that come in another order than they were written in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from stockpile.domain.errors import ChainForked, ChainGap
from stockpile.registry.arrivals import Arrivals
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import Database
from stockpile.registry.intake import checked
from tests.helpers.sites import a_weapon

FOR_EVER = 60.0


@pytest.fixture
def batches(site):
    """Three batches of the site's chain, in order."""
    site.fill(6)
    known = list(checked(site.entries, site.node, site.keys.public_key))
    return known[:2], known[2:5], known[5:]


def awaited(arrivals):
    """Wait until somebody waits there."""
    while not arrivals._awaiting:
        pass


def test_who_came_too_early_is_taken_in_after_the_one_before(registry, site, batches):
    arrivals = Arrivals(1, FOR_EVER)
    first, second, _third = batches
    with ThreadPoolExecutor(1) as beside:
        early = beside.submit(arrivals.take, registry.books, site.node, second)
        awaited(arrivals)
        before = arrivals.take(registry.books, site.node, first)
        after = early.result()
    assert (before.number, after.number) == (2, 5)
    assert before.log_size < after.log_size
    assert registry.books.entries(site.node, 0, 10) == tuple(site.entries[:5])
    assert arrivals.take(registry.books, site.node, batches[2]).hash == site.tip.hash


def test_it_waits_for_what_another_process_writes_too_and_holds_nothing(registry, site, batches):
    first, second, _third = batches
    here, there = Arrivals(1, FOR_EVER), Arrivals(1, FOR_EVER)
    only_line = Database(str(registry.database.file), connections=1)
    books = RegistryBooks(only_line, registry.books.key, registry.clock.now)
    with ThreadPoolExecutor(1) as beside:
        early = beside.submit(here.take, books, site.node, second)
        awaited(here)
        assert books.head().size  # the one line to the database is free
        there.take(registry.books, site.node, first)
        assert early.result().number == 5
    only_line.close()


def test_what_never_comes_is_a_gap_and_nothing_is_written(registry, site, batches):
    _first, second, third = batches
    arrivals = Arrivals(1, 0.0)
    for one in (second, third, second):
        with pytest.raises(ChainGap) as gap:
            arrivals.take(registry.books, site.node, one)
        assert (gap.value.have, gap.value.offered) == (0, one[0].header.c)
    assert not registry.books.entries(site.node, 0, 10)
    assert not registry.books.evidence()


def test_of_one_chain_one_waits_and_of_all_so_many(registry, site, batches):
    first, second, third = batches
    arrivals = Arrivals(1, FOR_EVER)
    with ThreadPoolExecutor(1) as beside:
        early = beside.submit(arrivals.take, registry.books, site.node, second)
        awaited(arrivals)
        with pytest.raises(ChainGap):
            arrivals.take(registry.books, site.node, third)
        other = registry.listener()
        with arrivals._place(other) as may_wait:
            assert not may_wait
        arrivals.take(registry.books, site.node, first)
        assert early.result().number == 5
    with arrivals._place(other) as may_wait:
        assert may_wait


def test_none_waits_where_no_place_is_meant_for_it(registry, site, batches):
    with pytest.raises(ChainGap):
        Arrivals(0, FOR_EVER).take(registry.books, site.node, batches[1])


def test_who_waited_for_another_history_is_told_so(registry, site):
    clone = site.copy()
    for one, name in ((site, "true"), (clone, "copied")):
        one.write(a_weapon(f"{name}-1"))
        one.write(a_weapon(f"{name}-2"))
    true, copied = (
        list(checked(one.entries, one.node, one.keys.public_key)) for one in (site, clone)
    )
    arrivals = Arrivals(1, FOR_EVER)
    with ThreadPoolExecutor(1) as beside:
        early = beside.submit(arrivals.take, registry.books, site.node, copied[-1:])
        awaited(arrivals)
        arrivals.take(registry.books, site.node, true)
        with pytest.raises(ChainForked):
            early.result()
    assert registry.books.entries(site.node, 0, 10) == tuple(site.entries)
    assert [one.entry for one in registry.books.evidence()] == clone.entries[-1:]
