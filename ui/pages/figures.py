"""Counts among words."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from stockpile.language import isolated


def figure(number: int) -> str:
    """Return a count as the language in use writes it, safe among words of any script."""
    return isolated(QLocale().toString(number))
