"""Badges: what an officer's card says to a scanner, so that nobody types a name at a counter.

A badge names its officer and proves nothing: the PIN is asked all the same. Its text is drawn at
random, so that a lost card is answered by another one; the ledger keeps its SHA-256 alone, which
nobody turns back into a card. It is ``#1`` and sixteen letters or digits: no command is a digit
after the ``#``, and no serial, tag or number of a paper begins with one.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

RANDOM_BYTES: Final = 10
"""How much chance a badge takes: 80 bits cannot be guessed at a scanner."""
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters that no eye and no scanner takes for another: without I, L, O and U."""
_LENGTH: Final = 16
_BADGE: Final = re.compile(rf"#1[{_SIGNS}]{{{_LENGTH}}}\Z", re.ASCII | re.IGNORECASE)
_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z](?=#1)")


def new_badge(chance: bytes) -> str:
    """Return the text of a badge made of ten random bytes."""
    number = int.from_bytes(chance[:RANDOM_BYTES], "big")
    letters = [_SIGNS[number >> 5 * place & 31] for place in range(_LENGTH)]
    return "#1" + "".join(letters)


def read_badge(text: str) -> str:
    """Return the badge that was scanned, or nothing.

    A scanner's identifier of the symbol in front, lower case and blanks around are understood.
    """
    said = text.strip()
    found = _BADGE.fullmatch(_AIM.sub("", said, count=1))
    return found.group().upper() if found else ""


def badge_at_end(typed: str) -> int:
    """Return how many letters at the end of what was typed are a badge; 0 where none is.

    A scanner types where the cursor stands, perhaps behind half a word.
    """
    found = _BADGE.search(typed)
    if found is None:
        return 0
    before = _AIM.search(typed)
    start = before.start() if before and before.end() == found.start() else found.start()
    return len(typed) - start


def badge_digest(badge: str) -> str:
    """Return what the ledger keeps of a badge: the SHA-256 of its text, in hex."""
    return hashlib.sha256(badge.encode("ascii")).hexdigest()
