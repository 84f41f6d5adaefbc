"""The engineers' log; the ledger is the audit trail and the two never mix.

Rotating files, UTC. Serial numbers and names of people never above DEBUG.
"""

from __future__ import annotations

import logging
import logging.handlers
import time
from pathlib import Path

_LARGEST = 1_000_000
_KEPT = 5


def start(folder: Path, *, debug: bool = False) -> Path:
    """Write the log into the folder from now on, and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "stockpile.log"
    handler = logging.handlers.RotatingFileHandler(
        file, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    line = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s")
    line.converter = time.gmtime
    handler.setFormatter(line)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    return file
