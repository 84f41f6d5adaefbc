"""Texts that others wrote, as a database can hold and index them.

What stands in a fact may be of any length and hold any character; the fact itself is kept verbatim.
"""

from __future__ import annotations

from typing import Final

from stockpile.domain import codec

LONGEST_KEY: Final = 200
"""Characters of a text that an index takes; PostgreSQL's limit is 2,700 bytes a row."""
NOTHING: Final = "\x00"


def key_of(text: str) -> str:
    """Return a text as the database keeps it for finding: itself, or its digest if it cannot."""
    if len(text) <= LONGEST_KEY and NOTHING not in text and text[:1] != "#":
        return text
    return "#" + codec.digest(text.encode())


def shown(text: str) -> str:
    """Return a text as a column for people holds it; the state keeps it whole."""
    return text.replace(NOTHING, "\ufffd")
