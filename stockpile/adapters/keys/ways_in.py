"""The ways to the database key: a passphrase, the authority's age key, both halves of a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, Protocol

import pyrage

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.slots import AuthoritySlot, SheetSlot, Slot
from stockpile.adapters.keys.strength import SALT_LENGTH, Strength, stretched
from stockpile.domain.errors import (
    FieldUnreadable,
    RecoveryKeyStrange,
    SheetVoid,
    SystemSecretMissing,
    SystemSecretOther,
    WrongPassphrase,
)
from stockpile.domain.values import NodeId
from stockpile.services.ports import Chance


class SystemSecrets(Protocol):
    """The safe that the system keeps for whoever is signed in to it."""

    def read(self, node: NodeId) -> bytes | None:
        """Return the secret of a node; None where there is none."""
        ...


class _NoSafe:
    """A system without a safe."""

    def read(self, node: NodeId) -> bytes | None:  # noqa: ARG002 - holds none, whoever asks
        """Return nothing."""
        return None


NO_SAFE: Final[SystemSecrets] = _NoSafe()


def passphrase_slot(
    passphrase: str, database_key: bytes, strength: Strength, chance: Chance, secret: bytes = b""
) -> Slot:
    """Return the way in by a passphrase, with a secret of the system's safe where one is given."""
    salt = chance.bytes(SALT_LENGTH)
    key = _mixed(stretched(passphrase, salt, strength), secret)
    box = slots.sealed(key, database_key, chance.bytes(slots.NONCE_LENGTH))
    return Slot(salt, strength, box, bool(secret), _digest_of(secret))


def opened_by_passphrase(
    ways: Sequence[Slot], passphrase: str, node: NodeId, secrets: SystemSecrets
) -> bytes:
    """Return the database key.

    Raises WrongPassphrase, SystemSecretMissing, SystemSecretOther, SystemSafeLocked,
    SystemSafeSilent.
    """
    secret = secrets.read(node) if any(one.keyring for one in ways) else None
    for slot in ways:
        if slot.keyring and secret is None:
            continue
        if slot.keyring and slot.secret_digest not in (b"", _digest_of(secret or b"")):
            raise SystemSecretOther
        stretched_ = stretched(passphrase, slot.salt, slot.strength)
        key = _mixed(stretched_, secret if slot.keyring and secret else b"")
        found = slots.unsealed(key, slot.sealed)
        if found is not None:
            return found
    if any(one.keyring for one in ways) and secret is None:
        raise SystemSecretMissing
    raise WrongPassphrase


def demand_recipient(recipient: str) -> None:
    """Raise FieldUnreadable for what is no age recipient (age1...)."""
    try:
        pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError as error:
        raise FieldUnreadable("recovery", recipient) from error


def authority_slot(recipient: str, database_key: bytes) -> AuthoritySlot:
    """Return the authority's way in; raises FieldUnreadable for what is no age recipient."""
    demand_recipient(recipient)
    known = pyrage.x25519.Recipient.from_str(recipient.strip())
    return AuthoritySlot(recipient.strip(), pyrage.encrypt(database_key, [known]))


def opened_by_authority(way: AuthoritySlot | None, identity: str) -> bytes:
    """Return the database key that the authority's age identity opens; raises RecoveryKeyStrange.

    The identity is a file of age: its line begins with AGE-SECRET-KEY-1.
    """
    lines = [one.strip() for one in identity.splitlines()]
    for line in lines:
        if way is None or not line.upper().startswith("AGE-SECRET-KEY-1"):
            continue
        try:
            key = pyrage.x25519.Identity.from_str(line)
            return pyrage.decrypt(way.locked, [key])
        except (pyrage.IdentityError, pyrage.DecryptError):
            continue
    raise RecoveryKeyStrange


def opened_by_sheet(way: SheetSlot | None, sheet: str, secret: bytes) -> bytes:
    """Return the database key that both halves of a sheet open; raises SheetVoid."""
    found = slots.unsealed(secret, way.sealed) if way is not None and way.sheet == sheet else None
    if found is None:
        raise SheetVoid(sheet)
    return found


def _digest_of(secret: bytes) -> bytes:
    """Return what a secret of 256 random bits is known by; nobody guesses it from that."""
    if not secret:
        return b""
    return hashlib.blake2b(secret, person=b"known keyring", digest_size=16).digest()


def _mixed(key: bytes, secret: bytes) -> bytes:
    """Return the key with the secret of the system's safe in it: neither opens anything alone."""
    return hashlib.blake2b(key, key=secret, digest_size=32).digest() if secret else key
