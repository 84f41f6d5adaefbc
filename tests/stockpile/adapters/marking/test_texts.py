from __future__ import annotations

import string

import pytest

from stockpile.adapters.marking import texts
from stockpile.domain.errors import MarkNotPossible

ALPHABET = frozenset(f"{string.ascii_letters}{string.digits} -Ж")


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "empty"), ("   ", "empty"), (" A", "spaces"), ("A ", "spaces"), ("A%", "character"),
     ("A\n", "spaces"), ("A\nB", "character"), ("ABCDEFGHI", "length")],
)  # fmt: skip
def test_what_a_machine_would_not_give_back_is_refused_by_name(text, why):
    with pytest.raises(MarkNotPossible) as refused:
        texts.check(text, ALPHABET, 8)
    assert refused.value.why == why


def test_what_it_would_give_back_is_not():
    texts.check("UG 26-42", ALPHABET, 8)
    texts.check("ЖЖЖЖЖ", ALPHABET, 8)
    with pytest.raises(MarkNotPossible):  # where a machine counts bytes
        texts.check("ЖЖЖЖЖ", ALPHABET, 8, lambda one: len(one.encode()))
