from __future__ import annotations

import re

import pytest

from stockpile.domain.errors import PassphraseTooShort
from stockpile.registry import passphrases
from stockpile.registry.passphrases import LIGHT, USUAL


def test_one_passphrase_and_salt_make_one_key_and_any_other_another():
    salt = passphrases.new_salt()
    made = passphrases.stretched("seven old rifles", salt, LIGHT)
    assert len(made) == 32
    assert made == passphrases.stretched("seven old rifles", salt, LIGHT)
    assert made != passphrases.stretched("seven old rifles", passphrases.new_salt(), LIGHT)
    assert made != passphrases.stretched("seven old riflet", salt, LIGHT)
    assert passphrases.stretched("\ud800", salt, LIGHT)


def test_a_try_costs_what_a_country_should_pay():
    """RFC 9106 section 4, second choice: three passes over 64 MiB."""
    assert (USUAL.passes, USUAL.memory) == (3, 64 << 20)


def test_what_is_too_short_for_a_passphrase():
    for told in ("", "eleven char", " " * 20, "short" + " " * 20):
        with pytest.raises(PassphraseTooShort):
            passphrases.demand_passphrase(told)
    passphrases.demand_passphrase("twelve chars")


def test_what_is_given_first_is_read_aloud_and_never_the_same():
    given = {passphrases.new_given() for _ in range(50)}
    assert len(given) == 50
    assert all(re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){4}", one) for one in given)
