"""Wrong passphrases, counted across restarts: each one makes the next wait longer.

The count lies open beside the key file, since nothing is opened yet that could seal it: it slows
whoever sits at the keyboard. The key file says that it must lie there, under its seal: where it is
gone, or says nothing, nobody knows how many were tried, and the wait is the longest. Whoever takes
the files away is slowed by Argon2id alone.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from stockpile.adapters.keys.files import write_whole
from stockpile.adapters.keys.signers import Moment, begun_again, doubted, seconds_left
from stockpile.adapters.keys.slots import Signer
from stockpile.domain.errors import DiskFull, DiskTrouble, PassphraseTooSoon
from stockpile.domain.values import Instant

TRIES_FILE: Final = "tries.json"


class _Tries(msgspec.Struct, frozen=True):
    """``gone_at`` is when the file before was found gone, until somebody was told."""

    failures: int = 0
    not_before: int = 0
    since: int = 0
    gone_at: int = 0


def demand_waited(home: Path, now: Moment, *, is_kept: bool) -> None:
    """Raise PassphraseTooSoon while the next passphrase must wait.

    ``is_kept`` says that a count must lie there: without one the longest wait begins, on the disk.
    Raises DiskFull, DiskTrouble.
    """
    held = _read(home)
    if held is None and is_kept:
        held = _told(doubted(Signer(()), now), now.at)
        _write(home, held)
    left = seconds_left(_signer(held or _Tries()), now)
    if left > 0:
        raise PassphraseTooSoon(left)


def count_try(home: Path, now: Moment) -> None:
    """Count a wrong passphrase, on the disk; raises DiskFull, DiskTrouble."""
    held = _read(home) or _Tries()
    signer = msgspec.structs.replace(_signer(held), failures=held.failures + 1)
    _write(home, _told(begun_again(signer, now), held.gone_at))


def forget_tries(home: Path) -> None:
    """Count anew: the passphrase was right. On a full disk what was counted stays."""
    held = _read(home)
    if held is None or held.failures:
        with suppress(DiskFull, DiskTrouble):
            _write(home, _Tries(gone_at=held.gone_at if held else 0))


def begin_counting(home: Path) -> Instant:
    """Let a count lie there from now on; return when the one before was found gone, else 0.

    Raises DiskFull, DiskTrouble.
    """
    held = _read(home)
    if held is None or held.gone_at:
        _write(home, _Tries())
    return held.gone_at if held else 0


def _read(home: Path) -> _Tries | None:
    """Return what was counted; None where nothing is there that says it."""
    try:
        said = msgspec.json.decode((home / TRIES_FILE).read_bytes(), type=_Tries)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return said if said.failures >= 0 else None


def _write(home: Path, tries: _Tries) -> None:
    write_whole(home / TRIES_FILE, msgspec.json.encode(tries))


def _signer(held: _Tries) -> Signer:
    """Return the tries as those of a PIN are counted: the same waits, by both clocks."""
    return Signer((), held.failures, held.not_before, held.since)


def _told(signer: Signer, gone_at: Instant) -> _Tries:
    return _Tries(signer.failures, signer.not_before, signer.since, gone_at)
