from __future__ import annotations

from typing import get_args

from stockpile.registry import audit
from stockpile.registry.web import audit_words


def test_every_act_has_words():
    assert set(audit_words._WORDS) == set(get_args(audit.Act)) == set(audit_words.ACTS)
    assert audit_words.words("something newer") == "something newer"


def test_a_word_that_is_no_act_means_everything():
    assert audit_words.known_act("searched") == "searched"
    assert audit_words.known_act("' OR 1=1") == ""
