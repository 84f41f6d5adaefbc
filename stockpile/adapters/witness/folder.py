"""A witness's folder: the logs it follows and the heads seen, and evidence that is never removed.

What was seen is put in place whole and brought to the disk before anything is said about it. A file
that cannot be read any more stops the witness: one that forgot would cosign anything.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from stockpile.domain import witnessing
from stockpile.domain.errors import FileUnreadable, KeysUnreadable
from stockpile.domain.values import Instant
from stockpile.domain.witnessing import FollowedLog
from stockpile.whole_files import beside, disk_errors, settle

_LOGS: Final = "logs.json"
_EVIDENCE: Final = "evidence"
_SEEN: Final = "seen-before.note"
_SHOWN: Final = "shown.offer"

_decode = msgspec.json.Decoder(tuple[FollowedLog, ...]).decode


class WitnessFolder:
    """The port `WitnessFiles`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def logs(self) -> tuple[FollowedLog, ...]:
        """Return every log that is followed; raises KeysUnreadable where the file is none."""
        file = self._folder / _LOGS
        with disk_errors(file):
            if not file.exists():
                return ()
            raw = file.read_bytes()
        try:
            return _decode(raw)
        except msgspec.DecodeError as error:
            raise KeysUnreadable(str(file)) from error

    def keep(self, log: FollowedLog) -> None:
        """Put what was seen of a log in the place of what stood there, whole and durable."""
        others = [one for one in self.logs() if one.origin != log.origin]
        said = msgspec.json.format(msgspec.json.encode([*others, log])) + b"\n"
        self.write(self._folder / _LOGS, said)

    def keep_evidence(self, seen: FollowedLog, shown: bytes, at: Instant) -> Path:
        """Keep the head seen before and the offer that contradicts it; return their folder."""
        folder = self._new_evidence(at)
        self.write(folder / _SEEN, seen.note.encode())
        self.write(folder / _SHOWN, shown)
        return folder

    def read(self, file: Path) -> bytes:
        """Return an offer from a stick; raises FileUnreadable where it is none or too long."""
        try:
            with file.open("rb") as opened:
                raw = opened.read(witnessing.MOST_OFFER + 1)
        except OSError as error:
            raise FileUnreadable(str(file), error.strerror or str(error)) from error
        if len(raw) > witnessing.MOST_OFFER:
            raise FileUnreadable(str(file), "too long")
        return raw

    def write(self, file: Path, note: bytes) -> None:
        """Write a file whole: the old one stays until the new one is on the disk."""
        with beside(file) as draft:
            with draft.open("xb") as opened:
                opened.write(note)
                opened.flush()
                os.fsync(opened.fileno())
            draft.replace(file)
            settle(file.parent)

    def _new_evidence(self, at: Instant) -> Path:
        """Make a folder for evidence; no earlier one is ever written into."""
        stamp = datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H%M%S")
        number = 1
        while True:
            folder = self._folder / _EVIDENCE / f"{stamp}-{number}"
            with disk_errors(folder):
                folder.parent.mkdir(exist_ok=True)
                try:
                    folder.mkdir()
                except FileExistsError:
                    number += 1
                    continue
            return folder
