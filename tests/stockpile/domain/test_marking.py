"""When a mark is allowed, which number it takes, and what a doubtful one may become."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain import marking
from stockpile.domain.errors import (
    AlreadyMarked,
    FieldMissing,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
    NumbersUsedUp,
    ReasonMissing,
)
from stockpile.domain.facts import MarkingBegun
from stockpile.domain.marking import MOSAIC_IMPORT, Block
from stockpile.domain.seed_schemes import SEED_SCHEMES
from tests.helpers.builders import a_weapon

SCHEME = SEED_SCHEMES[0][1]
INTENT = MarkingBegun("job-1", MOSAIC_IMPORT, "UG 26 000001", 1, "bench")
AGAIN = MarkingBegun("job-2", MOSAIC_IMPORT, "UG 26 000002", 2, "bench")


def begin(weapon, intent=INTENT):
    return marking.begin(weapon, intent)


def ended(outcome):
    return lambda weapon: marking.end(weapon, "job-1", outcome, "")


def resolved(outcome):
    return lambda weapon: marking.resolve(weapon, "job-1", outcome, "looked at the metal")


@pytest.mark.parametrize(
    ("at", "number", "text"),
    [
        (1_795_000_000_000, 1, "UG 26 000001"),
        (1_798_761_599_999, 42, "UG 26 000042"),
        (1_798_761_600_000, 42, "UG 27 000042"),
    ],
)
def test_a_mark_says_country_year_and_number(at, number, text):
    assert marking.text_of(SCHEME, "UG", at, number) == text


def test_a_mark_without_a_country_is_refused():
    with pytest.raises(FieldMissing):
        marking.text_of(SCHEME, "", 0, 1)


@pytest.mark.parametrize(
    ("blocks", "used", "number", "left"),
    [
        ([Block(1, 3)], set(), 1, 3),
        ([Block(1, 3)], {1, 2}, 3, 1),
        ([Block(10, 12), Block(1, 2)], {1}, 2, 4),
    ],
)
def test_numbers_are_taken_in_order_and_never_twice(blocks, used, number, left):
    assert marking.next_number("m", blocks, frozenset(used)) == number
    assert marking.numbers_left(blocks, frozenset(used)) == left


def test_no_numbers_left_is_said():
    with pytest.raises(NumbersUsedUp):
        marking.next_number("m", [Block(1, 1)], frozenset({1}))


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        ([begin], MarkingStillOpen),
        ([begin, ended("unknown")], MarkingStillOpen),
        ([begin, ended("marked")], AlreadyMarked),
        ([begin, ended("not_started")], None),
        ([begin, ended("unknown"), resolved("marked")], AlreadyMarked),
        ([begin, ended("unknown"), resolved("partial")], AlreadyMarked),
        ([begin, ended("unknown"), resolved("unmarked")], None),
    ],
)
def test_a_second_mark_waits_until_nothing_of_the_first_can_be_on_the_metal(steps, refusal):
    weapon = a_weapon(*steps)
    if refusal is None:
        assert marking.begin(weapon, AGAIN).replaces == weapon.heads.marking
    else:
        with pytest.raises(refusal):
            marking.begin(weapon, AGAIN)


@pytest.mark.parametrize(
    ("read", "state"),
    [
        ("UG 26 000001", "verified"),
        ("ug-26-OOOOO1", "verified"),
        ("UG 26 000007", "unknown"),
    ],
)
def test_a_read_back_verifies_or_casts_doubt(read, state):
    weapon = a_weapon(begin, ended("marked"), partial(verify, read))
    assert marking.applied_job(weapon, "job-1").state == state


def verify(read, weapon):
    return marking.verify(weapon, "job-1", read, "scan")


def test_only_what_is_doubtful_can_be_settled_and_only_with_a_reason():
    doubtful = a_weapon(begin, ended("unknown"))
    with pytest.raises(ReasonMissing):
        marking.resolve(doubtful, "job-1", "marked", "")
    with pytest.raises(JobNotOpen):
        marking.resolve(a_weapon(begin, ended("marked")), "job-1", "unmarked", "no")
    with pytest.raises(JobUnknown):
        marking.resolve(doubtful, "job-9", "marked", "seen")


def test_an_end_is_told_once():
    with pytest.raises(JobNotOpen):
        marking.end(a_weapon(begin, ended("marked")), "job-1", "marked", "")
