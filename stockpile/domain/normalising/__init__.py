"""What written values mean: the catalogue's calibres, makes, models, types and countries."""

from __future__ import annotations

from stockpile.domain.normalising.answers import KINDS, Kind, Normal, Why
from stockpile.domain.normalising.normaliser import Normaliser

__all__ = ["KINDS", "Kind", "Normal", "Normaliser", "Why"]
