"""What these tests share: an officer before the desktop."""

from __future__ import annotations

from tests.helpers.seats import seat

__all__ = ["seat"]
