"""What stands at the foot of a paper that is printed now, and where papers are put."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stockpile.services.ports import Books, Clock
from stockpile.services.weapon_files import Printing

FOLDER: Final = "papers"
"""Where a home keeps the papers that nobody named a place for."""


def printing_now(books: Books, clock: Clock, by: str) -> Printing:
    """Return who prints, when, and the ledger's last entry; ``by`` is a name, or nothing."""
    tip = books.tip()
    return Printing(by, clock.now(), clock.zone(), tip.number, tip.hash)


def among_papers(home: Path, name: str) -> Path:
    """Return where a paper of this name goes in a home; its folder is made."""
    folder = home / FOLDER
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.pdf"
