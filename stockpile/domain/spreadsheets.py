"""What a spreadsheet program makes of a table that we give away.

What a weapon's record says was typed by others. A cell that begins with one of these signs is
worked out, or run, by the program that opens the table (OWASP, CSV injection).
"""

from __future__ import annotations

from typing import Final

_SIGNS: Final = ("=", "+", "-", "@", "|", "%")
_BLANKS: Final = ("\t", "\r", "\n")


def harmless(cell: str) -> str:
    """Return a cell that no program takes for a formula: an apostrophe stands before its sign."""
    is_formula = cell.startswith(_BLANKS) or cell.lstrip().startswith(_SIGNS)
    return f"'{cell}" if is_formula else cell
