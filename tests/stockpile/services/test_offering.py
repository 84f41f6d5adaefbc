"""What is new is offered on difficult lines; the contract of the link tells whole sessions."""

from __future__ import annotations

import contextlib
import itertools

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import (
    BatchTooLarge,
    Cancelled,
    ChainForked,
    ChainGap,
    RegistryAsksToWait,
    RegistryNonsense,
    RegistrySlow,
    RegistryUnreachable,
)
from stockpile.services import offering
from stockpile.services.offering import QUICK
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


def test_the_first_batch_is_small(site, monkeypatch):
    monkeypatch.setattr(offering, "FIRST_BATCH", 8 << 10)
    fill(site, 100)
    sizes = []

    class Watched(Line):
        def push(self, node, entries):
            sizes.append(len(wire.pack(entries)))
            return self._real.push(node, entries)

    talk(site, Watched).sync()
    assert sizes[0] < offering.FIRST_BATCH * 1.5
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


# --- two under way --------------------------------------------------------------------------------


class Crowded(Line):
    """Offers go over the real line when their answer is waited for; ``meets`` says what goes wrong.

    It is told how often an offer was made beside another one; how many are under way is counted.
    """

    def __init__(self, real, meets=lambda _count, push: push()):
        super().__init__(real)
        self._meets = meets
        self.under_way = self.most = self.beside = self.alone = self.waited = 0
        self.packed, self.begun = [], []

    def push(self, node, entries):
        self.alone += 1
        return self._real.push(node, entries)

    def make_ready(self, entries):
        assert self.under_way == 2  # while the line is full
        self.packed.append(entries)

    def begin_push(self, node, entries):
        self.begun.append(entries)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.beside += 1
        count = self.beside

        def answer():
            self.under_way -= 1
            return self._meets(count, lambda: self._real.push(node, entries))

        return answer

    def pause(self, seconds):
        self.waited += seconds


@pytest.fixture
def small_batches(monkeypatch):
    """An act or two in the first batch, four times as many in the largest."""
    monkeypatch.setattr(offering, "FIRST_BATCH", 2 << 10)
    monkeypatch.setattr(offering, "LARGEST_BATCH", 8 << 10)


def crowded(site, meets=lambda _count, push: push(), **how):
    """Sync over such a line; give the line and what came of it."""
    lines = []

    def wrap(link):
        lines.append(Crowded(link, meets))
        return lines[-1]

    return lines, lambda: talk(site, wrap).sync(**how)


def demand_same(registry, site):
    """All of the chain is there once, in order, and each receipt was noted in its order."""
    node = site.keys.node
    assert registry.books.entries(node, 0, 1_000) == site.books.entries(node, 0, 1_000)
    numbers = [one.number for _key, one in site.books.receipts()]
    assert numbers == sorted(numbers)
    assert numbers[-1] == site.books.peers()[0].acknowledged == site.books.tip().number
    assert not registry.books.evidence()


def at(number, error):
    """What goes wrong with one of the offers that were made beside others."""

    def meets(count, push):
        if count == number:
            raise error
        return push()

    return meets


@pytest.mark.usefixtures("small_batches")
def test_on_a_quick_line_two_are_under_way_and_never_three(registry, site):
    fill(site, 30)
    lines, sync = crowded(site)
    done = sync()
    assert done.sent == 151
    assert lines[0].most == 2
    assert lines[0].alone == 1  # the first of all tells how quick the line is
    assert lines[0].beside >= 3
    assert lines[0].packed == lines[0].begun[2:]  # while both before were under way
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
def test_on_a_quick_line_the_second_batch_is_as_large_as_may_be(site, monkeypatch):
    monkeypatch.setattr(offering, "LARGEST_BATCH", 32 << 10)
    fill(site, 60)
    lines, sync = crowded(site)
    sync()
    first, *_more = (sum(map(offering._size, batch)) for batch in lines[0].begun)
    assert first > offering.LARGEST_BATCH * 3 // 4


def slowed(site, fraction):
    """A line where a batch by itself takes so much of good time for each byte of the first one."""
    lines = []

    class Slow(Crowded):
        def push(self, node, entries):
            size = sum(map(offering._size, entries))
            self.alone_of.append(size)
            site.clock.at += int(QUICK * fraction * size / self.alone_of[0])
            return super().push(node, entries)

    def slowly(link):
        lines.append(Slow(link))
        lines[-1].alone_of = []
        return lines[-1]

    return lines, slowly


def test_a_short_history_is_shared_between_the_two_that_are_under_way(registry, site, monkeypatch):
    monkeypatch.setattr(offering, "FIRST_BATCH", 8 << 10)
    fill(site, 60)
    lines, slowly = slowed(site, 1 / 1_000)
    assert talk(site, slowly).sync().sent == 301
    one, other = (sum(map(offering._size, batch)) for batch in lines[0].begun)
    assert lines[0].most == 2
    assert one / 2 < other < one * 2
    demand_same(registry, site)


@pytest.mark.parametrize(("fraction", "most"), [(1 / 20, 2), (1 / 12, 1)])
def test_two_are_under_way_where_many_of_the_first_would_cross_in_good_time(
    registry, site, monkeypatch, fraction, most
):
    """Two share the line: eight of the first cross where sixteen by themselves would."""
    monkeypatch.setattr(offering, "FIRST_BATCH", 2 << 10)
    fill(site, 30)
    lines, slowly = slowed(site, fraction)
    assert talk(site, slowly).sync().sent == 151
    assert min(lines[0].beside, 2) == (most - 1) * 2
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
def test_a_registry_that_takes_less_says_so_once_and_two_are_still_under_way(registry, site):
    fill(site, 60)
    refused = []

    class TakesLess(Crowded):
        def begin_push(self, node, entries):
            answer = super().begin_push(node, entries)

            def unless_too_large():
                if len(wire.pack(entries)) > 5 << 10:
                    self.under_way -= 1
                    refused.append(entries)
                    raise BatchTooLarge(5 << 10)
                return answer()

            return unless_too_large

    lines = []
    assert talk(site, lambda link: lines.append(TakesLess(link)) or lines[-1]).sync().sent == 301
    assert len(refused) == 2  # the first, and the one behind it
    assert lines[0].alone == 1
    assert lines[0].beside > 6
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
def test_on_a_slow_line_one_is_under_way(registry, site):
    fill(site, 30)

    def slowly(link):
        class Slow(Crowded):
            def push(self, node, entries):
                # at this pace the largest batch would take half of what is quick, and two all of it
                size = len(wire.pack(entries))
                site.clock.at += QUICK * size // (2 * offering.LARGEST_BATCH)
                return super().push(node, entries)

        lines.append(Slow(link))
        return lines[-1]

    lines = []
    assert talk(site, slowly).sync().sent == 151
    assert lines[0].beside == 0
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
def test_a_line_that_becomes_slow_has_one_under_way_again(registry, site):
    fill(site, 40)

    def slower(count, push):
        site.clock.at += 2 * QUICK if count == 2 else 0
        return push()

    lines, sync = crowded(site, slower)
    assert sync().sent == 201
    assert lines[0].alone >= 2
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(
    "error",
    [ChainGap("node", 1, 9), RegistryUnreachable("url", "HTTP 503"), RegistrySlow("url", "late")],
)
def test_what_went_wrong_for_one_of_two_is_offered_again_by_itself(registry, site, number, error):
    fill(site, 30)
    lines, sync = crowded(site, at(number, error))
    assert sync().sent == 151
    assert lines[0].alone >= 2
    assert lines[0].under_way == 0  # whoever was under way was heard
    assert lines[0].beside <= number + 1  # two were one too many
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("number", [1, 2])
def test_an_answer_that_is_lost_costs_time_and_nothing_else(registry, site, number):
    fill(site, 30)

    def lost(count, push):
        said = push()
        if count == number:
            raise RegistrySlow("url", "no answer in time")
        return said

    _lines, sync = crowded(site, lost)
    assert sync().sent == 151
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
def test_a_registry_that_asks_for_time_gets_it_and_then_one_at_a_time(registry, site):
    fill(site, 30)
    lines, sync = crowded(site, at(2, RegistryAsksToWait("url", "HTTP 503", 7)))
    assert sync().sent == 151
    assert lines[0].waited == 7
    assert lines[0].alone >= 2
    demand_same(registry, site)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_fork_is_told_at_once_and_nothing_is_offered_again(registry, site, number):
    fill(site, 30)
    lines, sync = crowded(site, at(number, ChainForked(site.keys.node, 5)))
    with pytest.raises(ChainForked):
        sync()
    assert lines[0].alone == 1
    held = registry.books.tip(site.keys.node).number
    assert site.books.peers()[0].acknowledged == held


@pytest.mark.usefixtures("small_batches")
def test_a_receipt_for_something_else_is_nonsense_beside_others_too(site):
    fill(site, 30)
    first = []

    def careless(_count, push):
        first.append(push())
        return first[0]

    _lines, sync = crowded(site, careless)
    with pytest.raises(RegistryNonsense):
        sync()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("stop", [2, 3, 4])
def test_stopped_with_one_under_way_nothing_is_lost(registry, site, stop):
    fill(site, 30)
    heard = itertools.count(1)

    def stopping(_done, _total):
        if next(heard) == stop:
            raise Cancelled

    _lines, sync = crowded(site, progress=stopping)
    with pytest.raises(Cancelled):
        sync()
    held = registry.books.tip(site.keys.node).number
    assert site.books.peers()[0].acknowledged <= held < site.books.tip().number
    assert talk(site).sync().receipt.number == site.books.tip().number
    demand_same(registry, site)
