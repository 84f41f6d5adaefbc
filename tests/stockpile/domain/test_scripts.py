"""The script of a mark, as far as its characters tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.scripts import script_of
from stockpile.domain.vocabulary import SCRIPTS


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("KB4471902", "Latn"), ("ЖК 1207", "Cyrl"), ("١٢٣٤", "Arab"), ("۱۲۳", "Arab"),
        ("م ١٢", "Arab"), ("ΣΑ 12", "Grek"), ("五六式", "Hans"), ("조선 12", "Hang"),
        ("トヨ", "Jpan"), ("१२", "Deva"), ("12-345", "Zyyy"), ("?*", "Zyyy"), ("  ", ""), ("", ""),
        ("12 Ж", "Cyrl"), ("ＡＢ", "Latn"),
    ],
)  # fmt: skip
def test_a_script_is_told_by_its_letters_before_its_digits(text, script):
    assert script_of(text) == script


@given(st.text(max_size=12))
def test_whatever_is_written_the_script_is_one_of_the_list(text):
    assert script_of(text) in {"", *SCRIPTS}
