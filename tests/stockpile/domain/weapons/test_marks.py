from __future__ import annotations

import dataclasses

import pytest

from stockpile.domain import facts
from tests.helpers.one_weapon import J1, J2, begun, lived, state_of_marks

MARKING = [
    ((), "begun"),
    ((facts.MarkingEnded(J1, "marked"),), "marked"),
    ((facts.MarkingEnded(J1, "not_started"),), "not_started"),
    ((facts.MarkingEnded(J1, "unknown"),), "unknown"),
    ((facts.MarkingEnded(J1, "marked"), facts.MarkVerified(J1, "XX 1", "scan")), "verified"),
    ((facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "marked", "-")), "marked"),
    (
        (facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "marked", "-", "xx-1")),
        "verified",
    ),
    (
        (facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "marked", "-", "XX 2")),
        "marked",
    ),
    ((facts.MarkingEnded(J1, "unknown"), facts.MarkingResolved(J1, "partial", "-")), "partial"),
    ((facts.MarkingResolved(J1, "unmarked", "-"),), "not_started"),
    ((facts.MarkingEnded(J1, "marked"), facts.MarkVoided(J1, "-")), "voided"),
    ((facts.MarkingEnded(J2, "marked"),), "begun"),
]


@pytest.mark.parametrize(("later", "state"), MARKING)
def test_what_becomes_of_a_mark(later, state):
    assert state_of_marks(begun(), *later) == [(J1, state)]


@pytest.mark.parametrize(("later", "state"), MARKING)
def test_a_mark_stands_unless_nothing_was_done_or_it_was_voided(later, state):
    standing = lived(begun(), *later).standing_marks
    assert bool(standing) == (state not in ("not_started", "voided"))


def test_a_settlement_says_which_marks_stand():
    marked = (begun(J1), facts.MarkingEnded(J1, "marked"), begun(J2, "XX 2", 2))
    settled = facts.MarksSettled((J1,), "looked")
    assert state_of_marks(*marked, settled) == [(J1, "marked"), (J2, "voided")]
    again = facts.MarksSettled((J2,), "looked again, with a lamp")
    assert state_of_marks(*marked, settled, again) == [(J1, "voided"), (J2, "marked")]


def test_a_number_outside_its_block_may_be_accepted():
    drawn = dataclasses.replace(begun(), block="B1")
    (mark,) = lived(drawn).applied
    assert (mark.drawn.block, mark.drawn.seq, mark.drawn.accepted) == ("B1", 2, False)
    for accepted in ((), (J1,)):
        settled = facts.MarksSettled((J1,), "looked", accepted)
        (mark,) = lived(drawn, settled).applied
        assert (mark.state, mark.drawn.accepted) == ("begun", bool(accepted))
    drawn = lived(begun()).applied[0].drawn  # it names no block, and its writer and place are kept
    assert (drawn.block, drawn.seq, drawn.lamport) == ("", 2, 2)
    assert lived(dataclasses.replace(begun(), number=0)).applied[0].drawn is None
