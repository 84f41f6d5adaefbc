"""What can be wrong with passphrases, PINs, keys and the ways back to them."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused, Unavailable


@dataclass(eq=False)
class WrongPassphrase(Refused):
    """No key slot opens with this passphrase."""


@dataclass(eq=False)
class PassphraseTooSoon(WrongPassphrase):
    """After wrong passphrases the next one must wait; in seconds."""

    seconds: int


@dataclass(eq=False)
class PassphraseTooShort(Refused):
    """A new passphrase of the store must have a least length."""

    least: int


@dataclass(eq=False)
class SystemSecretMissing(Refused):
    """The passphrase wants a secret of the system's safe beside it, and none is there."""


@dataclass(eq=False)
class SystemSecretOther(Refused):
    """The system's safe holds another secret than the one that this store wants."""


@dataclass(eq=False)
class SystemSafeLocked(Unavailable):
    """The system's safe is locked, and whoever it asked did not unlock it."""


@dataclass(eq=False)
class SystemSafeSilent(Unavailable):
    """The system's safe does not answer."""


@dataclass(eq=False)
class SystemSafeMissing(Unavailable):
    """This system has no safe that keeps a secret."""


@dataclass(eq=False)
class PracticeKeysFixed(Refused):
    """The secrets of a practice depot are known to all; they are not changed."""


@dataclass(eq=False)
class NoRecovery(Refused):
    """The home has neither a recovery sheet nor the authority's key, which the step wants first."""


@dataclass(eq=False)
class RecoveryKeyStrange(Refused):
    """The age identity opens nothing here: the home was sealed to another one, or to none."""


@dataclass(eq=False)
class SheetVoid(Refused):
    """The recovery sheet opens nothing here: keys were changed after it was made."""

    sheet: str


@dataclass(eq=False)
class SheetHalfMistyped(Refused):
    """A row of a half of the recovery sheet is not what was printed; row 0 is the whole half.

    ``half`` is the place where it was given: the first or the second.
    """

    half: int
    row: int


@dataclass(eq=False)
class SheetHalvesApart(Refused):
    """Two halves that do not belong together: the same half twice, or of two sheets."""


@dataclass(eq=False)
class KeysUnreadable(Damaged):
    """The key-slot file is missing or damaged."""

    path: str


@dataclass(eq=False)
class WrongPin(Refused):
    """The PIN does not open this officer's key."""

    name: str


@dataclass(eq=False)
class PinTooShort(Refused):
    """A PIN must have a least length."""

    least: int


@dataclass(eq=False)
class PinTooSoon(WrongPin):
    """After wrong PINs the next one must wait, so that nobody can try them all; in seconds."""

    seconds: int


@dataclass(eq=False)
class AuthorityKeyExists(Refused):
    """There is a key file of this name already; a key is never written over."""

    path: str
