"""Wrong passphrases, counted across restarts: each one makes the next wait longer.

The count lies open beside the key file, since nothing is opened yet that could lock it away: it
slows whoever sits at the keyboard. The key file says that it must lie there and what it is sealed
with, and is sealed itself: where the count is gone, or was edited, nobody knows how many were
tried, and the wait is the longest. Whoever reckons the seal anew, puts a kept copy of the count
back, or takes the files away, is slowed by Argon2id alone.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from stockpile.adapters.keys import slots
from stockpile.adapters.keys.files import write_whole
from stockpile.adapters.keys.signers import Moment, begun_again, doubted, seconds_left
from stockpile.adapters.keys.slots import Content, OldContent, Signer
from stockpile.domain.errors import DiskFull, DiskTrouble, KeysUnreadable, PassphraseTooSoon
from stockpile.domain.values import Instant

TRIES_FILE: Final = "tries.json"
MARK_LENGTH: Final = 32


class _Tries(msgspec.Struct, frozen=True):
    """``gone_at`` is when the file before was found gone or edited, until somebody was told."""

    failures: int = 0
    not_before: int = 0
    since: int = 0
    gone_at: int = 0
    seal: str = ""


@dataclass(frozen=True, slots=True)
class TryCount:
    """The count of a home.

    ``mark`` is what it is sealed with; without one any count passes, as before there were seals.
    ``is_kept`` says that a count must lie there.
    """

    home: Path
    mark: bytes = b""
    is_kept: bool = False

    def demand_waited(self, now: Moment) -> None:
        """Raise PassphraseTooSoon while the next passphrase must wait.

        Where a count is gone that must lie there the longest wait begins, on the disk. Raises
        DiskFull, DiskTrouble.
        """
        held = self._read()
        if held is None and self.is_kept:
            held = _told(doubted(Signer(()), now), now.at)
            _write(self.home, self.mark, held)
        left = seconds_left(_signer(held or _Tries()), now)
        if left > 0:
            raise PassphraseTooSoon(left)

    def add(self, now: Moment) -> None:
        """Count a wrong passphrase, on the disk; raises DiskFull, DiskTrouble."""
        held = self._read() or _Tries()
        signer = msgspec.structs.replace(_signer(held), failures=held.failures + 1)
        _write(self.home, self.mark, _told(begun_again(signer, now), held.gone_at))

    def forget(self) -> None:
        """Count anew: the passphrase was right. On a full disk what was counted stays."""
        held = self._read()
        if held is None or held.failures:
            with suppress(DiskFull, DiskTrouble):
                _write(self.home, self.mark, _Tries(gone_at=held.gone_at if held else 0))

    def begin(self, mark: bytes) -> Instant:
        """Let a count lie there from now on, sealed with a mark that the key file gets next.

        Return when the one before was found gone or edited, else 0. Raises DiskFull, DiskTrouble.
        """
        held = self._read()
        if held is None or held.gone_at or mark != self.mark:
            _write(self.home, mark, _Tries())
        return held.gone_at if held else 0

    def _read(self) -> _Tries | None:
        """Return what was counted; None where nothing is there that says it, or another said it."""
        try:
            said = msgspec.json.decode((self.home / TRIES_FILE).read_bytes(), type=_Tries)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None
        is_own = not self.mark or said.seal == _seal(self.mark, said)
        return said if is_own and said.failures >= 0 else None


def count_by(home: Path, content: Content | OldContent) -> TryCount:
    """Return the count of a home as its key file wants it."""
    if isinstance(content, OldContent):
        return TryCount(home)
    return TryCount(home, content.tries_mark, content.counts_tries)


def count_of(home: Path) -> TryCount:
    """Return the count of a home that is not open; whoever opens it says if its keys are none."""
    try:
        return count_by(home, slots.read_file(home).content)
    except KeysUnreadable:
        return TryCount(home)


def _write(home: Path, mark: bytes, tries: _Tries) -> None:
    sealed = msgspec.structs.replace(tries, seal=_seal(mark, tries))
    write_whole(home / TRIES_FILE, msgspec.json.encode(sealed))


def _seal(mark: bytes, tries: _Tries) -> str:
    said = msgspec.json.encode(msgspec.structs.replace(tries, seal=""))
    return hmac.digest(mark, said, hashlib.sha256).hex()


def _signer(held: _Tries) -> Signer:
    """Return the tries as those of a PIN are counted: the same waits, by both clocks."""
    return Signer((), held.failures, held.not_before, held.since)


def _told(signer: Signer, gone_at: Instant) -> _Tries:
    return _Tries(signer.failures, signer.not_before, signer.since, gone_at)
