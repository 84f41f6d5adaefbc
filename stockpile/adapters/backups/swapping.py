"""A restored home takes the place of the one before, which is moved aside and never deleted.

1. What is meant is written down beside the home first, then the old home is moved aside, then the
   restored one takes its name, then the note goes. Killed anywhere, the next start goes on.
2. Without the note nothing happened yet: the old home stands whole.
3. An open home cannot be moved: then the note waits, and the next start does it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from stockpile.whole_files import beside, disk_errors, settle

_NOTE: Final = ".{name}-restored.json"
_DRAFT: Final = ".{name}-restoring-"
DemandClosed = Callable[[Path], None]


class Swap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names, in the home's own folder: of the restored home, and for the one before it."""

    restored: str
    aside: str


def draft_prefix(home: Path) -> str:
    """Return how the names of drafts of a home begin."""
    return _DRAFT.format(name=home.name)


def ask(home: Path, restored: Path, aside: str) -> None:
    """Write down that a restored home is to take a home's place; raises DiskFull, DiskTrouble."""
    note = _note(home)
    with beside(note) as draft:
        draft.write_bytes(msgspec.json.encode(Swap(restored.name, aside)))
        draft.replace(note)
        settle(home.parent)


def is_asked(home: Path) -> bool:
    """Say whether a restored home waits to take this one's place."""
    return _read(home) is not None


def carry_out(home: Path, demand_closed: DemandClosed) -> Path | None:
    """Put a restored home in place, where one waits; return where the one before it lies.

    ``demand_closed`` raises BooksInUse for a home that is open. Raises that, and DiskTrouble.
    """
    swap = _read(home)
    if swap is None:
        return None
    restored, aside = home.parent / swap.restored, home.parent / swap.aside
    with disk_errors(home):
        if restored.is_dir():
            if home.exists():
                demand_closed(home)
                home.rename(_free(aside))
            restored.rename(home)
            settle(home.parent)
        _note(home).unlink(missing_ok=True)
        settle(home.parent)
    return aside if aside.exists() else None


def _free(aside: Path) -> Path:
    """Return the name itself, or the next one that nothing bears: nothing is ever replaced."""
    found, number = aside, 2
    while found.exists():
        found, number = aside.with_name(f"{aside.name}-{number}"), number + 1
    return found


def _note(home: Path) -> Path:
    return home.parent / _NOTE.format(name=home.name)


def _read(home: Path) -> Swap | None:
    """Return what is asked; names that lead anywhere else are none of ours."""
    try:
        swap = msgspec.json.decode(_note(home).read_bytes(), type=Swap)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    plain = all(Path(one).name == one for one in (swap.restored, swap.aside))
    return swap if plain and swap.restored.startswith(draft_prefix(home)) else None
