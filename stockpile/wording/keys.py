"""In words: what can be wrong with passphrases, PINs, keys and the ways back to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.WrongPassphrase: lambda: _(
            "This passphrase does not open the store. Type it again."
        ),
        errors.PassphraseTooSoon: lambda: _(
            "Too many wrong passphrases. Wait {wait} and try again."
        ),
        errors.PassphraseTooShort: lambda: _(
            "A passphrase of the store needs at least {least} characters: who has the computer can try"
            " as many as they like. Five words that do not belong together are good."
        ),
        errors.SystemSecretMissing: lambda: _(
            "This store opens only together with the secret in this computer's keyring, and it is not"
            " there. Sign in to the computer as usual, or recover the store with its recovery sheet or"
            " the authority's key."
        ),
        errors.SystemSecretOther: lambda: _(
            "This computer's keyring holds another secret than the one this store was locked with, as"
            " where somebody else is signed in to the computer or it was set up anew. Sign in to the"
            " computer as usual, or recover the store with its recovery sheet or the authority's key."
        ),
        errors.SystemSafeLocked: lambda: _(
            "This computer's keyring is locked. Unlock it with the password of this computer, then try"
            " again. Nothing was changed."
        ),
        errors.SystemSafeSilent: lambda: _(
            "This computer's keyring does not answer. Sign out of the computer and in again, then try"
            " again. Nothing was changed."
        ),
        errors.SystemSafeMissing: lambda: _(
            "This computer has no keyring that keeps a secret. Nothing was changed."
        ),
        errors.PracticeKeysFixed: lambda: _(
            "The secrets of a practice depot are known to everybody and stay as they are. Nothing was"
            " changed."
        ),
        errors.NoRecovery: lambda: _(
            "There is no way back into this store yet. Print a recovery sheet first, or have the"
            " authority's recovery key set."
        ),
        errors.RecoveryKeyStrange: lambda: _(
            "This age key does not open the store. It was sealed to another one, or to none. Nothing"
            " was changed."
        ),
        errors.SheetVoid: lambda: _(
            "Recovery sheet {sheet} is void: the keys were changed after it was printed, or another"
            " sheet was. Nothing was changed."
        ),
        errors.SheetHalfMistyped: lambda: _(
            "What was given for half {half} is not as it was printed (row {row}; 0 means its length or"
            " beginning). Compare it with the paper; scanning the square code is safer than typing."
        ),
        errors.SheetHalvesApart: lambda: _(
            "These are not the two halves of one recovery sheet. Both must bear the same number, and"
            " one is half 1, the other half 2."
        ),
        errors.KeysUnreadable: lambda: _(
            "The key file {path} is missing or damaged. Restore it from the backup; without it the"
            " store cannot be opened."
        ),
        errors.WrongPin: lambda: _(
            "This is not the PIN of {name}. After each wrong one the wait gets longer."
        ),
        errors.PinTooShort: lambda: _("A PIN needs at least {least} characters."),
        errors.AuthorityKeyExists: lambda: _(
            "{path} is there already. A key is never written over: choose another name."
        ),
        errors.PinTooSoon: lambda: _("Too many wrong PINs for {name}. Wait {wait} and try again."),
    }
)
