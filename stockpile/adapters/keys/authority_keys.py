"""The key files of the authority's officials: a signing key under a passphrase, on a stick.

A file stands alone: whoever finds it has only the passphrase to guess, and each try costs Argon2id.
It is never written over, and the key in it never leaves it but to sign.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Final

import msgspec
from nacl.signing import SigningKey

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.files import write_whole
from stockpile.adapters.keys.signers import signer_of
from stockpile.adapters.keys.strength import (
    KEY_LENGTH,
    SALT_LENGTH,
    Strength,
    stretched,
)
from stockpile.domain.errors import AuthorityKeyExists, KeysUnreadable, WrongPassphrase
from stockpile.services.ports import AuthorityKey, Chance

STRONG: Final = Strength(passes=4, memory=256 << 20)
"""Most of a second on a plain laptop: the file travels, and nobody counts the tries."""
_VERSION: Final = 1
_MOST_BYTES: Final = 16 << 10
_MOST_MEMORY: Final = 1 << 30
_MOST_PASSES: Final = 32


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    v: int
    name: str
    key: str
    salt: str
    passes: int
    memory: int
    sealed: str


class AuthorityKeyFiles:
    """The port `AuthorityKeys`."""

    def __init__(self, chance: Chance, strength: Strength = STRONG) -> None:
        self._chance = chance
        self._strength = strength

    def make(self, file: Path, name: str, passphrase: str) -> AuthorityKey:
        """Make a key in a new file; raises AuthorityKeyExists, DiskFull, DiskTrouble."""
        if file.exists():
            raise AuthorityKeyExists(str(file))
        seed, salt = self._chance.bytes(KEY_LENGTH), self._chance.bytes(SALT_LENGTH)
        box = slots.sealed(
            stretched(passphrase, salt, self._strength), seed,
            self._chance.bytes(slots.NONCE_LENGTH),
        )  # fmt: skip
        public_key = bytes(SigningKey(seed).verify_key)
        said = _File(
            _VERSION, name, public_key.hex(), salt.hex(), self._strength.passes,
            self._strength.memory, base64.b64encode(box).decode(),
        )  # fmt: skip
        write_whole(file, msgspec.json.format(msgspec.json.encode(said)) + b"\n")
        return AuthorityKey(name, public_key, signer_of(seed))

    def show(self, file: Path) -> tuple[str, bytes]:
        """Return the keeper's name and the public key, which no passphrase hides.

        Raises KeysUnreadable.
        """
        said = _read(file)
        return said.name, bytes.fromhex(said.key)

    def open(self, file: Path, passphrase: str) -> AuthorityKey:
        """Return the key, ready to sign; raises KeysUnreadable, WrongPassphrase."""
        said = _read(file)
        strength = Strength(said.passes, said.memory)
        key = stretched(passphrase, bytes.fromhex(said.salt), strength)
        seed = slots.unsealed(key, base64.b64decode(said.sealed))
        if seed is None:
            raise WrongPassphrase
        public_key = bytes(SigningKey(seed).verify_key)
        if public_key.hex() != said.key:
            raise KeysUnreadable(str(file))  # the key in clear was changed
        return AuthorityKey(said.name, public_key, signer_of(seed))


def _read(file: Path) -> _File:
    """Return a key file whose values can be worked with; raises KeysUnreadable."""
    try:
        with file.open("rb") as opened:
            said = msgspec.json.decode(opened.read(_MOST_BYTES), type=_File)
        key, salt = bytes.fromhex(said.key), bytes.fromhex(said.salt)
        base64.b64decode(said.sealed, validate=True)
    except (OSError, msgspec.DecodeError, ValueError, binascii.Error) as error:
        raise KeysUnreadable(str(file)) from error
    bounded = 0 < said.passes <= _MOST_PASSES and 0 < said.memory <= _MOST_MEMORY
    if said.v != _VERSION or (len(key), len(salt)) != (KEY_LENGTH, SALT_LENGTH) or not bounded:
        raise KeysUnreadable(str(file))
    return said
