from __future__ import annotations

from hypothesis import given, settings

from stockpile.domain import weapons
from stockpile.domain.weapons import order
from tests.helpers.nightly import examples
from tests.helpers.strategies import histories


@settings(max_examples=examples(60))
@given(histories())
def test_the_order_is_causal_and_total(written):
    ordered = weapons.in_causal_order(written)
    assert sorted(one.hash for one in ordered) == sorted({one.hash for one in written})
    place = {fact.hash: at for at, fact in enumerate(ordered)}
    for fact in ordered:
        causes = {*fact.replaces, *fact.saw} & place.keys()
        assert all(place[cause] < place[fact.hash] for cause in causes)


@settings(max_examples=examples(60))
@given(histories())
def test_where_counters_are_causal_already_the_long_way_comes_to_the_same(written):
    by_hash = {one.hash: one for one in written}
    ordered = weapons.in_causal_order(written)
    assert ordered == order._sorted_by_cause(by_hash)
    counters = [(one.order, one.hash) for one in ordered]
    assert order._is_causal(ordered)
    if counters != sorted(counters):
        assert not order._is_causal(sorted(written, key=lambda one: (one.order, one.hash)))
