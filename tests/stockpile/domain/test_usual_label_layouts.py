"""A label of any size begins with a layout that can be printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.facts import Box
from stockpile.domain.label_layouts import KINDS, demand_layout, problems_of, symbols_in
from stockpile.domain.usual_label_layouts import usual_layout


@given(
    st.sampled_from(KINDS),
    st.integers(30_000, 300_000),
    st.integers(13_000, 300_000),
    st.sampled_from([0, 203, 300]),
)
def test_a_label_of_any_size_has_a_usual_layout_that_can_be_printed(kind, width, height, dpi):
    layout = usual_layout(width, height, kind, name="usual")
    least_height = 13_200
    if height >= least_height:
        assert problems_of(layout, dpi) == ()
        demand_layout(layout)
    assert "matrix" in symbols_in(layout)


def test_a_wrapped_tag_bears_the_same_at_both_ends():
    tag = usual_layout(100_000, 18_000, "trigger_guard", [Box(38_000, 0, 24_000, 18_000)])
    assert symbols_in(tag) == ("matrix", "matrix")
    assert problems_of(tag, 203, [Box(38_000, 0, 24_000, 18_000)]) == ()
