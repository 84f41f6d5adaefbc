"""What a serial column's cell says."""

from __future__ import annotations

import pytest

from stockpile.domain.normalising.serial_texts import read_serial_text


@pytest.mark.parametrize(
    ("written", "status", "why"),
    [
        ("AB 123456", "read", "exact"),
        ("12?45", "partial", "part"),
        ("RASPADA", "removed", "status_words"),
        ("ilegível", "illegible", "status_words"),
        ("N/A", "none", "status_words"),
        ("", "none", "empty"),
        ("1.2E+06", "read", "doubtful"),
        ("2021-05-10", "read", "doubtful"),
        ("7,62x39", "read", "doubtful"),
        ("1005-00-056-2753", "read", "doubtful"),
        ("12345", "read", "doubtful"),
        ("J8183 (revelado no ferrolho)", "read", "doubtful"),
    ],
)
def test_a_cell_is_a_serial_words_or_something_else(written, status, why):
    answer = read_serial_text(written)
    assert (answer.status, answer.why) == (status, why)


def test_words_are_never_kept_as_a_serial():
    assert read_serial_text("SEM NÚMERO").normal == ""
    assert read_serial_text(" ab  12 ").normal == "ab 12"
