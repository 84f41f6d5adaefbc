"""What was locked for a node in the age format is opened here, where its private key is.

age takes an Ed25519 key in the form of SSH; the text of one is made for a single opening.
"""

from __future__ import annotations

import base64
from typing import Final

import pyrage
from nacl.signing import SigningKey

from stockpile.domain.errors import CourierForged, CourierForOther

_KIND: Final = b"ssh-ed25519"
_BLOCK: Final = 8


def unlocked(locked: bytes, key: SigningKey, path: str) -> bytes:
    """Return the content; raises CourierForOther, and CourierForged where it is not whole."""
    try:
        return pyrage.decrypt(locked, [pyrage.ssh.Identity.from_buffer(openssh_text(key))])
    except pyrage.DecryptError as error:
        if str(error) == "No matching keys found":
            raise CourierForOther("") from error
        raise CourierForged(path, "lock") from error


def openssh_text(key: SigningKey) -> bytes:
    """Return a private key as OpenSSH writes one without a passphrase (its PROTOCOL.key)."""
    public = bytes(key.verify_key)
    check, comment = bytes(8), b""
    secret = check + b"".join(map(_field, (_KIND, public, bytes(key) + public, comment)))
    padding = bytes(range(1, 1 + -len(secret) % _BLOCK))
    whole = (
        b"openssh-key-v1\0"
        + b"".join(map(_field, (b"none", b"none", b"")))
        + (1).to_bytes(4, "big")
        + _field(_field(_KIND) + _field(public))
        + _field(secret + padding)
    )
    name = b"OPENSSH PRIVATE KEY-----\n"
    return b"-----BEGIN " + name + base64.encodebytes(whole) + b"-----END " + name


def _field(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content
