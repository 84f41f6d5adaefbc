"""Who wrote facts and when, read without what they say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import codec
from stockpile.domain.written import written
from tests.helpers.strategies import encoded


@given(st.lists(encoded(), max_size=4))
def test_who_wrote_facts_and_when_is_read_a_fact_a_line(some):
    lines = b"\n".join(one.raw for one in some)
    expected = [
        (one.fact.node, one.fact.seq, codec.kind_of(one.fact.body), one.fact.at) for one in some
    ]
    for said in (lines, lines.decode()):
        found = written(said)
        assert [(one.node, one.seq, one.kind, one.at) for one in found] == expected
