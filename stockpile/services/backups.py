"""Backups: where they go, what they are called, which are kept; for screens and commands alike.

1. A backup is written by itself, every day, to the place that was chosen; the disk or stick is
   known by a mark on it, wherever it is plugged in, and what could not be written is written as
   soon as it is back.
2. Nothing makes room but what was found whole, and only after another was found whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from stockpile.domain import people
from stockpile.domain.backups import Copied, Every, backup_name, is_due, spare
from stockpile.domain.errors import (
    BackupDamaged,
    BackupPlaceMissing,
    Cancelled,
    Damaged,
    DiskFull,
    DiskTrouble,
    StockpileError,
)
from stockpile.domain.values import Instant, NodeId
from stockpile.services.lineage import own_nodes
from stockpile.services.people import People, SignedIn
from stockpile.services.places import Places
from stockpile.services.ports import (
    Backup,
    BackupFiles,
    BackupMemory,
    BackupNotes,
    Clock,
    Keys,
    Progress,
    silent,
)

_REMEMBERED: Final = 200
"""So many names of good backups are remembered: more than any rule keeps."""
_AGAIN: Final = 30 * 60 * 1000
Change = Callable[[Sequence[str]], Sequence[str]]
Failed = Literal["", "missing", "full", "damaged", "trouble"]


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """A backup that is about to be written: where, under which name, at which moment.

    ``identity`` is the mark of the folder's disk, where it has one. ``keeps_older`` where it is no
    part of the row of backups that make room for each other.
    """

    folder: Path
    name: str
    at: Instant
    zone: int
    keeps_older: bool = False
    identity: str = ""
    nodes: tuple[NodeId, ...] = ()


@dataclass(frozen=True, slots=True)
class Safe:
    """How the safe stands: its folder, whether its disk is here, the newest backup in it.

    ``good_at`` is when the last good one was written, wherever; ``failed`` why none was since.
    """

    folder: Path
    is_same_disk: bool = False
    last: Backup | None = None
    is_here: bool = True
    good_at: Instant = 0
    good_number: int = 0
    failed: Failed = ""
    failed_at: Instant = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A backup in the safe, and whether it was found whole when it was looked at last."""

    backup: Backup
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Backups:
    """The fire-proof safe. ``plan`` runs on the books lane, all else on any one other lane."""

    home: Path
    files: BackupFiles
    people: People
    places: Places
    keys: Keys
    clock: Clock
    memory: BackupMemory

    # --- where ------------------------------------------------------------------------------

    def usual_folder(self) -> Path:
        """Return where backups go unless told otherwise: beside the home, on the same disk."""
        return self.home.parent / f"{self.home.name}-backups"

    def is_same_disk(self, folder: Path) -> bool:
        """Say whether a folder is on the home's own disk: when that dies, both are gone."""
        existing = next((one for one in (folder, *folder.parents) if one.exists()), None)
        return existing is not None and existing.stat().st_dev == self.home.stat().st_dev

    def choose(self, folder: Path) -> str:
        """Mark a folder, so that its disk is found again, and return the mark.

        Raises DiskFull, DiskTrouble.
        """
        self._demand_outside(folder)
        return self.files.mark(folder)

    def whereabouts(self, folder: Path, identity: str = "") -> Path:
        """Return where a marked folder is now; raises BackupPlaceMissing."""
        if not identity:
            return folder
        found = self.files.find(folder, identity)
        if found is None:
            raise BackupPlaceMissing(str(folder))
        return found

    # --- writing ----------------------------------------------------------------------------

    def is_ready(self, every: Every, folder: Path, identity: str = "") -> bool:
        """Say whether the next backup is to be written by itself now: it is due, its disk is here.

        That the disk is not here is remembered once, so that people are told. After another failure
        it is tried again in half an hour.
        """
        notes, now = self.memory.read(), self.clock.now()
        if every == "never":
            return False
        if notes.failed != "missing" and not is_due(every, notes.last_at, now, self.clock.zone()):
            return False
        try:
            self.whereabouts(folder, identity)
        except BackupPlaceMissing as error:
            if notes.failed != "missing" or notes.failed_at < notes.last_at:
                self._note_failure(error)
            return False
        is_other = notes.failed not in ("", "missing")
        return not is_other or not 0 <= now - notes.failed_at < _AGAIN

    def plan(self, folder: Path, *, by: SignedIn | None, identity: str = "") -> BackupPlan:
        """Say what the next backup is called; by nobody where it is written by itself.

        Raises OfficerNotAuthorised.
        """
        if by is not None:
            people.authorise(by.officer, "back_up")
        at, zone = self.clock.now(), self.clock.zone()
        site = self.places.one(self.people.site())
        name = backup_name(site.code, self.keys.node, at, zone)
        nodes = own_nodes(self.people.books, self.keys.node)
        return BackupPlan(folder, name, at, zone, identity=identity, nodes=nodes)

    def make(self, plan: BackupPlan, progress: Progress = silent) -> Backup:
        """Write the backup, checked, and make room where more are kept than are wanted.

        Raises BackupPlaceMissing, DiskFull, DiskTrouble, BackupDamaged, Cancelled.
        """
        self._demand_outside(plan.folder)
        try:
            folder = self.whereabouts(plan.folder, plan.identity)
            made = self.files.write(folder, plan.name, plan.at, progress)
        except Cancelled:
            raise
        except StockpileError as error:
            self._note_failure(error)
            raise
        self._note_good(made)
        if not plan.keeps_older:
            self._make_room(folder, plan)
        return made

    def make_somewhere(self, plan: BackupPlan, progress: Progress = silent) -> Backup:
        """Write the backup, beside the home where its disk is not here: a day must be closed.

        The disk's own is written when it is back. Raises DiskFull, DiskTrouble, BackupDamaged,
        Cancelled.
        """
        try:
            return self.make(plan, progress)
        except BackupPlaceMissing as error:
            made = self.make(replace(plan, folder=self.usual_folder(), identity=""), progress)
            self._note_failure(error)
            return made

    def write(self, folder: Path, *, by: SignedIn, progress: Progress = silent) -> Backup:
        """Plan and make a backup in one go; on the books lane."""
        return self.make(self.plan(folder, by=by), progress)

    # --- what is there ----------------------------------------------------------------------

    def check(self, file: Path, progress: Progress = silent) -> Backup:
        """Prove every byte of a backup; raises FileUnreadable, BackupDamaged, Cancelled."""
        try:
            found = self.files.read(file, progress)
        except BackupDamaged:
            self._keep_checked(lambda names: [one for one in names if one != file.name])
            raise
        self._keep_checked(lambda names: [*names, file.name])
        return found

    def last(self, folder: Path, nodes: tuple[NodeId, ...] = ()) -> Backup | None:
        """Return the newest backup of this stockpile in a folder, as it says of itself."""
        held = self.files.held(folder, nodes)
        return held[-1] if held else None

    def held(self, folder: Path, nodes: tuple[NodeId, ...] = ()) -> tuple[Held, ...]:
        """Return this stockpile's backups in a folder, the newest first."""
        checked = set(self.memory.read().checked)
        found = self.files.held(folder, nodes)
        return tuple(Held(one, one.file.name in checked) for one in reversed(found))

    def safe(self, folder: Path, identity: str = "", nodes: tuple[NodeId, ...] = ()) -> Safe:
        """Return how the safe stands, without proving anything anew."""
        notes = self.memory.read()
        is_since = notes.failed_at >= notes.last_at
        safe = Safe(
            folder,
            good_at=notes.last_at,
            good_number=notes.last_number,
            failed=notes.failed if is_since else "",
            failed_at=notes.failed_at,
        )
        try:
            here = self.whereabouts(folder, identity)
        except BackupPlaceMissing:
            return replace(safe, is_here=False)
        last = self.last(here, nodes)
        return replace(safe, folder=here, is_same_disk=self.is_same_disk(here), last=last)

    def prune(self, plan: BackupPlan, progress: Progress = silent) -> tuple[Backup, ...]:
        """Check what was not checked yet, then make room by the rule; return what went.

        Where the newest one is not whole nothing goes. Raises BackupPlaceMissing, BackupDamaged,
        FileUnreadable, Cancelled.
        """
        folder = self.whereabouts(plan.folder, plan.identity)
        held = self.held(folder, plan.nodes)
        for number, one in enumerate(held):
            if number == 0:
                self.check(one.backup.file, progress)
            elif not one.is_checked:
                self._check_quietly(one.backup.file, progress)
        return self._make_room(folder, plan)

    # --- inside -----------------------------------------------------------------------------

    def _demand_outside(self, folder: Path) -> None:
        if self.home == folder or self.home in folder.parents:
            raise DiskTrouble(str(folder), "inside the stockpile")

    def _check_quietly(self, file: Path, progress: Progress) -> None:
        try:
            self.check(file, progress)
        except Cancelled:
            raise
        except StockpileError:
            return  # it does not count, and it does not go

    def _make_room(self, folder: Path, plan: BackupPlan) -> tuple[Backup, ...]:
        held = self.files.held(folder, plan.nodes)
        checked = set(self.memory.read().checked)
        ages = {node: -age for age, node in enumerate(plan.nodes)}
        copies = [
            Copied(
                one.file.name,
                one.at,
                one.tip.number,
                one.file.name in checked,
                ages.get(one.node, 0),
            )
            for one in held
        ]
        gone = {one.name for one in spare(copies, plan.zone)}
        old = tuple(one for one in held if one.file.name in gone and one.file.name != plan.name)
        if old:
            self.files.remove(old)
        return old

    def _note_good(self, made: Backup) -> None:
        notes = self.memory.read()
        checked = (*_without(notes, made.file.name), made.file.name)[-_REMEMBERED:]
        self.memory.keep(BackupNotes(checked, made.at, made.file.name, made.tip.number))

    def _note_failure(self, error: StockpileError) -> None:
        notes = replace(self.memory.read(), failed_at=self.clock.now(), failed=_failure(error))
        self._keep(notes)

    def _keep_checked(self, change: Change) -> None:
        notes = self.memory.read()
        names = tuple(dict.fromkeys(change(notes.checked)))[-_REMEMBERED:]
        if names != notes.checked:
            self._keep(replace(notes, checked=names))

    def _keep(self, notes: BackupNotes) -> None:
        """Remember it where the disk lets us: what is forgotten is checked or tried once more."""
        try:
            self.memory.keep(notes)
        except (DiskFull, DiskTrouble):
            return


def _without(notes: BackupNotes, name: str) -> list[str]:
    return [one for one in notes.checked if one != name]


def _failure(error: StockpileError) -> Failed:
    if isinstance(error, BackupPlaceMissing):
        return "missing"
    if isinstance(error, DiskFull):
        return "full"
    return "damaged" if isinstance(error, Damaged) else "trouble"
