"""What is loaded after the first paint, by name.

A window is on the screen long before SQLAlchemy, ReportLab and the pages are: what the way in shows
needs Qt and words only. This is where the core is imported by name, as the pages are at the front
door; everything here is asked for after the first paint, and most of it on the books lane.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from stockpile.domain.errors import StockpileError

if TYPE_CHECKING:  # not at run time: that is what this module is for
    from stockpile.services.backups import BackupPlan
    from stockpile.services.people import Founding
    from stockpile.services.ports import Progress
    from stockpile.services.restoring import Approval, Preview, Restored
    from stockpile.services.stockpile import Stockpile


class FrontDoor(Protocol):
    """``stockpile.app``, as far as the desktop needs it."""

    PRACTICE_PASSPHRASE: str
    PRACTICE_PIN: str

    def is_home(self, home: Path) -> bool:
        """Say whether a stockpile stands in the folder."""

    def is_practice(self, home: Path) -> bool:
        """Say whether it is a practice depot."""

    def restored_up_to(self, home: Path) -> int:
        """Return up to which entry it was restored from a backup; 0 where it never was."""

    def recover_by_sheet(self, home: Path, halves: tuple[str, str], passphrase: str) -> object:
        """Give it a new passphrase with both halves of its recovery sheet."""

    def recover_by_authority(self, home: Path, identity: str, passphrase: str) -> object:
        """Give it a new passphrase with the authority's age identity."""

    def preview_backup(self, file: Path, home: Path, progress: Progress) -> Preview:
        """Prove a backup and say what a home that is not open has after it."""

    def restore_backup(
        self, file: Path, home: Path, approval: Approval, *, in_place: bool, progress: Progress
    ) -> Restored:
        """Make a home of a backup."""

    def renew_open_node(
        self, opened: Stockpile, plan: BackupPlan, approval: Approval, progress: Progress
    ) -> Restored:
        """Have an open home, whose chain was closed, go on as a new node at the next start."""

    def open_home(self, home: Path, passphrase: str) -> Stockpile:
        """Open it."""

    def found_home(self, home: Path, passphrase: str, told: Founding) -> Stockpile:
        """Make one."""

    def found_practice(self, home: Path) -> Stockpile:
        """Make a practice depot."""


def front_door() -> FrontDoor:
    """Return the core's front door, loaded when it is first wanted."""
    return cast("FrontDoor", importlib.import_module("stockpile.app"))


def founding(country: str, site: str, name: str, officer: str, pin: str) -> Founding:
    """Return what a new home is told."""
    people = importlib.import_module("stockpile.services.people")
    return cast("Founding", people.Founding(country, site, name, officer, pin))


def error_sentence(error: StockpileError) -> str:
    """Return what an expected error says to a person."""
    return cast("str", importlib.import_module("stockpile.wording").error_sentence(error))


def load() -> None:
    """Load everything that signing in will need: called once, off the screen's thread."""
    for name in (
        "stockpile.app",
        "stockpile.wording",
        "ui.window",
        "ui.pages.contents",
        "ui.pages.lock_screen",
    ):
        importlib.import_module(name)
