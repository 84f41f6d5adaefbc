"""A witness's own program: its folder and key opened, the registry's public pages plugged in.

It needs no home and no books: whoever witnesses sees hashes and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.http.public_log import HttpPublicLogs
from stockpile.adapters.keys.authority_keys import STRONG, AuthorityKeyFiles
from stockpile.adapters.keys.strength import Strength
from stockpile.adapters.witness.folder import WitnessFolder
from stockpile.services.ports import AuthorityKey
from stockpile.services.witnessing import WitnessDesk
from stockpile.whole_files import disk_errors

KEY_FILE: Final = "witness.key"


def make_witness(
    folder: Path, name: str, passphrase: str, *, strength: Strength = STRONG
) -> WitnessDesk:
    """Make a witness's folder with a new key; raises AuthorityKeyExists, DiskFull, DiskTrouble."""
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    files = AuthorityKeyFiles(SystemChance(), strength)
    return _plugged_in(folder, files.make(folder / KEY_FILE, name, passphrase))


def open_witness(folder: Path, passphrase: str) -> WitnessDesk:
    """Open a witness's folder; raises KeysUnreadable, WrongPassphrase."""
    files = AuthorityKeyFiles(SystemChance())
    return _plugged_in(folder, files.open(folder / KEY_FILE, passphrase))


def _plugged_in(folder: Path, key: AuthorityKey) -> WitnessDesk:
    return WitnessDesk(key, WitnessFolder(folder), HttpPublicLogs(), SystemClock())
