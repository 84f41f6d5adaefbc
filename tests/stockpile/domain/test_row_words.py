from __future__ import annotations

import pytest

from stockpile.domain.row_words import count_said, mode_said, row_kind


@pytest.mark.parametrize(
    ("event", "mode"),
    [
        ("Apreensão de Arma de Fogo", "seized"),
        ("Furto", "gone"),
        ("Lost in transit", "gone"),
        ("Remise volontaire", "surrendered"),
        ("", ""),
        ("glossy", ""),
    ],
)
def test_how_a_weapon_came(event, mode):
    assert mode_said(event) == mode


@pytest.mark.parametrize(
    ("text", "count"),
    [("", None), ("0", 0), ("3", 3), ("2,00", 2), ("1.250", 1250), ("1.5", -1), ("some", -1)],
)
def test_how_many(text, count):
    assert count_said(text) == count


@pytest.mark.parametrize(
    ("number", "words", "kind"),
    [
        ("", "pistol", "weapon"),
        ("1305-00-000-0000", "pistol", "ammunition"),
        ("1005-01-587-7175", "mount", "part"),
        ("1005-01-587-7175", "rifle", "weapon"),
        ("2320-01-107-7155", "rifle", "other"),
    ],
)
def test_what_a_row_is_about(number, words, kind):
    assert row_kind("", words, number) == kind
