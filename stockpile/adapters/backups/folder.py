"""The folder of backups: a copy counts once it was read back, opened and checked.

1. Each database is copied whole while it is in use, under its own key, within the home: never a
   live database on a stick. The copy is opened and every entry of its chains verified, and the
   copied key file is proved.
2. Photos are then copied, each once, beside the backups, under ``photos``.
3. The copies and the home's small files go into one file under a temporary name; it is brought to
   the disk, read back, and only then given its name.
4. A failure at any point leaves the folder as it was; what a crash left is swept the next time.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.adapters.backups import container, media, photos, swapping
from stockpile.adapters.backups.container import PHOTO_LIST, Manifest, Part
from stockpile.domain.backups import SUFFIX
from stockpile.domain.errors import (
    BackupDamaged,
    FileUnreadable,
    HomeExists,
)
from stockpile.domain.ledger import Tip
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.services.ports import Backup, Checked, Keys, Progress, silent
from stockpile.whole_files import disk_errors, settle

_BOOKS: Final = "stockpile.db"
_JOURNAL: Final = "journal.db"
_SMALL: Final = ("keys.json", "settings.toml", "practice-depot")
_PROFILES: Final = "profiles"
_DRAFT: Final = ".backup-draft"

CopyBooks = Callable[[Path, Progress], Checked]
"""Copies the open books into a file, opens the copy and verifies it whole."""
CopyJournal = Callable[[Path], None]
CheckKeys = Callable[[Path], None]
"""Proves that the key file in a folder is whole and of this home; raises KeysUnreadable."""
MakeOwn = Callable[[Path, Tip], None]
"""Makes a home of its own of what was unpacked, before it gets its name."""


def _unchecked(_folder: Path) -> None:
    """Prove nothing of the key file."""


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """The port `BackupFiles`: writes and reads the backups of one home; on any lane."""

    home: Path
    keys: Keys
    copy_books: CopyBooks
    copy_journal: CopyJournal
    check_keys: CheckKeys = _unchecked

    def write(self, folder: Path, name: str, at: Instant, progress: Progress = silent) -> Backup:
        """Write a backup of the home, checked; raises DiskFull, DiskTrouble, Cancelled."""
        with disk_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with disk_errors(self.home):
            draft = _swept(self.home / _DRAFT)
        try:
            with disk_errors(self.home):
                made = self._gathered(draft, at, progress)
            with disk_errors(folder):
                held = photos.copy(self.home, folder, progress)
                return self._packed(draft, made, held, folder / name, progress)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def read(self, file: Path, progress: Progress = silent) -> Backup:
        """Prove every byte of a backup; raises FileUnreadable, BackupDamaged, Cancelled."""
        return _backup(file, _proved(file, progress))

    def mark(self, folder: Path) -> str:
        """Give a folder a mark by which its disk is found again; raises DiskFull, DiskTrouble."""
        return media.mark(folder)

    def find(self, folder: Path, identity: str) -> Path | None:
        """Return where the folder with this mark is now; None where its disk is not here."""
        return media.find(folder, identity)

    def held(self, folder: Path, nodes: Collection[NodeId] = ()) -> tuple[Backup, ...]:
        """Return the backups of these nodes in a folder, else of this one; the oldest first."""
        found = (_glanced(file) for file in folder.glob(f"*{SUFFIX}"))
        among = nodes or (self.keys.node,)
        own = [one for one in found if one is not None and one.node in among]
        return tuple(sorted(own, key=lambda one: one.at))

    def remove(self, backups: Sequence[Backup]) -> None:
        """Make room: remove backups, and photos that no backup in their folder names any more.

        What the disk does not let go is left, and so are the photos where any backup, of whatever
        node, cannot be read: nobody knows what it names.
        """
        with contextlib.suppress(OSError, BackupDamaged):
            for backup in backups:
                backup.file.unlink(missing_ok=True)
            for folder in {backup.file.parent for backup in backups}:
                lists = (
                    container.read_part(file, PHOTO_LIST) for file in folder.glob(f"*{SUFFIX}")
                )
                named = {name for raw in lists for name in raw.decode("ascii").split()}
                photos.prune(folder, frozenset(named))

    def _gathered(self, draft: Path, at: Instant, progress: Progress) -> Manifest:
        """Copy what a home consists of into a draft folder; the journal after the books.

        A job that the journal knows further than the books is what a crash leaves, and is settled
        at the next start; the other way round it could not be.
        """
        checked = self.copy_books(draft / _BOOKS, progress)
        if (self.home / _JOURNAL).exists():
            self.copy_journal(draft / _JOURNAL)
        for name in _SMALL:
            if (self.home / name).exists():
                shutil.copyfile(self.home / name, draft / name)
        self.check_keys(draft)
        own = self.home / _PROFILES
        if own.is_dir():
            (draft / _PROFILES).mkdir()
            for file in sorted(own.glob("list-*.toml")):
                shutil.copyfile(file, draft / _PROFILES / file.name)
        tip = dict(checked.tips)[self.keys.node]
        return Manifest(
            node=self.keys.node, key=self.keys.public_key.hex(), at=at, number=tip.number,
            seq=tip.seq, head=tip.hash, entries=checked.entries, facts=checked.facts,
            weapons=checked.weapons, conflicts=checked.conflicts, photos=0, parts=(),
        )  # fmt: skip

    def _packed(
        self, draft: Path, said: Manifest, held: tuple[str, ...], file: Path, progress: Progress
    ) -> Backup:
        (draft / PHOTO_LIST).write_text("".join(f"{one}\n" for one in held), "ascii")
        files = sorted(one for one in draft.rglob("*") if one.is_file())
        named = [(one.relative_to(draft).as_posix(), one) for one in files]
        known = [(name, one) for name, one in named if container.is_part_name(name)]
        parts = tuple(container.part_of(name, one) for name, one in known)
        manifest = _with_parts(said, len(held), parts)
        with _beside(file, self.keys.node) as packed:
            with packed.open("xb") as out:
                contents = [one for _name, one in known]
                container.write(out, manifest, contents, self.keys.sign, progress)
                out.flush()
                os.fsync(out.fileno())
            if container.prove(packed, progress) != manifest:
                raise BackupDamaged(str(file), "read back")
            packed.replace(file)
        settle(file.parent)
        return _backup(file, manifest)


def restore(file: Path, home: Path, make_own: MakeOwn, progress: Progress = silent) -> Backup:
    """Make a home of a backup, in a folder that is not there yet or empty.

    It is whole or not there. Raises HomeExists, what `unpacked` raises, and what ``make_own`` does.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise HomeExists(str(home))
    with unpacked(file, home, make_own, progress) as (draft, backup), disk_errors(home):
        if home.exists():
            home.rmdir()
        draft.replace(home)
        settle(home.parent)
    return backup


@contextlib.contextmanager
def unpacked(
    file: Path, home: Path, make_own: MakeOwn, progress: Progress = silent
) -> Iterator[tuple[Path, Backup]]:
    """Lend a draft beside a home, made of a backup; what is left of it afterwards is removed.

    Raises FileUnreadable, BackupDamaged, DiskFull, DiskTrouble, Cancelled, and what ``make_own``
    raises.
    """
    prefix = swapping.draft_prefix(home)
    with disk_errors(home):
        home.parent.mkdir(parents=True, exist_ok=True)
        if not swapping.is_asked(home):
            for left in home.parent.glob(f"{prefix}*"):
                shutil.rmtree(left, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=prefix, dir=home.parent))
    try:
        with disk_errors(home):
            manifest = _unpacked(file, draft, progress)
            photos.take_back(draft / PHOTO_LIST, file.parent, draft, progress)
            (draft / PHOTO_LIST).unlink(missing_ok=True)
        make_own(draft, Tip(manifest.number, manifest.seq, Digest(manifest.head)))
        yield draft, _backup(file, manifest)
    finally:
        if not swapping.is_asked(home):  # else it waits for its place
            shutil.rmtree(draft, ignore_errors=True)


def read(file: Path, progress: Progress = silent) -> Backup:
    """Prove every byte of a backup, whoever made it; raises as `BackupFolder.read` does."""
    return _backup(file, _proved(file, progress))


def _unpacked(file: Path, draft: Path, progress: Progress) -> Manifest:
    with _opened(file), file.open("rb") as opened:
        manifest = container.read_manifest(opened, file)
        for part, content in container.parts(opened, manifest, file, progress):
            target = draft / part.name
            target.parent.mkdir(exist_ok=True)
            with target.open("xb") as out:
                for portion in content:
                    out.write(portion)
                out.flush()
                os.fsync(out.fileno())
    return manifest


def _proved(file: Path, progress: Progress) -> Manifest:
    with _opened(file):
        return container.prove(file, progress)


def _glanced(file: Path) -> Backup | None:
    """Return what a file says of itself, unproved; None where it is no backup."""
    try:
        with file.open("rb") as opened:
            return _backup(file, container.read_manifest(opened, file))
    except (OSError, BackupDamaged):
        return None


def _backup(file: Path, said: Manifest) -> Backup:
    here = photos.held_beside(file.parent) if said.photos else 0
    return Backup(
        file, NodeId(said.node), said.at, Tip(said.number, said.seq, Digest(said.head)),
        said.entries, said.facts, said.weapons, said.conflicts, said.photos,
        max(0, said.photos - here),
    )  # fmt: skip


def _with_parts(said: Manifest, held: int, parts: tuple[Part, ...]) -> Manifest:
    return Manifest(
        node=said.node, key=said.key, at=said.at, number=said.number, seq=said.seq, head=said.head,
        entries=said.entries, facts=said.facts, weapons=said.weapons, conflicts=said.conflicts,
        photos=held, parts=parts,
    )  # fmt: skip


def _swept(draft: Path) -> Path:
    """Return the draft's folder, empty: what a crash left in it is cleared away."""
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    return draft


@contextlib.contextmanager
def _beside(file: Path, node: NodeId) -> Iterator[Path]:
    """Lend a draft's name in the file's own folder; what a crash left of ours is swept first."""
    prefix = f".{node}-"
    for left in file.parent.glob(f"{prefix}*"):
        left.unlink(missing_ok=True)
    draft = file.with_name(f"{prefix}{secrets.token_hex(4)}")
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileUnreadable(str(file), error.strerror or str(error)) from error
    except PermissionError as error:
        raise FileUnreadable(str(file), error.strerror or str(error)) from error
