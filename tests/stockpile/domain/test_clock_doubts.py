from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import clocks
from stockpile.domain.clock_doubts import ClockRecord, in_doubt, is_dated_after
from stockpile.domain.clocks import JITTER, PERSON
from stockpile.domain.facts import ClockObserved, Fact, WeaponRelocated
from stockpile.domain.values import Digest, NodeId, PlaceId

AT = 1_790_000_000_000
DAY = 86_400_000


def fact_of(node, seq, at, body=None, history=""):
    body = body or WeaponRelocated(PlaceId("rack"))
    hash_ = Digest(f"{node}{seq}{history}")
    return Fact(hash_, NodeId(node), seq, seq, at, 0, None, (), "w1", body)


def compared(node, seq, offset, source="registry", at=AT, history=""):
    return fact_of(node, seq, at, ClockObserved(offset, source), history)


def test_what_the_nearest_comparison_contradicts_is_in_doubt():
    early, late, other = fact_of("a", 2, AT), fact_of("a", 90, AT), fact_of("b", 3, AT)
    history = [early, late, other]
    said = [compared("a", 4, -90 * DAY), compared("a", 80, 0, PERSON)]
    assert in_doubt(history, said) == {early.hash}
    assert in_doubt(history, [compared("a", 4, JITTER)]) == frozenset()
    assert in_doubt(history, []) == frozenset()


def test_what_its_own_chain_contradicts_is_in_doubt():
    first, back, on = fact_of("a", 1, AT), fact_of("a", 2, AT - DAY), fact_of("a", 3, AT + DAY)
    assert in_doubt([back, on, first], []) == {back.hash}
    assert in_doubt([fact_of("b", 1, AT), back], []) == frozenset()
    said = compared("a", 1, 0)  # the time of a comparison stands in the chain as well
    assert in_doubt([back], [said]) == {back.hash}


def test_what_is_dated_after_it_came_is_in_doubt():
    one, other = fact_of("a", 1, AT), fact_of("b", 1, AT)
    assert in_doubt([one, other], [], {one.hash: AT - JITTER}) == frozenset()
    assert in_doubt([one, other], [], {one.hash: AT - JITTER - 1}) == {one.hash}
    assert in_doubt([one, other], [], {one.hash: AT + 90 * DAY}) == frozenset()  # by stick
    assert (is_dated_after(AT, AT - JITTER), is_dated_after(AT, AT - DAY)) == (False, True)


@pytest.mark.parametrize(("before", "after", "doubted"), [(0, -DAY, False), (-DAY, 0, True)])
def test_of_two_equally_near_the_earlier_counts(before, after, doubted):
    """By their numbers, not by what they say: cards once took the smaller figure."""
    fact = fact_of("a", 5, AT)
    known = [compared("a", 7, after), fact, compared("a", 3, before)]
    assert ClockRecord.of(known).doubts(fact) is doubted
    assert ClockRecord.of(known).offset(fact) == before
    assert bool(in_doubt([fact], known)) is doubted


def test_of_two_with_one_number_the_one_that_is_farther_off_counts_in_whatever_order():
    """As a node with two histories wrote them: no order of hearing may change what is shown."""
    fact = fact_of("a", 5, AT)
    both = [compared("a", 5, DAY, history="x"), compared("a", 5, -2 * DAY, history="y"),
            compared("a", 5, 0, history="z")]  # fmt: skip
    for known in permutations(both):
        assert ClockRecord.of(known).offset(fact) == -2 * DAY
        assert in_doubt([fact], known) == {fact.hash}


def test_a_comparison_tells_of_itself():
    """It was made by the clock that it speaks of; pages of a history once passed over it."""
    off, right = compared("a", 1, -DAY), compared("a", 9, 0)
    assert in_doubt([off, right], []) == {off.hash}
    assert not ClockRecord.of([]).doubts(off)


def test_nothing_from_before_a_clock_was_found_right_speaks_against_what_came_after():
    ahead = compared("a", 5, -900 * DAY, at=AT + 900 * DAY)
    right, then = compared("a", 6, 0, PERSON), fact_of("a", 60, AT + DAY)
    assert in_doubt([then], [ahead]) == {then.hash}
    assert in_doubt([then], [right, ahead]) == frozenset()
    back = fact_of("a", 61, AT - DAY)
    assert in_doubt([then, back], [right, ahead]) == {back.hash}
    other = fact_of("a", 6, AT + 2 * DAY, history="x")  # in its other history: never found right
    assert in_doubt([then, other], [right]) == {then.hash}
    assert in_doubt([then, other], [ahead, right]) == {then.hash, other.hash}


_PLACES = st.tuples(st.sampled_from("ab"), st.integers(1, 12))
_AT = st.integers(-3, 3).map(lambda days: AT + days * (JITTER // 2))
_SAID = st.one_of(st.none(), st.integers(-2, 2).map(lambda n: n * JITTER))


@given(st.dictionaries(_PLACES, st.tuples(_AT, _SAID), max_size=14), st.randoms())
def test_it_is_the_rule_said_fact_by_fact(chain, random):
    written = [
        fact_of(node, seq, at, None if said is None else ClockObserved(said, "registry"))
        for (node, seq), (at, said) in sorted(chain.items())
    ]
    expected = {one.hash for one in written if _is_doubted(one, written)}
    record = ClockRecord.of(written)
    assert {one.hash for one in written if record.doubts(one)} == expected
    comparisons = [one for one in written if isinstance(one.body, ClockObserved)]
    random.shuffle(written)
    assert in_doubt(written, comparisons) == expected


def _is_doubted(fact, written):
    """The rule once more, read through from the beginning for each fact."""
    own = [one for one in written if one.node == fact.node]
    said = [one for one in own if isinstance(one.body, ClockObserved)]
    nearest = min(said, key=lambda one: (abs(one.seq - fact.seq), one.seq), default=None)
    if nearest is not None and clocks.is_off(nearest.body.offset):
        return True
    before = [one for one in own if one.seq < fact.seq]
    right = [one.seq for one in before if one in said and not clocks.is_off(one.body.offset)]
    since = [one for one in before if one.seq >= max(right, default=0)]
    return any(one.at > fact.at + JITTER for one in since)


def test_a_history_of_a_hundred_thousand_is_gone_through_once():
    history = [fact_of("a", seq, AT + seq) for seq in range(1, 200_000, 2)]
    said = [compared("a", seq, 0, at=AT + seq) for seq in range(2, 200_000, 2)]
    assert in_doubt(history, said) == frozenset()
