"""What calibres written differently have in common."""

from __future__ import annotations

import pytest

from stockpile.domain.matching.bores import bores


@pytest.mark.parametrize(
    ("one", "other"),
    [(".38", "38 SPL"), ("7,62 MM NATO", ".308 WINCHESTER (7,62X51 MM)"), ("9 MM", "9x19"),
     ("5.56x45", ".223 REMINGTON"), ("0.38", ".38"), (".40 S&W", "P.40")],
)  # fmt: skip
def test_one_bore_in_two_writings(one, other):
    assert bores(one) & bores(other)


@pytest.mark.parametrize(("one", "other"), [(".38", ".380"), ("12", ".22 LR"), ("9 MM", ".40")])
def test_two_bores(one, other):
    assert not bores(one) & bores(other)
