"""Instants as dates: what a strange node wrote is shown as far as a calendar goes, and no further.

An instant and a zone in a fact are whatever its writer's program said. A date beyond all calendars
must not keep anybody from reading the record that it stands in.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from stockpile.domain.values import Instant

_FIRST: Final = -62_135_510_400_000
"""0001-01-02 in UTC: a day is left at each end, so that every zone still has a date."""
_LAST: Final = 253_402_214_400_000
"""9999-12-31 in UTC."""
_MOST_EAST: Final = 1439
"""Minutes: a clock is less than a day away from Greenwich."""


def moment(at: Instant, zone: int = 0) -> datetime:
    """Return an instant on a clock ``zone`` minutes east of Greenwich, in the years 1 to 9999."""
    east = max(-_MOST_EAST, min(zone, _MOST_EAST))
    there = timezone(timedelta(minutes=east)) if east else UTC
    return datetime.fromtimestamp(max(_FIRST, min(at, _LAST)) / 1000, UTC).astimezone(there)
