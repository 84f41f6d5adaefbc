"""What is open about a weapon, and what closes it."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.domain import merging, weapons
from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.facts import (
    Draft,
    InvestigationOpened,
    MarkingBegun,
    MarkingEnded,
    MarkReadBack,
    MarkVerified,
    Photo,
    SafeCheck,
    WeaponInspected,
    WeaponLost,
)
from stockpile.domain.matters import open_matters
from stockpile.domain.values import Digest, JobId, SchemeId
from tests.helpers.builders import WEAPON, a_registration, recorded

TODAY = "2026-11-25"


def opened(*drafts, also=()):
    facts = recorded(*drafts)
    return open_matters(weapons.folded(WEAPON, facts), facts, also, TODAY)


def test_what_is_under_investigation_says_by_when_it_must_be_answered():
    known = recorded(a_registration())
    told = InvestigationOpened("missing", "st", WEAPON, due="2026-12-05")
    found = open_matters(weapons.folded(WEAPON, known), known, (), TODAY, (told,))
    assert [(one.closing, one.about) for one in found if one.kind == "under_investigation"] == [
        ("investigate", "2026-12-05")
    ]


def kinds(*drafts, **more):
    return [one.kind for one in opened(*drafts, **more)]


def after(*drafts):
    return weapons.folded(WEAPON, recorded(*drafts))


def test_a_bare_record_lacks_a_mark_a_second_reading_and_photos():
    assert kinds(a_registration()) == ["mark_missing", "not_read_back", "photos_missing"]


def test_what_the_catalogue_did_not_understand_is_named_by_field():
    said = a_registration(make="Zastva", calibre="9x19", calibre_codes=("9x19",))
    assert [one.about for one in opened(said) if one.kind == "not_normalised"] == ["make"]
    more = a_registration(make="Zastva", model="M-90", country="Yugoslavia")
    (matter,) = [one for one in opened(more) if one.kind == "not_normalised"]
    assert (matter.closing, matter.about) == ("correct", "make,model,country")


def test_a_second_reading_closes_and_another_one_opens_again():
    agreed = Draft(WEAPON, MarkReadBack("KB4471902", "KB4471902"))
    differs = Draft(WEAPON, MarkReadBack("KB4471902", "KB4471907"))
    assert "not_read_back" not in kinds(a_registration(), agreed)
    (matter,) = [one for one in opened(a_registration(), differs) if one.kind == "readings_differ"]
    assert (matter.closing, matter.about) == ("correct", "KB4471907")


def test_an_inspection_is_open_from_the_day_on_which_it_is_due():
    first = a_registration()
    heads = after(first).heads.condition
    due = Draft(WEAPON, WeaponInspected("serviceable", "", TODAY), heads)
    later = Draft(WEAPON, WeaponInspected("serviceable", "", "2026-11-26"), heads)
    assert "inspection_due" in kinds(first, due)
    assert "inspection_due" not in kinds(first, later)


def test_an_unfit_weapon_is_open_until_it_is_found_fit():
    first = a_registration()
    heads = after(first).heads.condition
    unfit = Draft(WEAPON, WeaponInspected("unserviceable", "cracked", unfit=True), heads)
    (matter,) = [one for one in opened(first, unfit) if one.kind == "unfit"]
    assert matter.closing == "inspect"
    assert "unfit" not in kinds(first)


def test_danger_comes_first_and_a_lost_weapon_is_open_until_it_is_found():
    first = a_registration(safe=SafeCheck(remnant=True), photos=(Photo(Digest("0" * 64)),))
    lost = Draft(WEAPON, WeaponLost("lost"), after(first).heads.custody)
    found = kinds(first, lost)
    assert found[:2] == ["remnant", "lost"]
    assert "photos_missing" not in found


def test_nothing_is_asked_of_a_record_behind_which_no_weapon_stands():
    first = a_registration(make="Zastva")
    withdrawn = merging.withdraw(after(first), "typed twice")
    assert [(one.kind, one.closing) for one in opened(first, withdrawn)] == [
        ("withdrawn", "reinstate")
    ]


MISSED = "count_missing"


def test_what_a_count_missed_is_said_once_as_its_investigation():
    conflict = Conflict(Digest("0" * 64), MISSED, (WEAPON,), ())
    assert [one for one in opened(a_registration(), also=(conflict,)) if one.conflict] == []


@pytest.mark.parametrize("kind", [one for one in get_args(ConflictClass) if one != MISSED])
def test_every_contradiction_has_an_act_that_closes_it(kind):
    conflict = Conflict(Digest("0" * 64), kind, (WEAPON,), ())
    (matter,) = [one for one in opened(a_registration(), also=(conflict,)) if one.conflict]
    assert matter.conflict == conflict
    assert matter.closing


def test_a_weapon_in_order_has_nothing_open():
    job = JobId("j1")
    assert kinds(
        a_registration(photos=(Photo(Digest("0" * 64)),)),
        Draft(WEAPON, MarkReadBack("KB4471902", "kb 4471902")),
        Draft(WEAPON, MarkingBegun(job, SchemeId("s"), "UG 26 000001", 1, "m")),
        Draft(WEAPON, MarkVerified(job, "UG 26 000001", "scan")),
    ) == []  # fmt: skip


def test_our_mark_is_open_until_somebody_read_it_on_the_metal():
    job = JobId("j1")
    begun = Draft(WEAPON, MarkingBegun(job, SchemeId("s"), "UG 26 000001", 1, "m"))
    unknown = Draft(WEAPON, MarkingEnded(job, "unknown"))
    marked = Draft(WEAPON, MarkingEnded(job, "marked"))
    assert kinds(a_registration(), begun, unknown)[0] == "mark_unknown"
    assert kinds(a_registration(), begun, marked)[0] == "mark_unread"
