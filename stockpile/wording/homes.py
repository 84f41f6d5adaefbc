"""In words: what can be wrong with a home: its books, its disk, its backups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.BooksDamaged: lambda: _(
            "The database {path} is damaged ({why}). Do not repair it: set it aside and restore the"
            " last good backup."
        ),
        errors.BooksTooNew: lambda: _(
            "{path} was written by a newer version of the program (its form {theirs}, ours {ours})."
            " Nothing was changed. Install the newer version."
        ),
        errors.BooksRolledBack: lambda: _(
            "This database ends at entry {found}, but entry {anchored} was already written here. It is"
            " an old copy. Find the newer one, or take entries back from the registry."
        ),
        errors.AnchorMissing: lambda: _(
            "{path} is gone or was changed. It tells where the record ended, so the last entries may"
            " have been cut off. Keep this computer as it is, tell the registrar, and restore the last"
            " good backup."
        ),
        errors.BooksInUse: lambda: _(
            "{path} is open in another window or program. Close that one first."
        ),
        errors.DiskFull: lambda: _(
            "The disk of {path} is full. Nothing of this act was saved. Make room and repeat it."
        ),
        errors.DiskTrouble: lambda: _(
            "{path} cannot be read or written ({why}). Nothing of this act was saved."
        ),
        errors.BackupPlaceMissing: lambda: _(
            "The disk or stick for backups is not here ({path}). Plug it in: the backup is written as"
            " soon as it is back. Or choose another place in the settings."
        ),
        errors.BackupDamaged: lambda: _(
            "{path} is no whole backup ({why}). Nothing was taken from it. Use an older one, and make a"
            " new one on another disk."
        ),
        errors.UnsafeDisk: lambda: _(
            "{path} lies on a {kind} drive, where records are lost when power fails. Put the stockpile"
            " on the computer's own disk."
        ),
        errors.HomeMissing: lambda: _(
            "There is no stockpile in {path}. Make one with: stockpile init"
        ),
        errors.HomeExists: lambda: _(
            "There is a stockpile in {path} already. Nothing was changed."
        ),
        errors.HomeOpenToOthers: lambda: _(
            "Others who use this computer can read {path}, and that cannot be changed here. Move the"
            " stockpile to a folder that only you can read."
        ),
    }
)
