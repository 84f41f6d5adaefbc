"""What the key file says, and how it is sealed: slots, node, tag key, officers.

    {"content": {...}, "digest": SHA-256 of the content's canonical bytes}

The digest tells a damaged file from a wrong passphrase. Format 1 (2026-11) is the first.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stockpile.adapters.keys.files import write_whole
from stockpile.adapters.keys.strength import Strength, stretched
from stockpile.domain.errors import KeysUnreadable
from stockpile.domain.values import Instant
from stockpile.whole_files import disk_errors

KEY_FILE: Final = "keys.json"
FORMAT: Final = 1
NONCE_LENGTH: Final = SecretBox.NONCE_SIZE


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to the database key: a passphrase's salt and cost, and the key sealed under it."""

    salt: bytes
    strength: Strength
    sealed: bytes


class OfficerSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An officer's key, sealed under PIN and database key; and how often the PIN was wrong."""

    salt: bytes
    strength: Strength
    sealed: bytes
    public_key: bytes
    failures: int = 0
    not_before: Instant = 0


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything the key file holds; private halves are sealed."""

    format: int
    slots: tuple[Slot, ...]
    public_key: bytes
    node: bytes
    tag: bytes
    officers: dict[str, OfficerSlot]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: msgspec.Raw
    digest: str


def write_content(home: Path, content: Content) -> None:
    """Write the key file whole and durably; raises DiskFull, DiskTrouble."""
    raw = msgspec.json.encode(content, order="sorted")
    file = _File(msgspec.Raw(raw), hashlib.sha256(raw).hexdigest())
    write_whole(home / KEY_FILE, msgspec.json.encode(file))


def read_content(home: Path) -> Content:
    """Read the key file; raises KeysUnreadable where it is missing or damaged, DiskTrouble."""
    path = home / KEY_FILE
    try:
        with disk_errors(path):
            raw = path.read_bytes() if path.exists() else b""
        file = msgspec.json.decode(raw, type=_File)
        content = msgspec.json.decode(file.content, type=Content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KeysUnreadable(str(path)) from error
    if hashlib.sha256(bytes(file.content)).hexdigest() != file.digest or content.format != FORMAT:
        raise KeysUnreadable(str(path))
    return content


def opened_slot(slot: Slot, passphrase: str) -> bytes | None:
    """Return the database key, if the passphrase opens this slot."""
    return unsealed(stretched(passphrase, slot.salt, slot.strength), slot.sealed)


def sealed(key: bytes, secret: bytes, nonce: bytes) -> bytes:
    """Return the secret sealed under a key (XSalsa20 and Poly1305), its nonce in front."""
    return bytes(SecretBox(key).encrypt(secret, nonce))


def unsealed(key: bytes, box: bytes) -> bytes | None:
    """Return the secret in the box, or None if this key does not open it."""
    try:
        return SecretBox(key).decrypt(box)
    except (CryptoError, ValueError):
        return None


def officer_key(stretched_pin: bytes, database_key: bytes) -> bytes:
    """Return the key of an officer's slot: it takes the PIN and the open books, never one alone."""
    return hashlib.blake2b(stretched_pin, key=database_key, digest_size=32).digest()
