"""What the key file says, and how it is sealed: ways in, node, tag key, who signs with a PIN.

    {"content": {...}, "digest": SHA-256 of the content's canonical bytes, "seal": HMAC of them}

The digest tells a damaged file from a wrong passphrase, before anything is opened. The seal is made
with a key that only the open books give: a file that somebody edited, or made, does not hold.

Format 2 (2026-12): one passphrase, the recovery sheet and the authority beside it; officers' keys
keep their PIN when the books get another key; ``turn`` counts each writing. Format 1 (2026-11) is
read and is format 2 from its next writing on.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Final

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stockpile.adapters.keys.files import write_whole
from stockpile.adapters.keys.strength import Strength
from stockpile.domain.errors import KeysUnreadable
from stockpile.domain.values import Instant
from stockpile.whole_files import disk_errors

KEY_FILE: Final = "keys.json"
FORMAT: Final = 2
FIRST_FORMAT: Final = 1
NONCE_LENGTH: Final = SecretBox.NONCE_SIZE


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The usual way in: a passphrase's salt and cost, and the database key sealed under it.

    With ``keyring`` a secret of the system's own safe is mixed in: the file alone cannot be guessed
    at. ``secret_digest`` tells another secret from a wrong passphrase; older files have none.
    """

    salt: bytes
    strength: Strength
    sealed: bytes
    keyring: bool = False
    secret_digest: bytes = b""


class SheetSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The way in of the printed sheet: its number, and the key sealed under both halves."""

    sheet: str
    sealed: bytes
    made_at: Instant = 0


class AuthoritySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The authority's way in: its age recipient, and the database key locked for it."""

    recipient: str
    locked: bytes


class SignerKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signing key: sealed under PIN and mixing key, and around that under the books' key."""

    salt: bytes
    strength: Strength
    sealed: bytes
    public_key: bytes
    made_at: Instant = 0


class Signer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An officer's or holder's keys, the newest first; how often a PIN was wrong, for all of them.

    The next try waits until ``not_before`` on the clock, and as long in the computer's running
    time, which nobody sets: ``since`` is how long it had run at the last wrong one, in ms.
    """

    keys: tuple[SignerKey, ...]
    failures: int = 0
    not_before: Instant = 0
    since: int = 0


class Renewal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new database key on its way: sealed under the one before, with the ways in to it."""

    key: bytes
    slots: tuple[Slot, ...]
    authority: AuthoritySlot | None = None


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything the key file holds; private halves are sealed.

    ``mixing`` is the key that PINs are mixed with, sealed. ``recovered`` tells by what the home was
    opened last without its passphrase (sheet, authority), ``put_back_at`` when an older copy of
    this file was found in its place, ``anchored`` whether a sealed anchor must lie beside it,
    ``counts_tries`` whether a count of wrong passphrases must, sealed with ``tries_mark``, and
    ``tries_gone_at`` when that was found gone or edited.
    """

    format: int
    turn: int
    slots: tuple[Slot, ...]
    public_key: bytes
    node: bytes
    tag: bytes
    mixing: bytes
    signers: dict[str, Signer]
    sheet: SheetSlot | None = None
    authority: AuthoritySlot | None = None
    renewal: Renewal | None = None
    renewed_at: Instant = 0
    recovered: str = ""
    recovered_at: Instant = 0
    put_back_at: Instant = 0
    anchored: bool = False
    counts_tries: bool = False
    tries_gone_at: Instant = 0
    tries_mark: bytes = b""


class OldSigner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An officer's key as format 1 has it: under PIN and database key."""

    salt: bytes
    strength: Strength
    sealed: bytes
    public_key: bytes
    failures: int = 0
    not_before: Instant = 0


class OldContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of format 1."""

    format: int
    slots: tuple[Slot, ...]
    public_key: bytes
    node: bytes
    tag: bytes
    officers: dict[str, OldSigner]


class _Form(msgspec.Struct, frozen=True):
    format: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    content: msgspec.Raw
    digest: str
    seal: str = ""


class KeyFile(msgspec.Struct, frozen=True):
    """A key file as read: what it says, and what its seal was made of."""

    content: Content | OldContent
    raw: bytes
    seal: str

    def is_sealed_by(self, database_key: bytes) -> bool:
        """Say whether the file is as the open books left it; format 1 had no seal."""
        if isinstance(self.content, OldContent):
            return True
        return hmac.compare_digest(_seal(self.raw, database_key), self.seal)


def write_content(home: Path, content: Content, database_key: bytes) -> None:
    """Write the key file whole and durably, sealed; raises DiskFull, DiskTrouble."""
    raw = msgspec.json.encode(content, order="sorted")
    digest = hashlib.sha256(raw).hexdigest()
    file = _File(msgspec.Raw(raw), digest, _seal(raw, database_key))
    write_whole(home / KEY_FILE, msgspec.json.encode(file))


def read_file(home: Path) -> KeyFile:
    """Read the key file; raises KeysUnreadable where it is missing or damaged, DiskTrouble."""
    path = home / KEY_FILE
    try:
        with disk_errors(path):
            raw = path.read_bytes() if path.exists() else b""
        file = msgspec.json.decode(raw, type=_File)
        inner = bytes(file.content)
        form = msgspec.json.decode(inner, type=_Form).format
        if hashlib.sha256(inner).hexdigest() != file.digest or form not in {FIRST_FORMAT, FORMAT}:
            raise KeysUnreadable(str(path))
        if form == FIRST_FORMAT:
            return KeyFile(msgspec.json.decode(inner, type=OldContent), inner, "")
        return KeyFile(msgspec.json.decode(inner, type=Content), inner, file.seal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KeysUnreadable(str(path)) from error


def sealed(key: bytes, secret: bytes, nonce: bytes) -> bytes:
    """Return the secret sealed under a key (XSalsa20 and Poly1305), its nonce in front."""
    return bytes(SecretBox(key).encrypt(secret, nonce))


def unsealed(key: bytes, box: bytes) -> bytes | None:
    """Return the secret in the box, or None if this key does not open it."""
    try:
        return SecretBox(key).decrypt(box)
    except (CryptoError, ValueError):
        return None


def officer_key(stretched_pin: bytes, mixing: bytes) -> bytes:
    """Return the key of a signer's box: it takes the PIN and the open books, never one alone."""
    return hashlib.blake2b(stretched_pin, key=mixing, digest_size=32).digest()


def _seal(raw: bytes, database_key: bytes) -> str:
    key = hashlib.blake2b(b"stockpile key file", key=database_key, digest_size=32).digest()
    return hmac.digest(key, raw, hashlib.sha256).hex()
