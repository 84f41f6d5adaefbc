"""How hard a passphrase is to guess: the cost of one try, in passes and bytes of memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nacl import pwhash

KEY_LENGTH: Final = 32
SALT_LENGTH: Final = pwhash.argon2id.SALTBYTES


@dataclass(frozen=True, slots=True)
class Strength:
    """The cost of Argon2id: passes over so many bytes of memory."""

    passes: int
    memory: int


USUAL: Final = Strength(passes=3, memory=64 << 20)
"""About a seventh of a second on a plain laptop, and a gigabyte for 16 guesses at once."""
LIGHT: Final = Strength(passes=1, memory=8192)
"""For tests and practice depots only: no protection worth the name."""


def stretched(secret: str, salt: bytes, strength: Strength) -> bytes:
    """Return the 32-byte key that a passphrase or PIN makes with this salt."""
    return pwhash.argon2id.kdf(
        KEY_LENGTH, secret.encode(), salt, opslimit=strength.passes, memlimit=strength.memory
    )
