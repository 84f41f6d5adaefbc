"""What these tests share: an officer before the desktop, and the languages they are read in."""

from __future__ import annotations

from tests.helpers.readable import tongue
from tests.helpers.seats import seat

__all__ = ["seat", "tongue"]
