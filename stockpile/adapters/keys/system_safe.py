"""The system's own safe (Secret Service, Keychain, Credential Manager), by the library `keyring`.

It is a second factor only: with its secret mixed in, the key file alone cannot be guessed at. Where
a system has no such safe the factor cannot be turned on, and nothing else changes.
"""

from __future__ import annotations

import binascii
from typing import Final

import keyring
from keyring.errors import KeyringError

from stockpile.domain.errors import SystemSafeMissing
from stockpile.domain.values import NodeId

SERVICE: Final = "stockpile second factor"
SECRET_LENGTH: Final = 32


class SystemSafe:
    """Secrets of nodes in the safe of whoever is signed in to the system."""

    def read(self, node: NodeId) -> bytes | None:
        """Return the secret of a node; None where there is none, or no safe."""
        try:
            secret = bytes.fromhex(keyring.get_password(SERVICE, node) or "")
        except (KeyringError, binascii.Error, ValueError, RuntimeError):
            return None
        return secret if len(secret) == SECRET_LENGTH else None

    def keep(self, node: NodeId, secret: bytes) -> None:
        """Keep the secret of a node, read back; raises SystemSafeMissing."""
        try:
            keyring.set_password(SERVICE, node, secret.hex())
        except (KeyringError, RuntimeError) as error:
            raise SystemSafeMissing from error
        if self.read(node) != secret:  # a safe that takes everything and keeps nothing
            raise SystemSafeMissing

    def forget(self, node: NodeId) -> None:
        """Drop the secret of a node, if there is one."""
        try:
            keyring.delete_password(SERVICE, node)
        except (KeyringError, RuntimeError):
            return

    def is_there(self) -> bool:
        """Say whether this system has a safe that keeps something: asked by its kind alone."""
        backend = keyring.get_keyring()
        return type(backend).__module__ not in {
            "keyring.backends.null", "keyring.backends.fail",
        }  # fmt: skip
