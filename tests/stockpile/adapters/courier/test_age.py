"""What we lock any age program opens, and the other way round; nothing changed is opened."""

from __future__ import annotations

import base64
import os

import pytest
from nacl.bindings import crypto_scalarmult
from nacl.signing import SigningKey

from stockpile.adapters.courier import age

KEY = SigningKey(bytes(range(32)))
OURS = age.recipient(bytes(KEY.verify_key))
THEIRS = age.recipient(bytes(SigningKey(bytes(32)).verify_key))
FOREIGN = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSAycjN5SmducFNEcDkrNGFKQzl2TStJeVkvNzVkZ2VOMStGVnVB"
    "ZWRBc1ZFCkVxSU8zejk4dS9vWklaL2dUMjJVekcwdm83WTJoN1VMZmJxMkNPVUVFQW8KLT4gM2ZKU2wpcFEtZ3JlYXNl"
    "ClVSUE4xczJMUXdNelVhdU16UEJpUGVEbUpWNTFyOTRTbjA1c0tUWHpxdGl1QlVyMAotLS0gQ3RvdXpTRlVLNzNKUlBq"
    "Um80NkZrelR0QVJPS2gzN2N5L3FIVWVvM2lZZwobvreRjeGH/hGLOQsnHoiZN7eBsKEudKB4tT5+qGZZTefo8jZGPb6B"
    "bXqFyThY+OaHnselX7g4tDhTV7qvan0="
)
"""Written by pyrage 1.x for our key, with a stanza that nobody knows in its header."""


def agree(share):
    return crypto_scalarmult(bytes(KEY.to_curve25519_private_key()), share)


def test_a_file_that_another_program_wrote_is_opened():
    assert age.unlock(FOREIGN, OURS, agree) == b"what another age program wrote\n"


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 200_000])
def test_what_is_locked_is_opened_by_its_receiver_alone(size):
    plain = os.urandom(size)
    locked = age.lock_for(plain, [THEIRS, OURS], os.urandom)
    assert age.unlock(locked, OURS, agree) == plain
    assert not age.is_for_words(locked)
    with pytest.raises(age.NotForUs):
        age.unlock(age.lock_for(plain, [THEIRS], os.urandom), OURS, agree)


def test_words_open_what_was_locked_with_them_and_no_others():
    locked = age.lock_with(b"plain", "babab cacac", os.urandom)
    assert age.is_for_words(locked)
    assert age.unlock(locked, OURS, agree, "babab cacac") == b"plain"
    for words in ("", "babab cacad"):
        with pytest.raises(age.NotForUs):
            age.unlock(locked, OURS, agree, words)


def test_a_file_that_asks_for_endless_work_is_refused():
    locked = age.lock_with(b"plain", "babab", os.urandom)
    hostile = locked.replace(b" 15\n", b" 30\n", 1)
    with pytest.raises(age.NotLocked):
        age.unlock(hostile, OURS, agree, "babab")


def test_a_byte_that_changed_or_is_missing_is_noticed():
    plain = bytes(70_000)
    locked = age.lock_for(plain, [OURS], os.urandom)
    places = [0, 30, 90, 150, 190, 220, 300, 65_000, 66_000, len(locked) - 1]
    for place in places:
        changed = bytearray(locked)
        changed[place] ^= 1
        with pytest.raises((age.NotLocked, age.NotForUs)):
            age.unlock(bytes(changed), OURS, agree)
    for end in (10, 100, 200, 65_000, len(locked) - 1):
        with pytest.raises(age.NotLocked):
            age.unlock(locked[:end], OURS, agree)
    with pytest.raises(age.NotLocked):
        age.unlock(locked + b"x", OURS, agree)


def test_a_share_that_agrees_with_everybody_is_refused():
    locked = age.lock_for(b"plain", [OURS], os.urandom)
    lines = locked.split(b"\n", 2)
    zero = base64.b64encode(bytes(32)).rstrip(b"=")
    with pytest.raises((age.NotLocked, age.NotForUs)):
        age.unlock(b"\n".join((lines[0], b"-> X25519 " + zero, lines[2])), OURS, agree)


def test_what_is_no_key_is_no_receiver():
    with pytest.raises(age.NotForUs):
        age.recipient(b"short")
