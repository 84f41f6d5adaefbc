"""Acts of the registry's officers on SQLite; the contract of both databases tells the rest."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import PlanTooLarge, ProposalUnknown
from stockpile.domain.facts import Draft, EntryJudged
from stockpile.registry import acts
from tests.helpers.visitors import House


def test_a_plan_is_as_large_as_one_entry_with_its_settlement(registry):
    by = House(registry).first().signer()
    draft = Draft("ab" * 32, EntryJudged("a" * 16, 3, accepted=True, reason="seen"))
    with pytest.raises(PlanTooLarge):
        acts.perform(registry.books, "judge_entry", [draft] * (acts.MOST_DRAFTS + 1), "x", by=by)
    with pytest.raises(PlanTooLarge):
        acts.perform(registry.books, "judge_entry", [], "x", by=by)


def test_nobody_confirms_what_there_is_not(registry):
    by = House(registry).first().signer()
    for id_ in ("proposal:x", "", "\0", "' OR 1=1"):
        with pytest.raises(ProposalUnknown):
            acts.confirm(registry.books, id_, by=by)


def test_nothing_is_sealed_of_an_empty_log(registry):
    acts.seal_by_day(registry.books)
    assert len(registry.books.entries(registry.books.key.node, 0, 10)) == 1
