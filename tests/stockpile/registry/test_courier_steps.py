"""Step by step a file comes in as at once: stopped, gone on with, by two at a time."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import Draft, WeaponLost
from stockpile.registry import courier_rows, courier_steps, courier_taking, couriers
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file, taken


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(courier_steps, "FACTS_AT_ONCE", 4)


def opened(registry, whole):
    content = couriers.opened(registry.books, whole, "a.courier")
    return content, couriers.standing_of(registry.books, content)


def all_of(registry, content, way):
    return list(courier_steps.steps(registry.books, content, way))


def test_it_says_after_each_batch_how_far_it_is(registry, site):
    site.fill(5, weapons=4)
    content, preview = opened(registry, a_file(registry, site))
    way = courier_steps.begin(registry.books, preview)
    assert (way.passed, way.total, way.state) == (0, len(site.facts), "going")
    assert registry.books.tip(site.node).number == 0
    said = all_of(registry, content, way)
    assert [one.passed for one in said] == sorted(one.passed for one in said)
    assert [one.state for one in said] == ["going"] * (len(said) - 1) + ["done"]
    assert (said[-1].facts, said[-1].number) == (len(site.facts), site.tip.number)


def test_it_goes_on_where_it_was_and_only_then_keeps_what_the_sender_said(registry, site):
    site.fill(5, weapons=4)
    content, preview = opened(registry, a_file(registry, site))
    steps = courier_steps.steps(
        registry.books, content, courier_steps.begin(registry.books, preview)
    )
    next(steps)
    way = next(steps)
    assert registry.books.tip(site.node).number == way.number == way.stretches[0].place
    with registry.books.reading() as connection:
        assert courier_rows.said_by(connection, site.node).file == ""
    again, _preview = opened(registry, a_file(registry, site))
    done = all_of(registry, again, way)[-1]
    assert (done.facts, done.passed, done.number) == (way.total, way.total, site.tip.number)
    with registry.books.reading() as connection:
        assert courier_rows.said_by(connection, site.node).file == "file-5"


def test_two_that_go_on_from_one_place_take_it_once(registry, site):
    site.fill(5, weapons=4)
    content, preview = opened(registry, a_file(registry, site))
    way = courier_steps.begin(registry.books, preview)
    both = [courier_steps.steps(registry.books, content, way) for _ in range(2)]
    ends = [None, None]
    for pair in zip(*both, strict=True):
        ends = pair
    assert [one.facts for one in ends] == [len(site.facts)] * 2
    assert registry.books.tip(site.node).hash == site.tip.hash


def test_loaded_again_after_a_stop_it_goes_on_from_there(registry, site):
    site.fill(5, weapons=4)
    content, preview = opened(registry, a_file(registry, site))
    way = next(
        courier_steps.steps(registry.books, content, courier_steps.begin(registry.books, preview))
    )
    content, preview = opened(registry, a_file(registry, site, made=6))
    left = courier_steps.begin(registry.books, preview)
    assert left.total == way.total - way.facts
    assert all_of(registry, content, left)[-1].number == site.tip.number


def test_another_history_is_kept_whole_as_evidence_over_a_stop(registry, site):
    twin = site.copy()
    site.fill(2)
    taken(registry, site)
    twin.write(a_weapon("other"))
    twin.fill(2, weapons=4)
    content, preview = opened(registry, a_file(registry, twin))
    way = next(
        courier_steps.steps(registry.books, content, courier_steps.begin(registry.books, preview))
    )
    assert (way.why, way.facts) == ("forked", 0)
    done = all_of(registry, content, way)[-1]
    assert (done.evidence, done.why, done.passed) == (3, "forked", done.total)
    assert [one.number for one in registry.books.evidence()] == [2, 3, 4]


def test_behind_a_gap_losses_are_told_ahead_once(registry, site):
    site.write(a_weapon("w1"))
    site.fill(1)
    site.by_two(Draft("w1", WeaponLost("stolen", "", "2026-09-20"), (site.facts[3].hash,)))
    content, preview = opened(registry, a_file(registry, site, site.entries[2:]))
    said = all_of(registry, content, courier_steps.begin(registry.books, preview))
    assert [one.ahead for one in said] == [1, 1]
    assert (said[-1].why, said[-1].state, said[-1].total) == ("gap", "done", 0)


def test_a_chain_of_another_is_gone_through_after_the_first(registry, site):
    other = Site()
    registry.enrol(other)
    other.found()
    site.fill(3, weapons=4)
    content, preview = opened(registry, a_file(registry, site, (*other.entries, *site.entries)))
    way = courier_steps.begin(registry.books, preview)
    assert {one.node for one in way.stretches} == {other.node, site.node}
    assert all_of(registry, content, way)[-1].facts == way.total
    assert courier_taking.take(registry.books, couriers.look(
        registry.books, a_file(registry, site, made=6), "a")).facts == 0  # fmt: skip
