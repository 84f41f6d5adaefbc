"""Which candidates are shown, and what agreeing words are worth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.matching.weighing import MOST, score, shown, weight

costs = st.lists(st.floats(-5, 20), max_size=12).map(sorted)


def test_rare_words_that_agree_say_more():
    assert weight("agrees", 0.01) < weight("agrees", 0.3) < 0 == weight("unknown", 0.3)
    assert weight("agrees", 0.1) <= weight("near", 0.1) < 0 < weight("differs", 0.1)


@given(costs)
def test_the_best_is_always_shown_and_never_too_many(found):
    assert min(1, len(found)) <= shown(found) <= min(MOST, len(found))


def test_a_clear_best_stands_alone_and_equals_stand_together():
    assert shown([3.0, 9.0, 9.0]) == 1
    assert shown([3.0, 3.0, 3.4, 12.0]) == 3


@given(costs)
def test_a_worse_cost_never_scores_better(found):
    scores = [score(cost) for cost in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < one < 1 for one in scores)
