"""How a passphrase becomes a key."""

from __future__ import annotations

from stockpile.adapters.keys.strength import LIGHT, SALT_LENGTH, USUAL, stretched

SALT = bytes(range(SALT_LENGTH))


def test_the_usual_cost_is_64_mebibytes_and_three_passes():
    assert (USUAL.memory, USUAL.passes) == (64 << 20, 3)


def test_a_key_is_made_of_secret_salt_and_cost():
    made = {
        stretched("a", SALT, LIGHT),
        stretched("b", SALT, LIGHT),
        stretched("a", SALT[::-1], LIGHT),
        stretched("a", SALT, USUAL),
    }
    assert len(made) == 4
    assert {len(key) for key in made} == {32}
    assert stretched("a", SALT, LIGHT) in made
