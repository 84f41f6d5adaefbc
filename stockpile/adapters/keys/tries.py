"""Wrong passphrases, counted across restarts: each one makes the next wait longer.

The count lies open beside the key file, since nothing is opened yet that could seal it: it slows
whoever sits at the keyboard. Whoever takes the files away is slowed by Argon2id alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from stockpile.adapters.keys.files import write_whole
from stockpile.adapters.keys.signers import Moment, begun_again, seconds_left
from stockpile.adapters.keys.slots import Signer
from stockpile.domain.errors import PassphraseTooSoon

TRIES_FILE: Final = "tries.json"


class _Tries(msgspec.Struct, frozen=True):
    failures: int = 0
    not_before: int = 0
    since: int = 0


def demand_waited(home: Path, now: Moment) -> None:
    """Raise PassphraseTooSoon while the next passphrase must wait."""
    left = seconds_left(_read(home), now)
    if left > 0:
        raise PassphraseTooSoon(left)


def count_try(home: Path, now: Moment) -> None:
    """Count a wrong passphrase, on the disk; raises DiskFull, DiskTrouble."""
    held = _read(home)
    tried = begun_again(msgspec.structs.replace(held, failures=held.failures + 1), now)
    said = _Tries(tried.failures, tried.not_before, tried.since)
    write_whole(home / TRIES_FILE, msgspec.json.encode(said))


def forget_tries(home: Path) -> None:
    """Count anew: the passphrase was right."""
    (home / TRIES_FILE).unlink(missing_ok=True)


def _read(home: Path) -> Signer:
    """Return the tries as those of a PIN are counted: the same waits, by both clocks."""
    try:
        said = msgspec.json.decode((home / TRIES_FILE).read_bytes(), type=_Tries)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Signer(())
    return Signer((), max(0, said.failures), said.not_before, said.since)
