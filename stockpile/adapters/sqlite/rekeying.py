"""Another key for a database: every page sealed anew in one transaction, or none of them."""

from __future__ import annotations

from pathlib import Path

from stockpile.adapters.sqlite.store import Store
from stockpile.domain.errors import BooksDamaged


def rekey_file(file: Path, old: bytes, new: bytes) -> bool:
    """Seal a database that nobody has open under a new key; say whether it was under the old one.

    Raises BooksDamaged for a file that neither key opens, DiskFull, DiskTrouble.
    """
    try:
        Store(file, new, any_thread=True).close()
    except BooksDamaged:
        store = Store(file, old, any_thread=True)
    else:
        return False
    try:
        store.rekey(new)
    finally:
        store.close()
    return True
