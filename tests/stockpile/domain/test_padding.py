from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.padding import WIDTH, are_padded, unpadded

PADDED = ["00000123456", "0000AB12345", "00000&71234", "0000000&&12", "12345678901"]


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("00000123456", "123456"),
        ("0000AB12345", "AB12345"),
        ("00000&71234", "071234"),
        ("0000000&&12", "0012"),
        ("12345678901", "12345678901"),
        ("00000012-45", "12-45"),
        ("000000A&123", "A&123"),
        ("0123", "0123"),
        ("000000123456", "000000123456"),
        ("00000 12345", "00000 12345"),
        ("00000000000", ""),
        ("", ""),
    ],
)
def test_the_serial_that_a_full_text_stands_for(text, serial):
    assert unpadded(text) == serial


@given(st.from_regex(r"[0-9A-Z]{1,10}", fullmatch=True))
def test_filling_up_and_undoing_it_gives_the_serial_back(serial):
    zeros = len(serial) - len(serial.lstrip("0"))
    written = "&" * zeros + serial[zeros:]
    if serial.strip("0"):
        assert unpadded(written.rjust(WIDTH, "0")) == serial


def test_a_column_shows_the_form_by_itself():
    assert are_padded(PADDED)
    assert are_padded([f" {one} " for one in PADDED] + ["", "N/A"])


@pytest.mark.parametrize(
    "serials",
    [
        [],
        PADDED[:4],
        ["12345678901"] * 8,
        [*PADDED, "A1", "B2"],
        ["0123", "0456", "0789", "0001", "0002"],
        ["00000123 56"] * 6,
    ],
)
def test_other_columns_are_left_alone(serials):
    assert not are_padded(serials)
