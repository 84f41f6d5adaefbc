from __future__ import annotations

from typing import get_args

import pytest

from stockpile.domain.headings import FIELDS
from stockpile.domain.importing import Doubt, Reason
from stockpile.domain.layouts import Why
from stockpile.services.import_words import doubt_sentence, field_name, reason_sentence, why_words


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (field_name, FIELDS),
        (reason_sentence, get_args(Reason)),
        (doubt_sentence, get_args(Doubt)),
        (why_words, get_args(Why)),
    ],
)
def test_every_value_has_words_of_its_own(words, values):
    said = [words(one) for one in values]
    assert all(said)
    assert len(set(said)) == len(said)
