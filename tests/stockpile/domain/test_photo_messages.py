from __future__ import annotations

from stockpile.domain import wire
from stockpile.domain.photo_messages import (
    PhotoHave,
    PhotosAsked,
    PhotosHeld,
    PhotosWanted,
    PhotoWanted,
    is_digest,
)
from stockpile.domain.values import Digest, WeaponId
from tests.helpers.every import every

NAME = Digest("0a" * 32)


@every(
    [
        PhotosWanted((PhotoWanted(NAME, WeaponId("w1"), 812, 4),), 3),
        PhotosAsked((NAME,)),
        PhotosHeld(()),
        PhotoHave(NAME, "present", 812),
    ]
)
def test_messages_come_back_as_they_went(message):
    assert wire.decode(wire.encode(message), type(message)) == message


@every([("0a" * 32, True), ("0A" * 32, False), ("0a" * 31, False), (f"{'0a' * 32}\n", False)])
def test_a_digest_is_64_letters_of_hexadecimal(given_and_answer):
    text, is_one = given_and_answer
    assert is_digest(text) == is_one
