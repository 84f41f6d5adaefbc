"""When a mark is allowed, and what a doubtful one may become."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from stockpile.domain import marking
from stockpile.domain.errors import (
    AlreadyMarked,
    JobNotOpen,
    JobUnknown,
    MarkingStillOpen,
    ReadsOtherwise,
    ReasonMissing,
    SameSpot,
    SightMissing,
)
from stockpile.domain.facts import MarkingBegun, MarkingResolved
from stockpile.domain.marking import MOSAIC_IMPORT
from tests.helpers.builders import a_weapon

INTENT = MarkingBegun("job-1", MOSAIC_IMPORT, "UG 26 000001", 1, "bench")
AGAIN = MarkingBegun("job-2", MOSAIC_IMPORT, "UG 26 000002", 2, "bench")


def begin(weapon, intent=INTENT):
    return marking.begin(weapon, intent)


def ended(outcome):
    return lambda weapon: marking.end(weapon, "job-1", outcome, "")


def resolved(outcome):
    said = MarkingResolved("job-1", outcome, "looked at the metal", photo="a" * 64)
    return lambda weapon: marking.resolve(weapon, said)


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
    ("read", "how", "state"),
    [
        ("UG 26 000001", "scan", "verified"),
        (" UG 26 000001\r", "scan", "verified"),
        ("ug-26-OOOOO1", "typed", "verified"),
        ("ug-26-OOOOO1", "scan", "unknown"),
        ("UG 26 00000l", "photo", "unknown"),
        ("UG 26 000007", "typed", "unknown"),
    ],
)
def test_a_read_back_verifies_or_casts_doubt(read, how, state):
    weapon = a_weapon(begin, ended("marked"), partial(verify, read, how))
    assert marking.applied_job(weapon, "job-1").state == state


def verify(read, how, weapon):
    return marking.verify(weapon, "job-1", read, how)


def test_the_matrix_of_a_mark_with_signs_holds_its_text_without_them():
    assert marking.is_equal("UG ★ 000001", "UG 000001", "scan")
    assert not marking.is_equal("UG ★ 000001", "UG 000002", "scan")


def test_a_mark_of_a_machine_that_tells_no_end_is_verified_by_its_read_back_alone():
    begun = a_weapon(begin)
    with pytest.raises(JobNotOpen):
        marking.verify(begun, "job-1", "UG 26 000001", "scan")
    weapon = a_weapon(begin, lambda one: marking.verify(
        one, "job-1", "UG 26 000001", "scan", untold=True))  # fmt: skip
    assert marking.applied_job(weapon, "job-1").state == "verified"


def test_a_photo_of_the_mark_goes_with_the_record():
    weapon = a_weapon(begin, ended("marked"))
    draft = marking.verify(weapon, "job-1", "UG 26 000001", "photo", "b" * 64)
    assert (draft.body.photo, draft.attachments) == ("b" * 64, ("b" * 64,))


def voided(weapon):
    return marking.void(weapon, "job-1", "filed off")


@pytest.mark.parametrize(
    "before",
    [
        [begin, ended("marked"), voided],
        [begin, ended("unknown"), resolved("partial"), voided],
    ],
)
def test_a_burnt_mark_frees_the_weapon_but_not_the_spot(before):
    weapon = a_weapon(*before)
    marking.demand_unmarked(weapon, MOSAIC_IMPORT)
    for component in ("", "receiver", "Receiver "):
        with pytest.raises(SameSpot):
            marking.demand_clean_spot(weapon, component, "", "receiver")
    marking.demand_clean_spot(weapon, "", "left side", "receiver")
    marking.demand_clean_spot(weapon, "barrel", "", "receiver")


def test_where_nothing_was_cut_the_spot_is_clean():
    weapon = a_weapon(begin, ended("unknown"), resolved("unmarked"))
    marking.demand_clean_spot(weapon, "", "", "receiver")


def test_only_a_mark_that_stands_can_be_voided_and_only_with_a_reason():
    with pytest.raises(ReasonMissing):
        marking.void(a_weapon(begin, ended("marked")), "job-1", " ")
    for steps in ([begin], [begin, ended("unknown")], [begin, ended("not_started")]):
        with pytest.raises(JobNotOpen):
            voided(a_weapon(*steps))


@pytest.mark.parametrize(
    ("earlier", "every", "needed"),
    [
        ([], 10, True),
        ([False, True], 1, True),
        ([True], 2, False),
        ([False, True], 2, True),
        ([False, False, True], 4, False),
        ([False, False, False, True], 4, True),
        ([True], 0, True),
    ],
)
def test_every_so_manieth_mark_of_a_machine_is_read_back(earlier, every, needed):
    assert marking.needs_read_back(earlier, every) == needed


def test_only_what_is_doubtful_can_be_settled_and_only_with_a_reason():
    doubtful = a_weapon(begin, ended("unknown"))
    seen = MarkingResolved("job-1", "marked", "seen", "UG 26 000001")
    with pytest.raises(ReasonMissing):
        marking.resolve(doubtful, replace(seen, reason=" "))
    with pytest.raises(JobNotOpen):
        marking.resolve(a_weapon(begin, ended("marked")), seen)
    with pytest.raises(JobUnknown):
        marking.resolve(doubtful, replace(seen, job="job-9"))


def test_words_alone_settle_nothing_nor_does_another_text():
    doubtful = a_weapon(begin, ended("unknown"))
    with pytest.raises(SightMissing):
        marking.resolve(doubtful, MarkingResolved("job-1", "unmarked", "I looked"))
    with pytest.raises(ReadsOtherwise):
        marking.resolve(doubtful, MarkingResolved("job-1", "marked", "seen", "UG 26 000002"))


def test_an_end_is_told_once():
    with pytest.raises(JobNotOpen):
        marking.end(a_weapon(begin, ended("marked")), "job-1", "marked", "")
