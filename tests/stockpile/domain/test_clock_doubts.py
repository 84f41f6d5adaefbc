from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.cards import clock_is_doubted
from stockpile.domain.clock_doubts import in_doubt
from stockpile.domain.clocks import JITTER, PERSON
from stockpile.domain.facts import ClockObserved, Fact, WeaponRelocated
from stockpile.domain.values import Digest, NodeId, PlaceId

AT = 1_790_000_000_000
DAY = 86_400_000


def fact_of(node, seq, at, body=None):
    body = body or WeaponRelocated(PlaceId("rack"))
    return Fact(Digest(f"{node}{seq}"), NodeId(node), seq, seq, at, 0, None, (), "w1", body)


def compared(node, seq, offset, source="registry", at=AT):
    return fact_of(node, seq, at, ClockObserved(offset, source))


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


_PLACES = st.tuples(st.sampled_from("ab"), st.integers(1, 400))
_AT = st.integers(-3, 3).map(lambda days: AT + days * (JITTER // 2))
_SAID = st.one_of(st.none(), st.integers(-2 * JITTER, 2 * JITTER))


@given(st.dictionaries(_PLACES, st.tuples(_AT, _SAID), max_size=14))
def test_it_is_the_rule_of_the_cards_for_each_fact(chain):
    written = [
        fact_of(node, seq, at, None if said is None else ClockObserved(said, "registry"))
        for (node, seq), (at, said) in sorted(chain.items())
    ]
    comparisons = [one for one in written if isinstance(one.body, ClockObserved)]
    history = [one for one in written if one not in comparisons]
    expected = {one.hash for one in history if clock_is_doubted(one, written)}
    assert in_doubt(history, comparisons) == expected


def test_a_history_of_a_hundred_thousand_is_gone_through_once():
    history = [fact_of("a", seq, AT + seq) for seq in range(1, 200_000, 2)]
    said = [compared("a", seq, 0, at=AT + seq) for seq in range(2, 200_000, 2)]
    assert in_doubt(history, said) == frozenset()
