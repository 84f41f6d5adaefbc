"""Backups: where they go, what they are called, which are kept; for screens and commands alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import people
from stockpile.domain.backups import backup_name, spare
from stockpile.domain.errors import DiskTrouble
from stockpile.domain.values import Instant
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import Backup, BackupFiles, Clock, Keys, Progress, silent


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """A backup that is about to be written: where, under which name, at which moment.

    ``keeps_older`` where it is no part of the row of backups that make room for each other.
    """

    folder: Path
    name: str
    at: Instant
    zone: int
    keeps_older: bool = False


@dataclass(frozen=True, slots=True)
class Backups:
    """The fire-proof safe. ``plan`` runs on the books lane, all else on any."""

    home: Path
    files: BackupFiles
    people: People
    places: Places
    keys: Keys
    clock: Clock

    def usual_folder(self) -> Path:
        """Return where backups go unless told otherwise: beside the home, on the same disk."""
        return self.home.parent / f"{self.home.name}-backups"

    def is_same_disk(self, folder: Path) -> bool:
        """Say whether a folder is on the home's own disk: when that dies, both are gone."""
        existing = next((one for one in (folder, *folder.parents) if one.exists()), None)
        return existing is not None and existing.stat().st_dev == self.home.stat().st_dev

    def plan(self, folder: Path, *, by: SignedIn) -> BackupPlan:
        """Say what the next backup is called; raises OfficerNotAuthorised."""
        people.authorise(by.officer, "back_up")
        at, zone = self.clock.now(), self.clock.zone()
        site = self.places.one(self.people.site())
        return BackupPlan(folder, backup_name(site.code, self.keys.node, at, zone), at, zone)

    def make(self, plan: BackupPlan, progress: Progress = silent) -> Backup:
        """Write the backup, checked, and make room where more are kept than are wanted.

        Raises DiskFull, DiskTrouble, BackupDamaged, Cancelled.
        """
        if self.home == plan.folder or self.home in plan.folder.parents:
            raise DiskTrouble(str(plan.folder), "inside the stockpile")
        made = self.files.write(plan.folder, plan.name, plan.at, progress)
        held = () if plan.keeps_older else self.files.held(plan.folder)
        gone = set(spare((one.at for one in held), plan.zone))
        old = [one for one in held if one.at in gone and one.file != made.file]
        if old:
            self.files.remove(old)
        return made

    def write(self, folder: Path, *, by: SignedIn, progress: Progress = silent) -> Backup:
        """Plan and make a backup in one go; on the books lane."""
        return self.make(self.plan(folder, by=by), progress)

    def check(self, file: Path, progress: Progress = silent) -> Backup:
        """Prove every byte of a backup; raises FileUnreadable, BackupDamaged, Cancelled."""
        return self.files.read(file, progress)

    def last(self, folder: Path) -> Backup | None:
        """Return the newest backup of this stockpile in a folder, as it says of itself."""
        held = self.files.held(folder)
        return held[-1] if held else None
