"""Lists that nobody made for us, read from the formats that offices send them in."""

from __future__ import annotations

from stockpile.adapters.sheets.profiles import shipped_profiles
from stockpile.adapters.sheets.reader import FileListings

__all__ = ["FileListings", "shipped_profiles"]
