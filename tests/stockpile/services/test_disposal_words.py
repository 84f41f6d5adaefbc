"""What is said at the site, and before an order: something for everything that can happen."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.domain.destruction import Caution, CautionKind, Destruction
from stockpile.domain.destruction_site import Check
from stockpile.domain.facts import DestructionOrdered
from stockpile.services.destructions import Outcome, Reading
from stockpile.services.disposal_words import caution_words, reading_words
from stockpile.services.scanning import Scanned
from tests.helpers.builders import WEAPON, a_weapon

STANDS = Destruction("o1", "a" * 16, 1, DestructionOrdered("DO-1", (WEAPON,)), ())


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_every_reading_says_what_it_is_and_what_to_do(outcome):
    scanned = Scanned("weapon", "KB 1", a_weapon())
    title, sentence = reading_words(Reading(outcome, scanned, Check(WEAPON)), STANDS)
    assert title
    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize("count", [1, 2])
def test_every_caution_is_one_sentence_however_many_weapons_it_is_about(count):
    told = [Caution(kind, WEAPON) for kind in get_args(CautionKind) for _each in range(count)]
    said = caution_words(told)
    assert len(said) == len(get_args(CautionKind))
    assert all(one.endswith(".") and "{" not in one for one in said)
