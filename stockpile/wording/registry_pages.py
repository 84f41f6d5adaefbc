"""In words: what the registry's pages refuse to whoever sits before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.SignInRefused: lambda: _(
            "Name, passphrase or digits are not right. Check each of them, wait until your device shows new digits, and try again."
        ),
        errors.SignInTooSoon: lambda: _(
            "Too many wrong tries. Nobody can sign in so for {wait}; what you typed is right or wrong as before. Wait and try again."
        ),
        errors.DigitsWrong: lambda: _(
            "The six digits are wrong or were used already. Nothing was done. Wait until your device shows new ones, and type those."
        ),
        errors.DeviceUnproved: lambda: _(
            "The new device does not show these six digits. Nothing was changed: the device until now still counts. Let the new one read the code again, and type what it shows."
        ),
        errors.FactorUnproved: lambda: _(
            "The passphrase, or the code of the device until now, is not right. Nothing was changed: that device still counts. Check both, wait until it shows new digits or take another recovery code, and try again."
        ),
        errors.PassphrasesDiffer: lambda: _(
            "The new passphrase was typed in two ways, so it was not set. Type it twice alike."
        ),
        errors.FormStale: lambda: _(
            "This form does not belong to the page that you were shown last, so nothing was done. Open the page again and repeat it."
        ),
        errors.LoginTaken: lambda: _(
            "Somebody else signs in as {login} already. Choose another name to sign in by."
        ),
        errors.UserUnknown: lambda: _(
            "Nobody signs in to this registry as {login}. Look at the list of users."
        ),
        errors.AuditExportWrong: lambda: _(
            "The file {file} is not what a registry took out of its audit log: its last line is missing, or does not fit what stands before it. Take nothing from it. Take the log out again; if it comes the same way, keep both files and tell who may investigate."
        ),
    }
)
