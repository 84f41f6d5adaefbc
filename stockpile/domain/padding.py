"""Serials filled up with zeros to eleven characters, as offices of the United States write them.

In that form a serial stands at the right of eleven characters, zeros fill the left, and a zero that
belongs to the serial is written ``&``: ``00000&71234`` is 071234. The source is a table of a US
unit logistics handbook, seen at second hand; a list that follows it shows it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

WIDTH: Final = 11
_FULL: Final = re.compile(rf"[0-9A-Z&/-]{{{WIDTH}}}", re.IGNORECASE)
_FEWEST: Final = 5
_MOST_FULL: Final = 0.9
_FILLED: Final = 0.6
_ZEROS: Final = re.compile("&+")


def are_padded(serials: Iterable[str]) -> bool:
    """Say whether a column of serials follows the form: nearly all are full, most begin with 0."""
    seen = [one for text in serials if (one := text.strip()) and any(map(str.isdigit, one))]
    full = [one for one in seen if _FULL.fullmatch(one)]
    filled = sum(1 for one in full if one.startswith("0"))
    enough = len(seen) >= _FEWEST and len(full) >= _MOST_FULL * len(seen)
    return enough and filled >= _FILLED * len(seen)


def unpadded(text: str) -> str:
    """Return the serial that such a text stands for; texts of another length stay as they are."""
    if _FULL.fullmatch(text) is None:
        return text
    rest = text.lstrip("0")
    match = _ZEROS.match(rest)
    return rest if match is None else "0" * match.end() + rest[match.end() :]
