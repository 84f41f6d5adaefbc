"""Before a backup is restored: what it would bring, and what would be lost by it.

Whoever restores sees it first, by what the depot keeps account of, against the home as it stands
and against what registries confirmed. Nothing is written here; the front door restores.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import people
from stockpile.domain.errors import FieldMissing, OfficerNotAuthorised, OfficerUnknown
from stockpile.domain.ledger import entry_hash
from stockpile.domain.people import Officer
from stockpile.domain.restoring import Entries, Told, told
from stockpile.domain.values import NodeId, tidied
from stockpile.services.lineage import own_nodes
from stockpile.services.people import People
from stockpile.services.ports import Backup, Books, Keys


@dataclass(frozen=True, slots=True)
class Preview:
    """A backup that was found whole, and how it stands to the home: in entries and by matter.

    ``matters`` is empty where the home cannot be asked. ``later_officers`` are in office now and
    took office after the backup: their PINs are not in it. ``photos_here`` are those of the home.
    """

    backup: Backup
    entries: Entries
    matters: tuple[Told, ...] = ()
    later_officers: tuple[str, ...] = ()
    photos_here: int = 0
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """Who restores: the passphrase of the store, and name and PIN of one officer and of another.

    All as they were when the backup was written. Only where a single officer was in office then,
    there is no second one.
    """

    passphrase: str
    first: tuple[str, str]
    second: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Restored:
    """A home made of a backup: which node it is now, and which it continues, up to which entry.

    ``salvaged`` entries after the backup were read from the old home's disk; that home lies
    ``aside`` where it was replaced. ``waits`` where it is open: then the next start replaces it.
    """

    backup: Backup
    home: Path
    node: NodeId
    salvaged: int = 0
    aside: Path | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Restoring:
    """The desk before the fire-proof safe is opened; on the books lane."""

    home: Path
    books: Books
    people: People
    keys: Keys
    photos: Callable[[], int]
    """How many photos the home holds."""

    def compare(self, backup: Backup) -> Preview:
        """Say what a backup that was found whole would bring, and what would be lost by it."""
        tips = dict(self.books.tips())
        is_own = backup.node in own_nodes(self.books, self.keys.node)
        reached = tips[backup.node].number if is_own and backup.node in tips else 0
        confirmed = max((one.acknowledged for one in self.books.peers()), default=0)
        is_current = backup.node == self.keys.node
        entries = Entries(
            backup.node,
            backup.tip.number,
            reached,
            confirmed if is_current else 0,
            is_own and self._has(backup),
        )
        return Preview(
            backup,
            entries,
            self._matters(entries) if is_current and entries.is_ours else (),
            tuple(one.name for one in self.people.officers() if self._is_later(one, backup)),
            self.photos(),
            is_open=True,
        )

    def allow(self, approval: Approval) -> None:
        """Say yes to those who want to restore, as their offices stand in this home now.

        Their PINs are proved by the backup. Raises OfficerUnknown, OfficerNotAuthorised,
        SecondOfficerMissing.
        """
        officers = {one.name.casefold(): one for one in self.people.officers()}
        first, second = (tidied(name) for name, _pin in (approval.first, approval.second))
        for name in filter(None, (first, second)):
            if name.casefold() not in officers:
                raise OfficerUnknown(name)
        if not first:
            raise FieldMissing("officer")
        if len(officers) == 1:
            if not officers[first.casefold()].may("restore"):
                raise OfficerNotAuthorised(first, "restore")
            return
        witness = officers[second.casefold()] if second else None
        people.authorise(officers[first.casefold()], "restore", witness)

    # --- inside -----------------------------------------------------------------------------

    def _has(self, backup: Backup) -> bool:
        """Say whether the home's chain has just the entry that the backup ends with."""
        if not backup.tip.number:
            return True
        found = self.books.entries(backup.node, backup.tip.number - 1, 1)
        return bool(found) and entry_hash(found[0].header) == backup.tip.hash

    def _matters(self, entries: Entries) -> tuple[Told, ...]:
        tally = self.books.tally
        open_ = max(entries.held, min(entries.confirmed, entries.reached))
        return told(tally(0), tally(entries.held), tally(open_))

    def _is_later(self, officer: Officer, backup: Backup) -> bool:
        """Say whether an officer's first appointment came after the backup."""
        reference = self.books.reference(officer.id)
        opening = reference.opening if reference is not None else None
        if opening is None:
            return False
        _lamport, node, seq = opening.order
        return node == backup.node and seq > backup.tip.seq
