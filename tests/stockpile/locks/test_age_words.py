"""What we write for words is age's own format, byte for byte as its readers want it, and cheap."""

from __future__ import annotations

import hashlib

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.locks import age_words
from tests.helpers.nightly import examples

WORDS = "babab cacac dadad fafaf gagag"
PIECE = 64 * 1024


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_the_librarys_reader_opens_what_we_write(size):
    plain = hashlib.shake_128(b"plain").digest(size)
    assert pyrage.passphrase.decrypt(age_words.lock(plain, WORDS), WORDS) == plain


@given(st.binary(max_size=200), st.text(min_size=1, max_size=40))
@settings(max_examples=examples(40))
def test_any_words_of_any_script_do(plain, words):
    assert pyrage.passphrase.decrypt(age_words.lock(plain, words), words) == plain


def test_two_files_of_one_content_share_no_byte_of_it():
    first, second = (age_words.lock(b"plain", WORDS).split(b"\n") for _each in range(2))
    assert first[0] == second[0]
    assert not set(first[1:]) & set(second[1:])


def test_any_flipped_byte_is_noticed():
    locked = age_words.lock(b"plain", WORDS)
    for at in (25, 40, 60, 100, 150, len(locked) - 20, len(locked) - 1):
        spoilt = bytearray(locked)
        spoilt[at] ^= 1
        with pytest.raises(pyrage.DecryptError):
            pyrage.passphrase.decrypt(bytes(spoilt), WORDS)


def test_a_reader_needs_little_memory():
    work = int(age_words.lock(b"", WORDS).split(b"\n")[1].rsplit(b" ", 1)[1])
    assert 128 * 8 * 2**work <= 32 * 1024 * 1024
