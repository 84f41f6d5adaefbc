"""Questions about second histories are bounded before anything is looked up."""

from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import MessageUnreadable
from stockpile.domain.history_messages import (
    MOST_TOLD,
    EntryNamed,
    HistoriesAsked,
    HistoriesHeard,
    HistoriesWanted,
    demand_asked,
)


def test_what_is_said_travels_as_it_is():
    for said in (
        HistoriesAsked("n", (EntryNamed(2, "ab"),)), HistoriesWanted(("ab",)), HistoriesHeard(3),
    ):  # fmt: skip
        assert wire.decode(wire.encode(said), type(said)) == said


def test_no_question_is_about_more_than_it_may_be_or_about_no_entry():
    demand_asked(HistoriesAsked("n", (EntryNamed(1, "ab"),) * MOST_TOLD))
    for entries in ((EntryNamed(1, "ab"),) * (MOST_TOLD + 1), (EntryNamed(0, "ab"),)):
        with pytest.raises(MessageUnreadable):
            demand_asked(HistoriesAsked("n", entries))
