"""The anchor: number and hash of the last entry, kept outside the database.

An old anchor is harmless, so it is written without waiting for the disk; one that is newer than the
database proves that the database was rolled back. It is shorter than a sector and overwritten in
place, which no drive tears (a rename costs as much as a whole registration). Its seal is made with
a key that only the open home gives, so that nobody writes one to fit an older database.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from stockpile.domain.errors import AnchorMissing
from stockpile.domain.ledger import Tip
from stockpile.domain.values import Digest
from stockpile.whole_files import disk_errors

ANCHOR_FILE: Final = "anchor.json"
_LENGTH: Final = 256
_LABEL: Final = b"stockpile anchor\x00"


class _Anchored(msgspec.Struct, frozen=True):
    number: int
    seq: int
    hash: str
    seal: str = ""


class AnchorFile:
    """The anchor of one home.

    ``mac`` seals it. One that is ``demanded`` must be there, sealed: else `read` raises
    AnchorMissing, for a home whose database alone was put back would tell nothing.
    """

    def __init__(
        self, home: Path, mac: Callable[[bytes], bytes] | None = None, *, demanded: bool = False
    ) -> None:
        self._file = home / ANCHOR_FILE
        self._mac, self._demanded = mac, demanded

    def read(self) -> Tip | None:
        """Return the tip anchored last; None where there is none, or none that can be read.

        Raises AnchorMissing where one is demanded and not there, or does not bear our seal.
        """
        try:
            said = msgspec.json.decode(self._file.read_bytes(), type=_Anchored)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            said = None  # it anchors nothing, and is written anew with the next entry
        if said is not None and self._is_good(said):
            return Tip(said.number, said.seq, Digest(said.hash))
        if self._demanded:
            raise AnchorMissing(str(self._file))
        return None

    def write(self, tip: Tip, *, durably: bool = False) -> None:
        """Anchor the tip; raises DiskFull, DiskTrouble."""
        said = _Anchored(tip.number, tip.seq, tip.hash)
        sealed = msgspec.structs.replace(said, seal=self._seal(said))
        record = msgspec.json.encode(sealed).ljust(_LENGTH)
        with disk_errors(self._file):
            file = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(file, record)
                if durably:
                    os.fsync(file)
            finally:
                os.close(file)

    def _is_good(self, said: _Anchored) -> bool:
        """Say whether an anchor may be believed; one without a seal only where none is demanded."""
        if self._mac is None or (not said.seal and not self._demanded):
            return True
        return hmac.compare_digest(self._seal(said), said.seal)

    def _seal(self, said: _Anchored) -> str:
        if self._mac is None:
            return ""
        told = f"{said.number} {said.seq} {said.hash}".encode()
        return self._mac(_LABEL + told).hex()
