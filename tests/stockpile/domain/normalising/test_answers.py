"""What an answer says of itself."""

from __future__ import annotations

import pytest

from stockpile.domain.normalising.answers import unanswered


@pytest.mark.parametrize(
    ("why", "understood", "says_something"),
    [
        ("not_understood", False, True),
        ("empty", False, False),
        ("said_unknown", True, False),
        ("not_a_weapon", True, True),
    ],
)
def test_an_answer_without_a_code_still_says_whether_it_was_understood(
    why, understood, says_something
):
    answer = unanswered("as written", why)
    assert (answer.code, answer.value) == ("", "as written")
    assert (answer.understood, answer.says_something) == (understood, says_something)
