"""The keys of the node and its officers, and of the authority's officials."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stockpile.domain.ledger import Sign
from stockpile.domain.values import NodeId, OfficerId, PersonId


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """An officer's opened signing key."""

    officer: OfficerId
    sign: Sign


@dataclass(frozen=True, slots=True)
class AuthorityKey:
    """An official's opened key: its keeper's name, the public half, and how it signs."""

    name: str
    public_key: bytes
    sign: Sign


class AuthorityKeys(Protocol):
    """The key files of the authority's officials, each under a passphrase of its own."""

    def make(self, file: Path, name: str, passphrase: str) -> AuthorityKey:
        """Make a key in a new file; raises AuthorityKeyExists, DiskFull, DiskTrouble."""
        ...

    def show(self, file: Path) -> tuple[str, bytes]:
        """Return the keeper's name and the public key; raises KeysUnreadable."""
        ...

    def open(self, file: Path, passphrase: str) -> AuthorityKey:
        """Return the key, ready to sign; raises KeysUnreadable, WrongPassphrase."""
        ...


class Keys(Protocol):
    """The node's and the officers' keys; private halves never leave."""

    @property
    def node(self) -> NodeId:
        """The node's id."""
        ...

    @property
    def public_key(self) -> bytes:
        """The node's public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Sign as the node."""
        ...

    def mac(self, message: bytes) -> bytes:
        """Return a 32-byte HMAC under the site's tag key."""
        ...

    def unlock(self, locked: bytes, path: str) -> bytes:
        """Return what was locked for this node; raises CourierForOther, CourierForged."""
        ...

    def add_officer(self, officer: OfficerId, pin: str, good: bytes = b"") -> bytes:
        """Make and wrap a key for the officer and return its public half.

        One key stays beside it until the next one: the key with the public half ``good``, which the
        books say is good until they say otherwise, else the newest.
        """
        ...

    def holds_officer(self, officer: OfficerId, public_key: bytes) -> bool:
        """Say whether the officer's key with this public half is here."""
        ...

    def open_officer(self, officer: OfficerId, pin: str, public_key: bytes = b"") -> OfficerKey:
        """Open an officer's key, the newest or the one with this public half.

        Raises WrongPin, slower after each failure, across restarts; OfficerUnknown.
        """
        ...

    def change_pin(self, officer: OfficerId, old: str, new: str) -> None:
        """Give an officer's key another PIN; raises WrongPin: a wrong old one is a try."""
        ...

    def pin_wait(self, officer: OfficerId) -> int:
        """Return how many seconds the officer's next PIN must wait; raises OfficerUnknown."""
        ...

    def lift_wait(self, officer: OfficerId) -> None:
        """Let the officer's next PIN be looked at at once; wrong ones before stay counted."""
        ...

    def add_holder(self, person: PersonId, pin: str) -> bytes:
        """Make and wrap a key for a holder and return its public half; an older one is gone."""
        ...

    def open_holder(self, person: PersonId, pin: str) -> Sign:
        """Open a holder's key; raises WrongPin, HolderWithoutPin, as slow as an officer's."""
        ...

    def forget_holder(self, person: PersonId) -> None:
        """Drop a holder's key, if there is one; what it signed stays signed."""
        ...
