"""What lies half done on a desk, as one sealed file of the home, whole or not there.

It is sealed (XSalsa20 and Poly1305, a random nonce in front) under a key of the site's own: serial
numbers that were typed and not yet written down must not stand on a stolen disk in the clear.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stockpile.whole_files import beside, disk_errors

_FILE: Final = "notes.sealed"


class SealedNotes:
    """The port `Notes`; the file is made when something is kept first."""

    def __init__(self, home: Path, key: bytes) -> None:
        self._file = home / _FILE
        self._box = SecretBox(key)
        self._kept: dict[str, str] | None = None

    def read(self) -> dict[str, str]:
        """Return what was kept, by name; nothing where it does not open any more."""
        if self._kept is None:
            self._kept = self._read()
        return dict(self._kept)

    def keep(self, notes: dict[str, str]) -> None:
        """Put all notes in the place of those before; the same again is not written.

        Raises DiskFull, DiskTrouble.
        """
        if notes == self.read():
            return
        sealed = bytes(self._box.encrypt(json.dumps(notes, ensure_ascii=False).encode()))
        with beside(self._file) as draft:
            draft.write_bytes(sealed)
            draft.replace(self._file)
        self._kept = dict(notes)

    def _read(self) -> dict[str, str]:
        with disk_errors(self._file):
            if not self._file.exists():
                return {}
            sealed = self._file.read_bytes()
        try:
            said = json.loads(self._box.decrypt(sealed))
            return {str(name): str(text) for name, text in said.items()}
        except (CryptoError, ValueError, AttributeError):
            return {}  # half-done work is worth no stop of a day
