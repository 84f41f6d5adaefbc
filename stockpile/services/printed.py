"""What stands at the foot of a paper that is printed now, and where papers are put."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from stockpile.services.ports import Books, Clock
from stockpile.services.weapon_files import Printing

FOLDER: Final = "papers"
"""Where a home keeps the papers that nobody named a place for."""

_LONGEST: Final = 80
_UNSAFE: Final = re.compile(r"[^\w\-. ]+")
_TAKEN: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever ends it."""


def printing_now(books: Books, clock: Clock, by: str) -> Printing:
    """Return who prints, when, and the ledger's last entry; ``by`` is a name, or nothing."""
    tip = books.tip()
    return Printing(by, clock.now(), clock.zone(), tip.number, tip.hash)


def file_name(said: str) -> str:
    """Return a name for a file out of a number or a name on record: it leads out of no folder.

    Another computer may have written it, and written into it where it is to go.
    """
    name = _UNSAFE.sub("-", said)[:_LONGEST].strip(" .-")
    return f"paper {name}".strip() if not name or _TAKEN.fullmatch(name) else name


def among_papers(home: Path, name: str) -> Path:
    """Return where a paper of this name goes in a home; its folder is made."""
    folder = home / FOLDER
    folder.mkdir(exist_ok=True)
    return folder / f"{file_name(name)}.pdf"


def free_file(file: Path) -> Path:
    """Return the file, or one beside it: a paper that was printed is never overwritten."""
    number, free = 1, file
    while free.exists():
        number += 1
        free = file.with_stem(f"{file.stem}-{number}")
    return free
