from __future__ import annotations

from stockpile.registry import texts


def test_a_text_that_an_index_takes_is_its_own_key_and_any_other_is_its_digest():
    for text in ("", "w1", "\u0645\u0633\u062f\u0633", "a" * texts.LONGEST_KEY):
        assert texts.key_of(text) == text
    odd = ("a\x00", "a" * (texts.LONGEST_KEY + 1), "#w1", "\x00")
    keys = {texts.key_of(text) for text in odd}
    assert len(keys) == len(odd)
    assert all(key.startswith("#") and len(key) == 65 for key in keys)


def test_what_no_database_holds_is_shown_as_the_sign_for_it():
    assert texts.shown("AB\x00C") == "AB\ufffdC"
