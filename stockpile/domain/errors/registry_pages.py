"""What the registry's pages refuse to whoever sits before them."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused


@dataclass(eq=False)
class SignInRefused(Refused):
    """Name, passphrase or the six digits are not right; which of them is not told."""


@dataclass(eq=False)
class SignInTooSoon(Refused):
    """Too many wrong tries for this name, or from this address; how long to wait, in seconds."""

    seconds: int


@dataclass(eq=False)
class DigitsWrong(Refused):
    """The six digits of the second factor are wrong, or were used already."""


@dataclass(eq=False)
class DeviceUnproved(Refused):
    """The digits are not those of the new device; the one until now still counts."""


@dataclass(eq=False)
class FactorUnproved(Refused):
    """The passphrase, or the code of the device until now, is not right; which is not told."""


@dataclass(eq=False)
class PassphrasesDiffer(Refused):
    """The new passphrase was typed in two ways."""


@dataclass(eq=False)
class FormStale(Refused):
    """A form does not come from a page that this visitor was shown in this session."""


@dataclass(eq=False)
class LoginTaken(Refused):
    """Another user signs in by this name."""

    login: str


@dataclass(eq=False)
class UserUnknown(Refused):
    """Nobody signs in to the registry by this name."""

    login: str


@dataclass(eq=False)
class AuditExportWrong(Damaged):
    """A file is not, or not any more, what a registry took out of its audit log."""

    file: str
