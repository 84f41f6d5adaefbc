from __future__ import annotations

from stockpile.wording import fields
from tests.helpers.rooms import every_code_has_words


def test_each_code_has_its_words():
    every_code_has_words(fields)
