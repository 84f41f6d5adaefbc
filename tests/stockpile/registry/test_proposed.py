"""Values of a fact in words; what a second officer is shown is told in the contract."""

from __future__ import annotations

from stockpile.domain.facts import EntryJudged, GuardSet
from stockpile.registry.proposed import values_of
from stockpile.wording import Names


def test_every_value_has_what_it_is_called_and_nothing_empty_is_told():
    body = EntryJudged("b" * 16, 3, accepted=True, reason="on paper")
    said = dict(values_of(body, Names({"b" * 16: "Gulu"})))
    assert said == {"Node": "Gulu", "Number": "3", "Accepted": "Yes", "Reason": "on paper"}


def test_a_list_is_one_value():
    rules = dict(values_of(GuardSet(("correct", "merge")), Names()))
    label = "Acts that want two officers beside those that always do"
    assert rules[label] == "correct records, join records"
