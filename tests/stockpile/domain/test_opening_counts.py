"""A count has two counters, one of them independent, a number and a horizon."""

from __future__ import annotations

import pytest

from stockpile.domain import opening_counts
from stockpile.domain.errors import CounterNotIndependent, CountersTooFew, FieldUnreadable
from stockpile.domain.facts import Horizon, PlaceOpened, StocktakeClosed
from stockpile.domain.opening_counts import Request, opened, stocktake_of
from stockpile.domain.references import Reference, after
from stockpile.domain.values import NodeId, OfficerId, PlaceId
from tests.helpers.builders import AT, recorded

ONE, TWO, THREE = (OfficerId(name) for name in ("one", "two", "three"))
KNOWN = (Horizon(NodeId("a" * 16), 7),)


def draft(custodian=None, **said):
    request = Request(**({"place": PlaceId("store"), "counters": (ONE, TWO)} | said))
    return opened("st", request, "ST-KLA-26-0001", KNOWN, custodian)


def test_what_is_known_at_the_opening_stands_in_it():
    body = draft(percent=10, seed="s", rule="weekly").body
    assert (body.horizon, body.number, body.seed, body.rule) == (
        KNOWN, "ST-KLA-26-0001", "s", "weekly",
    )  # fmt: skip
    assert (body.scope, draft(place=None).body.scope) == ("place", "all")
    assert draft(seed="of no use").body.seed == ""


def test_nobody_counts_alone():
    for counters in ((), (ONE,), (ONE, ONE)):
        with pytest.raises(CountersTooFew):
            draft(counters=counters)


def test_one_counter_is_not_the_custodian():
    assert draft().body.independent == TWO
    assert draft(custodian=TWO).body.independent == ONE
    assert draft(independent=ONE).body.independent == ONE
    for independent, custodian in ((TWO, TWO), (THREE, None)):
        with pytest.raises(CounterNotIndependent):
            draft(custodian, independent=independent)


@pytest.mark.parametrize("percent", [0, -5, 101])
def test_a_sample_has_a_size(percent):
    with pytest.raises(FieldUnreadable):
        draft(percent=percent)


def test_a_count_is_what_its_facts_make_it():
    begun = recorded(draft())[0]
    reference = after(Reference("st"), begun)
    count = stocktake_of(reference)
    assert (count.number, count.closed, count.is_whole) == ("ST-KLA-26-0001", None, True)
    end = opening_counts.Draft("st", StocktakeClosed(3, 3, 0, 0), reference.heads)
    closed = after(reference, recorded(draft(), end)[1])
    assert stocktake_of(closed).closed == end.body
    other = after(Reference("p"), recorded(opening_counts.Draft("p", PlaceOpened("Rack")))[0])
    assert stocktake_of(other) is None


def test_a_sample_and_some_types_are_not_the_whole():
    for said in ({"percent": 10}, {"types": ("ASR",)}):
        assert not stocktake_of(after(Reference("st"), recorded(draft(**said))[0])).is_whole


def test_numbers_and_days():
    taken = ["ST-KLA-26-0007", "ST-GUL-26-0009"]
    assert opening_counts.number("KLA", AT, taken) == "ST-KLA-26-0008"
    assert opening_counts.day(AT, 0) == "2026-09-21"
    assert opening_counts.day(AT, 0, later=7) == "2026-09-28"
    assert opening_counts.day(AT, 14 * 60) == "2026-09-22"
