"""The words of calibres."""

from __future__ import annotations

import pytest

from stockpile.domain.normalising.calibre_words import form_of, known_forms, prepared


@pytest.mark.parametrize(
    ("written", "ready"),
    [
        ("9 X 19", "9x19"),
        ("7,62 mm х 39", "7.62x39"),
        ("٧٫٦٢×٣٩", "7.62x39"),
        ("P.40", ".40"),
        ("CAL.12", "cal 12"),
        ("SP-6", "sp6"),
        ("7mm-08", "7-08"),
        ("8x56mmR", "8x56r"),
    ],
)
def test_signs_are_brought_to_one(written, ready):
    assert prepared(written) == ready


def test_makers_and_shortenings_are_brought_to_one():
    for written in ("S&W", "s & w", "Smith & Wesson", "smith and wesson", "S&amp;W", "SW"):
        assert prepared(f"38 {written}").split()[1] == "s&w"
    assert {form_of(word) for word in ("spl", "special", "especial")} == {"special"}


def test_idle_words_have_no_form():
    assert form_of("calibre") == form_of("мм") == form_of("pistol") == ""
    assert "spl" in known_forms()
