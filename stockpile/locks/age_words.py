"""An age file for words (age-encryption.org/v1, the scrypt recipient), written with work we choose.

pyrage lets scrypt work as hard as one second of the writing machine allows: a gigabyte of memory
on a good one, which a cheap laptop that is to read the file may not have. That is right for what
people think up. The words of a courier file are eighty random bits, and no machine tries through
those at any price; so a little work is enough. Every age program opens the file.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from typing import Final

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt as seal

WORK: Final = 15
"""Log 2 of scrypt's N: 32 MiB of memory and a tenth of a second on a cheap laptop."""

_BLOCK: Final = 8
_KEY: Final = 32
_MEMORY: Final = 2 * 128 * _BLOCK << WORK
_PIECE: Final = 64 * 1024
_FIRST: Final = b"age-encryption.org/v1"
_LABEL: Final = b"age-encryption.org/v1/scrypt"


def lock(plain: bytes, words: str) -> bytes:
    """Return the content locked with words that were drawn, not thought up."""
    file_key, salt, nonce = (secrets.token_bytes(16) for _each in range(3))
    outer = hashlib.scrypt(
        words.encode(), salt=_LABEL + salt, n=1 << WORK, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=_KEY
    )
    wrapped = _text(seal(file_key, None, bytes(12), outer))
    stanza = b"-> scrypt %s %d\n%s" % (_text(salt), WORK, wrapped)
    head = b"\n".join((_FIRST, stanza, b"---"))
    proof = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    pieces = _pieces(plain, _derived(file_key, nonce, b"payload"))
    return b"".join((head, b" ", _text(proof), b"\n", nonce, *pieces))


def _pieces(plain: bytes, key: bytes) -> Iterator[bytes]:
    """Seal 64 KiB at a time, each by its number, the last one marked as the last."""
    count = max(1, -(-len(plain) // _PIECE))
    for number in range(count):
        last = number == count - 1
        part = plain[number * _PIECE : (number + 1) * _PIECE]
        yield seal(part, None, number.to_bytes(11) + bytes([last]), key)


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """Return one key of HKDF (RFC 5869) with SHA-256, as long as its hash."""
    inner = hmac.digest(salt, secret, "sha256")
    return hmac.digest(inner, purpose + b"\x01", "sha256")


def _text(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")
