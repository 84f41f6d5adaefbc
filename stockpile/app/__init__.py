"""The front door: makes homes, opens them, and lets them go on as another node.

The rooms behind it plug the edges in (`services_room` hands out the services); nobody else may
import an adapter. What a port needs from another edge is passed through there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from stockpile import paths
from stockpile.adapters.backups import swapping
from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.memory import keep_to_itself
from stockpile.adapters.keys.ring import create_keys
from stockpile.adapters.keys.strength import LIGHT, USUAL, Strength
from stockpile.adapters.marking.simulators.lines import has_ptys
from stockpile.adapters.marking.simulators.simulator import Simulator, run_simulator
from stockpile.app import succession_room
from stockpile.app.backup_room import later_entries, read_backup, restored_up_to
from stockpile.app.books_room import normaliser
from stockpile.app.key_room import (
    PRACTICE_FILE,
    kept_passphrase,
    opened_keys,
    recover_by_authority,
    recover_by_sheet,
    running,
)
from stockpile.app.paper_room import sweep_papers
from stockpile.app.practice_room import PRACTICE, PRACTICE_PASSPHRASE, PRACTICE_PIN
from stockpile.app.restore_room import demand_closed, preview_backup, restore_home
from stockpile.app.services_room import services_of
from stockpile.domain.errors import HomeExists, HomeMissing
from stockpile.services.backups import BackupPlan
from stockpile.services.keys import demand_passphrase_fit
from stockpile.services.people import Founding
from stockpile.services.ports import Progress, silent
from stockpile.services.restoring import Approval, Restored
from stockpile.services.stockpile import Stockpile

_KEYS_FILE: Final = "keys.json"

__all__ = [
    "PRACTICE",
    "PRACTICE_PASSPHRASE",
    "PRACTICE_PIN",
    "Simulator",
    "found_home",
    "found_practice",
    "has_ptys",
    "is_home",
    "is_practice",
    "kept_passphrase",
    "later_entries",
    "normaliser",
    "open_home",
    "preview_backup",
    "read_backup",
    "recover_by_authority",
    "recover_by_sheet",
    "restore_backup",
    "restored_up_to",
    "run_simulator",
    "training_list",
]  # fmt: skip


def is_home(home: Path) -> bool:
    """Say whether a stockpile stands in the folder."""
    return (home / _KEYS_FILE).is_file() or swapping.is_asked(home)


def is_practice(home: Path) -> bool:
    """Say whether a practice depot stands in the folder: its secrets are printed on the screen."""
    return (home / PRACTICE_FILE).is_file()


def open_home(home: Path, passphrase: str) -> Stockpile:
    """Open a home on the thread that calls, which is its books lane from now on.

    A restored home that waits takes its place first, and jobs that the last run left in the middle
    are settled. Raises HomeMissing,
    WrongPassphrase, KeysUnreadable, and what opening the books raises.
    """
    swapping.carry_out(home, demand_closed)
    if not is_home(home):
        raise HomeMissing(str(home))
    stockpile = services_of(home, opened_keys(home, passphrase))
    try:
        stockpile.marking.settle_after_restart()
        sweep_papers(home, SystemClock().now())
        stockpile.key_desk.follow_rules()
    except BaseException:
        stockpile.close()
        raise
    return stockpile


def found_home(
    home: Path, passphrase: str, told: Founding, *, strength: Strength = USUAL
) -> Stockpile:
    """Make a home: keys, encrypted store, first officer, first place.

    ``strength`` is how hard its passphrase and PINs are to guess; less than usual is for homes
    whose secrets everybody knows. Raises HomeExists, PassphraseTooShort.
    """
    if is_home(home):
        raise HomeExists(str(home))
    demand_passphrase_fit(passphrase)
    return _found_home(home, passphrase, told, strength)


def _found_home(home: Path, passphrase: str, told: Founding, strength: Strength) -> Stockpile:
    clock, chance = SystemClock(), SystemChance()
    keep_to_itself()
    keys = create_keys(
        home, passphrase, clock=clock, chance=chance, strength=strength, running=running
    )
    stockpile = services_of(home, keys)
    stockpile.people.found(told)
    return stockpile


def restore_backup(
    file: Path,
    home: Path,
    approval: Approval,
    *,
    in_place: bool = False,
    progress: Progress = silent,
) -> Restored:
    """Make a home of a backup, as a node that continues the old one; see `restore_home`."""
    return restore_home(services_of, file, home, approval, in_place=in_place, progress=progress)


def renew_node(
    home: Path, approval: Approval, reason: str, *, send: bool = True, progress: Progress = silent
) -> Restored:
    """Let a home go on as a node with another key; see `succession_room`."""
    restore = _succession(home, approval, progress)
    return succession_room.renew_node(
        open_home, restore, home, approval, reason, progress, send=send
    )


def renew_open_node(
    opened: Stockpile, plan: BackupPlan, approval: Approval, progress: Progress = silent
) -> Restored:
    """Have an open home, whose chain was closed, go on as a new node at the next start."""
    restore = _succession(opened.home, approval, progress)
    return succession_room.renew_open_node(opened, restore, plan, progress)


def _succession(home: Path, approval: Approval, progress: Progress) -> Callable[[Path], Restored]:
    """Return what lets a copy of a home take its place, unmarked: nobody is to beware of it."""

    def restore(file: Path) -> Restored:
        return restore_home(
            services_of, file, home, approval, in_place=True, progress=progress, marked=False
        )

    return restore


def found_practice(home: Path) -> Stockpile:
    """Make a practice depot, empty; its passphrase and PIN are known to everybody."""
    if is_home(home):
        raise HomeExists(str(home))
    stockpile = _found_home(home, PRACTICE_PASSPHRASE, PRACTICE, LIGHT)
    (home / PRACTICE_FILE).write_text("Everything in here is invented.\n", "utf-8")
    return stockpile


def training_list() -> Path:
    """Return the invented list that ships for practising an import."""
    return paths.resource("sample", "training-list.csv")
