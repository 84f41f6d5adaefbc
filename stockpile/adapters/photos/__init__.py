"""Photos: made small, upright and silent about who took them where, and kept sealed by content."""

from __future__ import annotations
