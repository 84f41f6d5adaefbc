from __future__ import annotations

from stockpile.domain.errors import registries as failures
from stockpile.wording import registries as words
from tests.helpers.rooms import worded_whole


def test_each_of_its_failures_has_a_sentence_and_each_code_its_words():
    worded_whole(words, failures)
