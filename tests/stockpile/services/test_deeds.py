"""Three steps in a row, each told the one before."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import AlreadyMarked
from stockpile.services.deeds import Deed
from stockpile.services.ports import Recorded


def test_a_deed_says_does_and_writes_down():
    told = []

    def begin():
        told.append("begin")
        return Recorded(("e1",), ("f1",)), "intent"

    def act(intent):
        told.append(("act", intent))
        return "outcome"

    def finish(intent, outcome):
        told.append(("finish", intent, outcome))
        return Recorded(("e2",), ("f2",))

    recorded, outcome = Deed(begin, act, finish).perform()
    assert told == ["begin", ("act", "intent"), ("finish", "intent", "outcome")]
    assert (recorded.entries, recorded.facts, outcome) == (("e1", "e2"), ("f1", "f2"), "outcome")


def test_a_refused_beginning_moves_nothing():
    moved = []

    def begin():
        raise AlreadyMarked("w", "UG 26 000001")

    with pytest.raises(AlreadyMarked):
        Deed(begin, moved.append, moved.append).perform()
    assert moved == []
