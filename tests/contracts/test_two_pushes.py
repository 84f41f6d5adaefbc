"""Two batches of one chain are under way at a time, over HTTP: all arrives once, in order."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain import exchange
from stockpile.domain.errors import (
    ChainForked,
    ChainGap,
    NodeQuarantined,
    RegistrySlow,
    RegistryUnreachable,
)
from stockpile.registry.limits import Limits
from stockpile.services import offering
from tests.helpers.odd_lines import Line, fill, talk
from tests.helpers.registries import answering, open_registry, own_process, wait_for_two, workers
from tests.helpers.sites import CountingChance, Site, a_weapon, open_site

FOR_EVER = 60.0


@pytest.fixture
def site(registry):
    made = Site()
    registry.enrol(made)
    made.found()
    made.fill(5)
    return made


@contextlib.contextmanager
def linked(registry, site, **limits):
    """A link to the registry's own server, which is patient with who comes early, or is not."""
    with answering(registry.books, Limits(**limits)) as url:
        links = HttpRegistryLinks(site.keys, registry.clock, CountingChance(), 10.0)
        link = links.open(url, registry.books.key.public_key)
        yield link
        link.close()


def test_the_later_one_that_came_first_is_taken_in_after_the_earlier_one(registry, site):
    with linked(registry, site, behind=FOR_EVER) as link:
        later = link.begin_push(site.node, site.entries[3:])
        earlier = link.begin_push(site.node, site.entries[:3])
        said = later()
        assert exchange.receipt_names(said, site.node, site.tip)
        assert earlier().log_size < said.log_size
    assert registry.books.entries(site.node, 0, 10) == tuple(site.entries)


def test_what_the_later_one_continues_never_came(registry, site):
    with linked(registry, site, behind=0.1) as link:
        with pytest.raises(ChainGap):
            link.begin_push(site.node, site.entries[3:])()
        assert link.tip(site.node).number == 0
        assert link.push(site.node, site.entries).number == len(site.entries)


def test_where_the_earlier_one_is_refused_the_later_one_is_not_taken_in(registry, site):
    clone = site.copy()
    clone.write(a_weapon("clone-1"))
    clone.write(a_weapon("clone-2"))
    site.write(a_weapon("true-1"))
    with linked(registry, site, behind=FOR_EVER) as link:
        link.push(site.node, site.entries)
        earlier = link.begin_push(site.node, clone.entries[:-1])
        with pytest.raises(ChainForked):
            earlier()
        later = link.begin_push(site.node, clone.entries[-1:])
        with pytest.raises(NodeQuarantined):
            later()
    assert registry.books.entries(site.node, 0, 10) == tuple(site.entries)
    assert [one.entry for one in registry.books.evidence()] == clone.entries[-2:]


def test_the_same_offered_twice_at_a_time_is_held_once(registry, site):
    with linked(registry, site) as link:
        both = [link.begin_push(site.node, site.entries) for _ in range(2)]
        assert {one().number for one in both} == {len(site.entries)}
    assert registry.books.entries(site.node, 0, 10) == tuple(site.entries)
    assert registry.books.head().size == 2 + len(site.entries)


def test_what_was_packed_before_goes_out_as_what_was_not(registry, site):
    with linked(registry, site) as link:
        first, second, third = site.entries[:2], site.entries[2:4], site.entries[4:]
        link.make_ready(second)
        assert link.begin_push(site.node, first)().number == 2
        link.make_ready(second)
        assert link.begin_push(site.node, second)().number == 4
        link.make_ready(second)  # and then something else is offered
        assert link.begin_push(site.node, third)().number == len(site.entries)
    assert registry.books.entries(site.node, 0, 10) == tuple(site.entries)


def test_who_closes_the_line_waits_for_nobody_and_what_is_under_way_arrives(registry, site):
    with linked(registry, site, behind=FOR_EVER) as link:
        under_way = link.begin_push(site.node, site.entries)
        link.close()
        assert under_way().number == len(site.entries)


# --- whole talks ----------------------------------------------------------------------------------


@pytest.fixture
def small_batches(monkeypatch):
    """A few acts in the first batch, and four times as many in the largest."""
    monkeypatch.setattr(offering, "FIRST_BATCH", 2 << 10)
    monkeypatch.setattr(offering, "LARGEST_BATCH", 8 << 10)


class Watched(Line):
    """The real line; ``meets`` is told how often an offer was begun beside another one."""

    def __init__(self, real, meets=lambda _count: None):
        super().__init__(real)
        self._meets = meets
        self.begun = 0

    def begin_push(self, node, entries):
        self.begun += 1
        answer = self._real.begin_push(node, entries)
        self._meets(self.begun)
        return answer


@contextlib.contextmanager
def country(postgres, folder, *words):
    """A registry of two processes on PostgreSQL, and a site with real books that it knows."""
    url = postgres.new_database()
    founded = open_registry(url)
    code = founded.enrolment.make_code("Kampala")
    site, log = open_site(folder / "site"), folder / "log"
    told = ("--workers", "2", *words)
    with own_process(url, "127.0.0.1:0", *told, log=log) as (running, address):
        wait_for_two(address, log)
        talk(site).enrol(address, code, "Kampala")
        yield founded, site, running
    site.close()
    founded.database.close()
    postgres.drop(url)


def demand_same(registry, site):
    node = site.keys.node
    assert registry.books.entries(node, 0, 1_000) == site.books.entries(node, 0, 1_000)
    assert registry.books.tip(node).hash == site.books.tip().hash
    numbers = [one.number for _key, one in site.books.receipts()]
    assert numbers == sorted(numbers)
    assert not registry.books.evidence()


@pytest.mark.usefixtures("small_batches")
def test_two_processes_take_in_a_long_history_in_order(postgres, tmp_path):
    with country(postgres, tmp_path) as (registry, site, _running):
        fill(site, 60)
        lines = []

        def watched(link):
            lines.append(Watched(link))
            return lines[-1]

        assert talk(site, watched).sync().sent == site.books.tip().seq
        assert lines[0].begun >= 5
        demand_same(registry, site)
        assert registry.books.rebuild() > 301


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are found by /proc")
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("number", [2, 3])
def test_a_process_that_dies_between_two_pushes_loses_nothing(postgres, tmp_path, number):
    with country(postgres, tmp_path) as (registry, site, running):
        fill(site, 60)

        def kills(count):
            if count == number:
                for one in workers(running.pid):
                    os.kill(one, signal.SIGKILL)

        with contextlib.suppress(RegistryUnreachable):
            talk(site, lambda link: Watched(link, kills)).sync()
        while site.books.peers()[0].acknowledged < site.books.tip().number:
            with contextlib.suppress(RegistryUnreachable, RegistrySlow):
                talk(site).sync()
        demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
def test_one_turn_is_enough_for_two_under_way(postgres, tmp_path):
    with country(postgres, tmp_path, "--turns", "1") as (registry, site, _running):
        fill(site, 60)
        assert talk(site, Watched).sync().sent == site.books.tip().seq
        demand_same(registry, site)
