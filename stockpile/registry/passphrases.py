"""Passphrases of the registry's users: how long, how they are stretched, the one given at first."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from threading import Semaphore
from typing import Final

from nacl import pwhash

from stockpile.domain.errors import PassphraseTooShort

LEAST_PASSPHRASE: Final = 12
_AT_ONCE: Final = Semaphore(2)
"""Passphrases stretched at the same time: each takes 64 MiB."""
_GIVEN_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class Strength:
    """The cost of one try: passes of Argon2id over so many bytes of memory."""

    passes: int
    memory: int


USUAL: Final = Strength(3, 64 << 20)
LIGHT: Final = Strength(1, 8192)
"""For tests only: no protection worth the name."""


def demand_passphrase(passphrase: str) -> None:
    """Raise PassphraseTooShort for a passphrase that is easily guessed."""
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(LEAST_PASSPHRASE)


def new_salt() -> bytes:
    """Return a salt for a passphrase that is set."""
    return secrets.token_bytes(pwhash.argon2id.SALTBYTES)


def stretched(passphrase: str, salt: bytes, strength: Strength) -> bytes:
    """Return the key of 32 bytes that a passphrase makes."""
    with _AT_ONCE:
        return pwhash.argon2id.kdf(
            32, passphrase.encode(errors="replace"), salt,
            opslimit=strength.passes, memlimit=strength.memory,
        )  # fmt: skip


def new_given() -> str:
    """Return a passphrase of eighty random bits that can be read aloud."""
    text = secrets.token_hex(_GIVEN_BYTES)
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
