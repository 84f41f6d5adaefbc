"""The machine's clock and its randomness: the only place that asks the system for either."""

from __future__ import annotations

import secrets
import time

from stockpile.domain.values import Instant

_NANOSECONDS = 1_000_000


class SystemClock:
    """What this computer's clock says, right or wrong."""

    def now(self) -> Instant:
        """Return the instant, UTC milliseconds."""
        return time.time_ns() // _NANOSECONDS

    def zone(self) -> int:
        """Return minutes east of Greenwich, as set on this computer now."""
        return time.localtime().tm_gmtoff // 60


class SystemChance:
    """Randomness from the operating system, good enough for keys."""

    def bytes(self, count: int) -> bytes:
        """Return so many random bytes."""
        return secrets.token_bytes(count)
