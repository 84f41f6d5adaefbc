"""The registry's clock: the only place of this room that asks the system what time it is."""

from __future__ import annotations

import time
from typing import Final

from stockpile.domain.values import Instant

_NANOSECONDS: Final = 1_000_000


def now() -> Instant:
    """Return what this machine's clock says, UTC milliseconds."""
    return time.time_ns() // _NANOSECONDS
