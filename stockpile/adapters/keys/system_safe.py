"""The system's own safe (Secret Service, Keychain, Credential Manager), by the library `keyring`.

It is a second factor: with its secret mixed in, the key file alone cannot be guessed at. Where a
system has no such safe the factor cannot be turned on, and nothing else changes. A command also
looks there for a passphrase that its user put beside it. The safe is
another's program: it may be locked and ask for a password in a window of its own, be gone, or not
answer, and none of that may hold this program up for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, TypeVar

import keyring
from keyring.errors import KeyringLocked

from stockpile.domain.errors import SystemSafeLocked, SystemSafeMissing, SystemSafeSilent
from stockpile.domain.values import NodeId

SERVICE: Final = "stockpile second factor"
PASSPHRASES: Final = "stockpile"
SECRET_LENGTH: Final = 32
PATIENCE: Final = 120.0
"""Seconds that a safe is waited for: somebody may be typing the password that it asks for."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SystemSafe:
    """Secrets of nodes in the safe of whoever is signed in to the system."""

    patience: float = PATIENCE

    def read(self, node: NodeId) -> bytes | None:
        """Return the secret of a node; None where there is none, or no safe.

        Raises SystemSafeLocked, SystemSafeSilent.
        """
        try:
            secret = bytes.fromhex(self._asked(lambda: keyring.get_password(SERVICE, node)) or "")
        except (SystemSafeMissing, ValueError):
            return None
        return secret if len(secret) == SECRET_LENGTH else None

    def passphrase(self, home: str) -> str:
        """Return the passphrase that a user keeps there for a home; nothing where there is none.

        Raises SystemSafeLocked, SystemSafeSilent.
        """
        try:
            return self._asked(lambda: keyring.get_password(PASSPHRASES, home)) or ""
        except SystemSafeMissing:
            return ""

    def keep(self, node: NodeId, secret: bytes) -> None:
        """Keep the secret of a node, read back.

        Raises SystemSafeMissing, SystemSafeLocked, SystemSafeSilent.
        """
        self._asked(lambda: keyring.set_password(SERVICE, node, secret.hex()))
        if self.read(node) != secret:  # a safe that takes everything and keeps nothing
            raise SystemSafeMissing

    def forget(self, node: NodeId) -> None:
        """Drop the secret of a node, if there is one and the safe can be asked."""
        try:
            self._asked(lambda: keyring.delete_password(SERVICE, node))
        except (SystemSafeMissing, SystemSafeLocked, SystemSafeSilent):
            return

    def is_there(self) -> bool:
        """Say whether this system has a safe that keeps something: asked by its kind alone."""
        backend = keyring.get_keyring()
        return type(backend).__module__ not in {
            "keyring.backends.null", "keyring.backends.fail",
        }  # fmt: skip

    def _asked(self, ask: Callable[[], T]) -> T:
        """Ask the safe, and wait no longer than is sensible.

        The thread of one that never answers is left behind; it keeps no program from its end.
        """
        answer: Future[T] = Future()
        threading.Thread(target=_answer, args=(answer, ask), daemon=True).start()
        try:
            trouble = answer.exception(self.patience)
        except TimeoutError as error:
            raise SystemSafeSilent from error
        if isinstance(trouble, KeyringLocked):
            raise SystemSafeLocked from trouble
        if trouble is not None:
            raise SystemSafeMissing from trouble
        return answer.result()


def _answer(answer: Future[T], ask: Callable[[], T]) -> None:
    try:
        answer.set_result(ask())
    except Exception as error:  # noqa: BLE001 - each system's safe raises what it likes
        answer.set_exception(error)
