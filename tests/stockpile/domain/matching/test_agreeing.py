"""Whether two writings can mean the same make or calibre."""

from __future__ import annotations

import pytest

from stockpile.domain.matching.agreeing import agreement
from stockpile.domain.matching.asking import AsWritten

WORDS = AsWritten(frozenset({("make", "TAURUS"), ("make", "ROSSI")}))


@pytest.mark.parametrize(
    ("kind", "one", "other", "how"),
    [
        ("make", "Taurus", "TAURUS", "agrees"), ("make", "Forjas Taurus S/A", "taurus", "near"),
        ("make", "Taurus", "Rossi", "differs"), ("make", "Taurus", "somebody", "unknown"),
        ("make", "", "Rossi", "unknown"), ("calibre", ".38 SPL", "38", "near"),
        ("calibre", ".38", ".40", "differs"), ("calibre", ".38", "?", "unknown"),
        ("model", "PT 92", "M68", "unknown"), ("model", "PT 92 AF", "pt-92", "near"),
    ],
)  # fmt: skip
def test_how_two_writings_agree(kind, one, other, how):
    assert agreement(kind, one, other, WORDS) == how
    assert agreement(kind, other, one, WORDS) == how
