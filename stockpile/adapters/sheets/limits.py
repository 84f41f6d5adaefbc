"""How much an honest list may hold; whatever unfolds into more is refused, not read."""

from __future__ import annotations

from typing import Final

LARGEST_FILE: Final = 256 * 2**20
"""Bytes of the file itself."""
LARGEST_UNPACKED: Final = 1024 * 2**20
"""Bytes of all parts of a workbook together, as its directory declares them and as counted."""
LARGEST_STRINGS: Final = 128 * 2**20
"""Bytes of a workbook's table of texts, which has to be in memory whole."""
LARGEST_PART: Final = 16 * 2**20
"""Bytes of any other part that is parsed in one piece (styles, relations, properties)."""
LARGEST_ELEMENT: Final = 8 * 2**20
"""Bytes between one row (or text) and the next: a parser builds them in memory first."""
STEEPEST: Final = 300
"""Unpacked bytes for each packed one; real sheets stay below 100, bombs reach 1,000."""
SMALL: Final = 16 * 2**20
"""Bytes below which no ratio is suspicious."""
MOST_PARTS: Final = 5_000
MOST_ROWS: Final = 2**20
"""Rows of one sheet; also the most that Excel itself can show."""
MOST_COLUMNS: Final = 1_000
MOST_CELLS: Final = 12_000_000
LONGEST_CELL: Final = 100_000
"""Characters; Excel itself stops at 32,767."""
