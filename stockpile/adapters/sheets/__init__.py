"""Lists that nobody made for us, read from the formats that offices send them in."""

from __future__ import annotations

from stockpile.adapters.sheets.profiles import shipped_profiles
from stockpile.adapters.sheets.reader import Sheets

__all__ = ["Sheets", "shipped_profiles"]
