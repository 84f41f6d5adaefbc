from __future__ import annotations

from typing import get_args

import pytest

from stockpile.domain.headings import FIELDS
from stockpile.domain.importing import Doubt, Outcome, Reason, Remark
from stockpile.domain.layouts import Why
from stockpile.domain.meanings import Standing, ValueMeaning
from stockpile.domain.normalising.answers import Normal
from stockpile.domain.normalising.answers import Why as MeaningWhy
from stockpile.services.import_words import (
    doubt_sentence,
    field_name,
    meaning_words,
    meant_name,
    outcome_words,
    reason_sentence,
    remark_sentence,
    standing_words,
    why_words,
)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (field_name, FIELDS),
        (reason_sentence, get_args(Reason)),
        (doubt_sentence, get_args(Doubt)),
        (why_words, get_args(Why)),
        (outcome_words, get_args(Outcome)),
        (standing_words, get_args(Standing)),
        (meaning_words, get_args(MeaningWhy)),
    ],
)
def test_every_value_has_words_of_its_own(words, values):
    said = [words(one) for one in values]
    assert all(said)
    assert len(set(said)) == len(said)


def test_a_remark_says_what_probably_stood_there_and_what_it_is_like():
    damaged = Remark(4, "serial", "serial_damaged", "1.2E+06", probable="12E5")
    assert "12E5" in remark_sentence(damaged)
    assert "12" in remark_sentence(Remark(9, "serial", "twice_in_list", "K1", other="12"))
    plain = Remark(4, "type", "unknown_type", "thing")
    assert remark_sentence(plain) == doubt_sentence("unknown_type")


def test_a_meaning_is_named_as_people_say_it():
    pistol = Normal("PISTOLA", "PST", "PST", "pistol", 0.9, "alias")
    taurus = Normal("TAURUS", "taurus", "Taurus", "Taurus", 0.9, "alias")
    assert "pistol" in meant_name(ValueMeaning("type", "PISTOLA", 1, pistol)).lower()
    assert meant_name(ValueMeaning("make", "TAURUS", 1, taurus)) == "Taurus"
