"""Words for a value that is not known."""

from __future__ import annotations

import pytest

from stockpile.domain.normalising.unknowns import nothing_said


@pytest.mark.parametrize(
    "text",
    [
        *(
            "N/A",
            "n/i",
            "-",
            "???",
            "XXX",
            "0000",
            "S/D",
            "Não Identificada",
            "SEM MARCA",
            "Inconnu",
        ),
        *("sin datos", "неизвестно", "невстановлено", "غير معروف", "不详", "bilinmiyor", "Unknown"),
    ],
)
def test_words_for_unknown_are_known_in_many_languages(text):
    assert nothing_said(text) == "said_unknown"


@pytest.mark.parametrize("text", ["Taurus", "9 mm", "X5", "0.38", "NA 40", "Nagant"])
def test_a_value_is_not_taken_for_one(text):
    assert nothing_said(text) is None


def test_nothing_is_empty():
    assert nothing_said(" \t") == "empty"
