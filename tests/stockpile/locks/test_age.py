"""What we lock its receiver opens, or who has the words; a hostile file costs nobody a machine."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
import time

import pyrage
import pytest
from nacl.signing import SigningKey

from stockpile.locks import age
from tests.helpers.sites import SiteKeys

OURS, THEIRS = SiteKeys(bytes(range(32))), SiteKeys(b"t" * 32)
WORDS = "babab cacac"
EARLIER = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAvSkxLRk9OZGJkS0ZaYjlyVVV5VUNRIDE5CkI4OFo4QzJudFJD"
    "ZnNaU0xPS2t2Q3IvYTA4elBlb291Qi9pcmVLMVdsOWsKLS0tIG1kc2xNNU9xWlFkZ2F6Si9nUVd5WnFRaVh1S3dXcmk2"
    "ZkFtcGxzMnhaR2sK4eSkHQUtOLdgzMmz4ZVZllTADYoLXZ7C0lwxEqdOD/YscTmXpqsfzBPHzT+ILrjv29kxHm8Hs843"
    "X2sdSTE="
)
"""Written by pyrage 1.4 with these words."""


@pytest.fixture(scope="module")
def spoken():
    return age.lock_with(b"plain", WORDS)


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_000])
def test_what_is_locked_is_opened_by_each_of_its_receivers(size):
    plain = os.urandom(size)
    locked = age.lock_for(plain, [THEIRS.public_key, OURS.public_key])
    assert OURS.unlock(locked, "a") == THEIRS.unlock(locked, "a") == plain
    assert not age.is_for_words(locked)


def test_words_open_what_was_locked_with_them_and_no_others(spoken):
    assert age.is_for_words(spoken)
    assert pyrage.passphrase.decrypt(spoken, WORDS) == b"plain"
    with pytest.raises(age.WordsWrong):
        age.unlock_with(spoken, "babab cacad")


def test_what_an_earlier_version_locked_with_words_is_opened():
    assert age.unlock_with(EARLIER, WORDS) == b"what an earlier version wrote\n"


def test_the_screen_goes_on_while_words_are_tried():
    opened = list[bytes]()
    trying = threading.Thread(target=lambda: opened.append(age.unlock_with(EARLIER, WORDS)))
    trying.start()
    looks = 0
    while trying.is_alive():
        time.sleep(0.005)
        looks += 1
    assert opened == [b"what an earlier version wrote\n"]
    assert looks > 10


@pytest.mark.parametrize("work", [b"22", b"30", b"63", b"0", b"030", b"999", b"x", b""])
def test_a_file_that_asks_for_endless_work_is_refused_before_any(monkeypatch, work):
    salt = EARLIER.split(b"\n")[1].rpartition(b" ")[0]
    hostile = EARLIER.replace(salt + b" 19\n", salt + b" " + work + b"\n", 1)
    assert hostile != EARLIER
    assert age.is_for_words(hostile)
    monkeypatch.setattr(age, "_apart", None)
    with pytest.raises(age.NotLocked):
        age.unlock_with(hostile, WORDS)


def test_what_the_library_itself_thinks_too_much_is_refused_in_the_end():
    with pytest.raises(age.NotLocked):
        age._apart(EARLIER.replace(b" 19\n", b" 60\n", 1), WORDS)


def test_a_process_that_fails_for_another_reason_is_no_verdict_on_the_file(monkeypatch):
    monkeypatch.setattr(age, "_APART", "import no_such_module")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        age.unlock_with(EARLIER, WORDS)
    assert WORDS not in str(failed.value)


def test_a_file_for_words_that_changed_or_is_cut_is_not_opened(spoken):
    spoilt = bytearray(spoken)
    spoilt[-1] ^= 1
    for one in (bytes(spoilt), spoken[:-40], spoken[:90], b"nothing"):
        with pytest.raises(age.NotLocked):
            age.unlock_with(one, WORDS)


@pytest.mark.parametrize("key", [b"short", bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_what_is_no_key_or_everybodys_is_no_receiver(key):
    with pytest.raises(ValueError, match="no key"):
        age.lock_for(b"plain", [bytes(SigningKey.generate().verify_key), key])


def test_a_key_for_one_file_opens_its_parts_and_nothing_else_does():
    key = age.new_key()
    locked = age.lock_by(b"plain", key)
    assert age.unlock_by(locked, key) == b"plain"
    assert locked.startswith(b"age-encryption.org/v1")
    for tried, by in ((locked, age.new_key()), (locked[:-1], key), (locked, "no key"), (b"", key)):
        with pytest.raises(age.NotLocked):
            age.unlock_by(tried, by)
