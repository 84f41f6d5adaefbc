"""What each machine is used for is remembered, and never more than the scheme still has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stockpile.domain.facts import SchemeSet, SchemeWord
from stockpile.domain.values import SchemeId
from ui.view_models.marking_setup import REASONS, Setup, parts_to_choose, setups, with_setup

FORCES = (
    SchemeWord("force", "POL", "Police"),
    SchemeWord("force", "UPDF", "Army"),
    SchemeWord("importer", "MOD"),
)
SCHEME = SchemeSet("Stock", "{force} {importer} {seq}", words=FORCES)
texts = some.text(max_size=8)


@given(
    some.builds(
        Setup,
        texts.filter(bool).map(SchemeId),
        some.lists(some.tuples(texts, texts), max_size=3).map(tuple),
        texts,
        texts,
        some.sampled_from(REASONS),
    )
)
def test_what_was_set_up_comes_back_for_its_machine_alone(setup):
    kept = with_setup(with_setup("", "other", Setup()), "bench", setup)
    assert setups(kept) == {"other": Setup(), "bench": setup}


@pytest.mark.parametrize("kept", ["", "no", "[]", "3", '{"a": 3}', '{"a": {"words": [3]}}'])
def test_settings_that_cannot_be_read_are_the_usual_ones(kept):
    assert setups(kept) == {}


def test_a_word_is_chosen_where_a_scheme_lists_several():
    assert parts_to_choose(SCHEME) == ("force",)
    assert Setup().missing(SCHEME) == ("force",)
    chosen = Setup(words=(("force", "POL"), ("force", "GONE")))
    assert (chosen.chosen(SCHEME), chosen.missing(SCHEME)) == ((FORCES[0],), ())
