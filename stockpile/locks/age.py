"""The age format (age-encryption.org/v1), by pyrage: what a courier file is locked with.

Any age program opens what this writes, with the words or with the node's key as an SSH key. age
does not say who wrote a file: the courier's signature does. What takes a node's private key is done
where the keys are.
"""

from __future__ import annotations

import base64
import re
import subprocess  # our own interpreter only
import sys
from collections.abc import Sequence
from typing import Final

import pyrage
from nacl.bindings import crypto_core_ed25519_is_valid_point

from stockpile.locks import age_words

MOST_WORK: Final = 21
"""Log 2 of the scrypt work that a file may ask of us: 2 GiB of memory for some seconds.

We ask for a little (see ``age_words``). What other age programs write takes a second where it is
written: 17 to 19, and two more for machines to come. pyrage reads what takes sixteen seconds by its
own estimate: up to 23, and that needs 8 GiB.
"""
_FOR_WORDS: Final = b"age-encryption.org/v1\n-> scrypt "
_WORK: Final = re.compile(re.escape(_FOR_WORDS) + rb"[A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")
_SSH_NAME: Final = b"ssh-ed25519"
_KEY: Final = 32
_REFUSED: Final = 3
_NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_APART: Final = f"""
import sys
from pyrage import DecryptError, passphrase

given = sys.stdin.buffer.read()
size = int(sys.argv[1])
for left in reversed(range(10)):
    try:
        made = passphrase.decrypt(given[size:], given[:size].decode())
        break
    except DecryptError as error:
        if left == 0 or not str(error).startswith("Excessive work"):
            print(error, file=sys.stderr)
            sys.exit({_REFUSED})
sys.stdout.buffer.write(made)
"""
"""pyrage lets no other thread run while it works, and words may take seconds: the screen would
stand still, so that they are tried in a process of their own. They reach it by its input, which
nobody sees, not by its command line. What pyrage thinks too much work hangs on how busy the machine
is in that one moment: it is asked again, for what is too much is settled here."""


class NotLocked(Exception):
    """The bytes are no age file for words, are not whole, or ask for absurd work."""


class WordsWrong(Exception):
    """The file is locked with other words."""


def lock_for(plain: bytes, public_keys: Sequence[bytes]) -> bytes:
    """Return the content locked for the nodes with these Ed25519 keys; raises ValueError."""
    return pyrage.encrypt(plain, [_recipient(one) for one in public_keys])


def lock_with(plain: bytes, words: str) -> bytes:
    """Return the content locked with words that were drawn at random."""
    return age_words.lock(plain, words)


def new_key() -> str:
    """Return a key for one file alone, as age writes it."""
    return str(pyrage.x25519.Identity.generate())


def lock_by(plain: bytes, key: str) -> bytes:
    """Return the content locked with such a key."""
    return pyrage.encrypt(plain, [pyrage.x25519.Identity.from_str(key).to_public()])


def unlock_by(locked: bytes, key: str) -> bytes:
    """Return the content that such a key opens; raises NotLocked."""
    try:
        return pyrage.decrypt(locked, [pyrage.x25519.Identity.from_str(key)])
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise NotLocked from error


def is_for_words(locked: bytes) -> bool:
    """Say whether it is words that open it: they are then the only way."""
    return locked.startswith(_FOR_WORDS)


def unlock_with(locked: bytes, words: str, most: int = MOST_WORK) -> bytes:
    """Return the content that words open; raises NotLocked, WordsWrong.

    ``most`` is log 2 of the work that it may ask.
    """
    asked = _WORK.match(locked)
    if asked is None or int(asked[1]) > most:
        raise NotLocked
    return _apart(locked, words)


def _recipient(public_key: bytes) -> pyrage.ssh.Recipient:
    """Return a node as age knows it: by its key in the form of RFC 8709, section 4."""
    if len(public_key) != _KEY or not crypto_core_ed25519_is_valid_point(public_key):
        raise ValueError("no key at all, or one that would lock a file for everybody")
    parts = (len(one).to_bytes(4, "big") + one for one in (_SSH_NAME, public_key))
    text = base64.b64encode(b"".join(parts)).decode()
    return pyrage.ssh.Recipient.from_str(f"{_SSH_NAME.decode()} {text}")


def _apart(locked: bytes, words: str) -> bytes:
    secret = words.encode()
    done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-P", "-c", _APART, str(len(secret))],
        input=secret + locked,
        capture_output=True,
        check=False,
        creationflags=_NO_WINDOW,
    )
    if done.returncode == _REFUSED:
        raise WordsWrong if done.stderr.strip() == b"Decryption failed" else NotLocked
    done.check_returncode()
    return done.stdout
