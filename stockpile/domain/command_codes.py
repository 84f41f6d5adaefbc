"""Command barcodes: what a person at a scanner may say without putting it down.

A command is ``#`` and a word of capitals: never a serial, a tag, a number of a paper or a maker's
code, so that no label can give a command and no command can name a weapon. The codes are read from
a card that hangs at the rack, as Code 128.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Command = Literal["undo", "repeat", "next_rack", "close", "print_last"]
"""What can be said: take the last step back, say the last answer again, go on with the next rack,
end what is being done here, print the label of the weapon that was scanned last."""

COMMANDS: Final[Mapping[str, Command]] = MappingProxyType({
    "#UNDO": "undo",
    "#REPEAT": "repeat",
    "#NEXTRACK": "next_rack",
    "#CLOSE": "close",
    "#PRINTLAST": "print_last",
})  # fmt: skip
"""The text of each code, in the order of the card, and what it says."""

_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")


def read_command(text: str) -> Command | Literal[""]:
    """Return the command that was scanned, or nothing.

    A scanner's identifier of the symbol in front, lower case and blanks around are understood; what
    begins like a command and is none is none.
    """
    said = _AIM.sub("", text.strip(), count=1).strip().upper()
    return COMMANDS.get(said, "")


def code_of(command: Command) -> str:
    """Return what the barcode of a command holds."""
    return next(code for code, meant in COMMANDS.items() if meant == command)
