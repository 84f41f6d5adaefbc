"""What is new is offered on difficult lines; the contract of the link tells whole sessions."""

from __future__ import annotations

import contextlib
import itertools

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import (
    RegistryNonsense,
    RegistrySlow,
)
from stockpile.services.offering import FIRST_BATCH
from tests.helpers.odd_lines import Line, enrolled_site, fill, talk


@pytest.fixture
def pair(tmp_path):
    with enrolled_site(tmp_path) as made:
        yield made


@pytest.fixture
def site(pair):
    return pair.site


@pytest.fixture
def registry(pair):
    return pair.registry


class NarrowLine(Line):
    """Batches of more than so many entries, and pages as long, take too long."""

    def __init__(self, real, most):
        super().__init__(real)
        self._most = most

    def push(self, node, entries):
        if len(entries) > self._most:
            raise RegistrySlow("url", "no answer in time")
        self.pushed.append(len(entries))
        return self._real.push(node, entries)

    def feed(self, after, limit, *more):
        if limit > self._most:
            raise RegistrySlow("url", "no answer in time")
        return self._real.feed(after, limit, *more)


class LosesAnswers(Line):
    """Every second receipt of all sessions is lost on its way back."""

    count = itertools.count(1)

    def push(self, node, entries):
        receipt = self._real.push(node, entries)
        if next(self.count) % 2:
            raise RegistrySlow("url", "no answer in time")
        return receipt


def test_a_narrow_line_gets_small_batches_and_everything_arrives(registry, site):
    fill(site)
    lines = []

    def narrow(link):
        lines.append(NarrowLine(link, 2))
        return lines[-1]

    done = talk(site, narrow).sync()
    assert done.sent == 151
    assert max(lines[0].pushed) == 2
    assert registry.books.tip(site.keys.node).hash == site.books.tip().hash


def test_a_line_too_narrow_for_one_entry_is_given_up(site):
    fill(site, 2)
    with pytest.raises(RegistrySlow):
        talk(site, lambda link: NarrowLine(link, 0)).sync()


def test_lost_receipts_cost_time_and_nothing_else(registry, site):
    fill(site)
    while site.books.peers()[0].acknowledged < site.books.tip().number:
        with contextlib.suppress(RegistrySlow):
            talk(site, LosesAnswers).sync()
    assert registry.books.entries(site.keys.node, 0, 100) == site.books.entries(
        site.keys.node, 0, 100
    )


def test_the_first_batch_is_small(site):
    fill(site, 100)
    sizes = []

    class Watched(Line):
        def push(self, node, entries):
            sizes.append(len(wire.pack(entries)))
            return self._real.push(node, entries)

    talk(site, Watched).sync()
    assert sizes[0] < FIRST_BATCH * 1.5
    assert max(sizes) > sizes[0]


def test_a_receipt_for_something_else_is_nonsense(site):
    class Careless(Line):
        def push(self, node, entries):
            return self._real.push(node, entries[:1])

    fill(site, 2)
    with pytest.raises(RegistryNonsense):
        talk(site, Careless).sync()


def test_every_receipt_is_kept_and_true_of_the_ledger(site):
    fill(site, 3)
    first = talk(site).sync().receipt
    fill(site, 1)
    second = talk(site).sync().receipt
    (peer,) = site.books.peers()
    assert site.books.receipts() == ((peer.registry_key, first), (peer.registry_key, second))
    assert peer.tree_head == (second.log_size, second.log_root)
    site.books.check(deep=False)
