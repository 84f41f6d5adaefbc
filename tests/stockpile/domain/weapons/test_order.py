from __future__ import annotations

from hypothesis import given, settings

from stockpile.domain import weapons
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
