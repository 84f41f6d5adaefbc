"""How a weapon's standing looks: something is said of everything that can stand on record."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.domain import facts
from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.weapons import Applied, AppliedState, CustodyState
from ui.pages.standing import (
    condition_tone,
    conflict_sentence,
    event_look,
    joined,
    mark_standing,
    status_tone,
)
from ui.theme import Tone, pixmap


@pytest.mark.parametrize("kind", get_args(ConflictClass))
def test_every_conflict_has_a_sentence(kind):
    assert conflict_sentence(Conflict("0" * 64, kind, ("w",), ())).endswith(".")


@pytest.mark.parametrize("state", get_args(AppliedState))
def test_every_state_of_a_mark_has_its_words(state):
    words, tone = mark_standing(Applied("j", "s", "UG 1", 1, "m", state, 0))
    assert words
    assert isinstance(tone, Tone)


@pytest.mark.parametrize("body", get_args(facts.Body))
def test_every_event_has_an_icon_that_is_shipped(body, qapp):
    icon, _tone = event_look(object.__new__(body))
    assert not pixmap(icon, "#000000").isNull()


def test_only_what_is_lost_or_disputed_is_alarming():
    tones = {status: status_tone(status) for status in (*get_args(CustodyState), "disputed")}
    assert {status for status, tone in tones.items() if tone is Tone.BAD} == {"lost", "disputed"}


def test_what_was_not_examined_is_neither_good_nor_bad():
    assert condition_tone("unknown") is Tone.GREY
    assert condition_tone("unserviceable") is Tone.BAD


def test_what_is_not_known_leaves_no_dot_behind():
    assert joined("AKM", "", "Izhmash") == "AKM · Izhmash"
