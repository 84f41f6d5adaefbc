"""Offices in words: what a signature stands under, and what is never said of it."""

from __future__ import annotations

from typing import get_args

from stockpile import wording
from stockpile.domain.facts import OfficerAppointed
from stockpile.domain.offices import Office
from stockpile.domain.people import acts_of
from stockpile.domain.values import OfficerId
from stockpile.language import isolated
from ui.pages import officers_words as words
from ui.theme import Ink, Tone
from ui.view_models.officers import Asked, Change

CLERK = OfficerAppointed("P. Ilunga", ("clerk", "armourer"), "")
ID = OfficerId("o2")


def office(state="in_office"):
    return Office(CLERK, ID, state, ())


def test_a_signature_stands_under_roles_and_reason_and_never_under_a_pin():
    asked = Asked("roles", ID, CLERK.name, ("clerk", "inspector"), "new work", "97531", "86420")
    change, roles, reason = words.what_is_signed(asked).split("\n")
    assert isolated(CLERK.name) in change
    assert roles.endswith(f"{wording.role('clerk')}, {wording.role('inspector')}")
    assert reason.endswith(isolated("new work"))
    assert not [one for one in (change, roles, reason) if "97531" in one or "86420" in one]


def test_what_was_not_said_leaves_no_empty_line():
    said = words.what_is_signed(Asked("unlock", ID, CLERK.name))
    assert said == words.title("unlock", CLERK.name)


def test_every_change_has_words_of_its_own_before_and_after(light):
    changes = get_args(Change)
    for say in (words.meaning, lambda one: words.done_word(Asked(one, ID, CLERK.name))):
        assert len({say(one) for one in changes}) == len(changes)
    assert len({words.title(one, CLERK.name) for one in changes}) == len(changes)


def test_a_wait_hides_how_an_officer_stands_but_never_that_one_is_suspended(light):
    waits = {ID: 30}
    waiting, calm = words.office_line(office(), waits), words.office_line(office(), {})
    assert (waiting.at_end, waiting.ink) == (words.waiting_word(30), Ink.BAD)
    assert (calm.at_end, calm.ink) == (words.state_word(office())[0], Ink.OK)
    suspended = words.office_line(office("suspended"), waits)
    assert (suspended.at_end, suspended.ink) == (
        words.state_word(office("suspended"))[0],
        Ink.WARN,
    )
    assert words.state_word(office("left"))[1] == Tone.GREY


def test_a_bar_is_told_apart_and_nothing_is_said_where_none_stands():
    assert words.bar_word("") == ""
    assert len({words.bar_word(one) for one in ("role", "own", "state")}) == 3


def test_each_act_of_a_role_is_told(light):
    told = words.acts_word("clerk")
    assert [act for act in acts_of("clerk") if wording.act(act) not in told] == []
    assert words.acts_word("inspector") != told
