"""A wire for a simulated machine: a pseudo-terminal where the computer gives any, else TCP."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.app import has_ptys

HAS_PTYS = has_ptys()
needs_ptys = pytest.mark.skipif(not HAS_PTYS, reason="this computer gives no pseudo-terminals")


def wire(place: Path) -> dict[str, object]:
    """Return how a Simulator is reached, as its own keywords."""
    return {"pty_link": place} if HAS_PTYS else {"tcp_port": 0}


def wire_words(place: Path) -> tuple[str, str]:
    """Return the same as words of ``stockpile simulate``."""
    return ("--pty", str(place)) if HAS_PTYS else ("--tcp", "0")
