"""A home made of a backup: a node of its own that continues the old one.

1. Everything is made in a draft beside the home, opened there, and proved by the passphrase and the
   PINs of two officers; only then does it get its name. Killed anywhere, the old home or the new
   one stands whole.
2. It never goes on with the old chain: it gets another key, and its first entry says whom it
   continues, after which entry, and who is in office.
3. What the old disk still gives of the old chain after the backup is read and proved entry by
   entry; what a registry holds comes back by the next exchange.
4. The home that it replaces is moved aside, never deleted and never repaired.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from stockpile.adapters.backups import folder, swapping
from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys import slots
from stockpile.adapters.keys.anchor import ANCHOR_FILE, AnchorFile
from stockpile.adapters.keys.ring import KeyRing, node_of, ring_of
from stockpile.adapters.keys.succeeding import succeed
from stockpile.adapters.keys.tries import count_of
from stockpile.adapters.sqlite.lock import HomeLock
from stockpile.adapters.sqlite.salvaging import readable_entries
from stockpile.app.backup_room import RESTORED_FILE
from stockpile.app.key_room import opened_keys, running
from stockpile.domain import people, successions
from stockpile.domain.errors import BooksInUse, HomeExists, OfficerNotAuthorised, StockpileError
from stockpile.domain.facts import Draft, OfficerAppointed
from stockpile.domain.ledger import Entry, Tip
from stockpile.domain.restoring import Entries
from stockpile.services.guard import guard_subject
from stockpile.services.people import People, SignedIn
from stockpile.services.ports import Backup, Books, Progress, silent
from stockpile.services.restoring import Approval, Preview, Restored
from stockpile.services.stockpile import Stockpile

Plug = Callable[[Path, KeyRing], Stockpile]
"""Opens a home whose keys are open."""
_ROOM: Final = ".salvage"
_PORTION: Final = 64


def preview_backup(file: Path, home: Path, progress: Progress = silent) -> Preview:
    """Prove a backup and say what a home that is not open has after it, as its anchor tells.

    Raises FileUnreadable, BackupDamaged, Cancelled.
    """
    backup = folder.read(file, progress)
    anchored = AnchorFile(home).read()
    is_its = anchored is not None and _node_in(home) == backup.node
    reached = anchored.number if anchored is not None and is_its else 0
    return Preview(backup, Entries(backup.node, backup.tip.number, reached, 0, is_its))


def demand_closed(home: Path) -> None:
    """Raise BooksInUse for a home that is open, here or in another program."""
    HomeLock(home).release()


def restore_home(
    plug: Plug, file: Path, home: Path, approval: Approval, *, in_place: bool, progress: Progress,
    marked: bool = True,
) -> Restored:  # fmt: skip
    """Make a home of a backup, as a node that continues the old one.

    ``in_place`` replaces a home that stands there, damaged or not: it is moved aside. ``marked``
    has everybody told that it was restored. Raises
    HomeExists without it, WrongPassphrase, OfficerUnknown, WrongPin, OfficerNotAuthorised,
    SecondOfficerMissing, FileUnreadable, BackupDamaged, DiskFull, DiskTrouble, Cancelled, and what
    opening the books raises; then all is as it was.
    """
    stands = home.exists() and (not home.is_dir() or any(home.iterdir()))
    if stands and not in_place:
        raise HomeExists(str(home))
    made: list[_Made] = []

    def make_own(draft: Path, tip: Tip) -> None:
        made.append(_made_own(plug, draft, approval, home if stands else None))
        (draft / RESTORED_FILE).unlink(missing_ok=True)
        if marked:
            (draft / RESTORED_FILE).write_text(f"{tip.number}\n", "ascii")

    if not stands:
        backup = folder.restore(file, home, make_own, progress)
        return Restored(backup, home, made[0].keys.node, made[0].salvaged)
    with folder.unpacked(file, home, make_own, progress) as (draft, backup):
        swapping.ask(home, draft, _aside(home))
        return _settled(home, backup, made[0])


@dataclass(frozen=True, slots=True)
class _Made:
    keys: KeyRing
    salvaged: int


def _settled(home: Path, backup: Backup, made: _Made) -> Restored:
    done = Restored(backup, home, made.keys.node, made.salvaged)
    try:
        return replace(done, aside=swapping.carry_out(home, demand_closed))
    except BooksInUse:
        return replace(done, waits=True)


def _aside(home: Path) -> str:
    now = SystemClock().now() / 1000
    return f"{home.name}-replaced-{datetime.fromtimestamp(now).astimezone():%Y%m%d-%H%M%S}"


# --- a node of its own --------------------------------------------------------------------------


def _made_own(plug: Plug, draft: Path, approval: Approval, old: Path | None) -> _Made:
    """Make what was unpacked a node of its own, approved by officers of the backup."""
    count = count_of(draft)
    count.begin(count.mark)  # no count of wrong passphrases is in a backup
    keys = opened_keys(draft, approval.passphrase)
    keys.change(anchored=False)  # no anchor is in a backup
    with plug(draft, keys) as stockpile:
        signed = _approved(stockpile.people, approval)
        begin = _beginning(stockpile)
        if keys.content.slots[0].keyring:
            keys.set_passphrase(approval.passphrase)  # the safe knows the other node's secret
        succeed(keys, SystemChance())  # last: what these keys open is closed now
    (draft / ANCHOR_FILE).unlink(missing_ok=True)
    fresh = _reopened(draft, keys)
    with plug(draft, fresh) as stockpile:
        _founded(stockpile.books, begin(fresh.public_key), signed)
        salvaged = _salvaged(stockpile.books, keys, draft, old) if old is not None else 0
    return _Made(fresh, salvaged)


def _approved(desk: People, approval: Approval) -> tuple[SignedIn, ...]:
    """Prove who restores by the officers of the backup; one is enough where one was all there was.

    Raises OfficerUnknown, WrongPin, OfficerNotAuthorised, SecondOfficerMissing.
    """
    first = desk.sign_in(*approval.first)
    if len(desk.officers()) == 1:
        if not first.officer.may("restore"):
            raise OfficerNotAuthorised(first.officer.name, "restore")
        return (first,)
    second = desk.sign_in(*approval.second) if approval.second[0] else None
    people.authorise(first.officer, "restore", second.officer if second else None)
    assert second is not None  # else the act was refused just now
    return first, second


def _beginning(stockpile: Stockpile) -> Callable[[bytes], list[Draft]]:
    """Return how the chain begins that continues this one, given its public key."""
    books, node = stockpile.books, stockpile.keys.node
    old = books.reference(node)
    assert old is not None  # every chain begins with its founding
    own = {one.id for one in stockpile.people.officers()}
    offices = [one for one in books.references(OfficerAppointed) if one.subject in own]
    rules = books.reference(guard_subject(stockpile.people.site()))
    tip = books.tip()
    return lambda key: successions.founding(key, old, tip, offices, rules)


def _reopened(draft: Path, keys: KeyRing) -> KeyRing:
    file, clock, chance = slots.read_file(draft), SystemClock(), SystemChance()
    return ring_of(draft, file, keys.database_key, clock=clock, chance=chance, running=running)


def _founded(books: Books, drafts: list[Draft], signed: tuple[SignedIn, ...]) -> None:
    """Write the first entry; what registries confirmed of the old chain is none of the new one."""
    first, *rest = signed
    books.record(
        drafts,
        by=first.id,
        witnesses=[one.id for one in rest],
        signers=[one.key for one in signed],
    )
    for peer in books.peers():
        books.keep_peer(replace(peer, acknowledged=0, cursor=0))


def _salvaged(books: Books, keys: KeyRing, draft: Path, old: Path) -> int:
    """Take in what the old home's disk still gives of its chain, and say how many entries."""
    if _node_in(old) != keys.node:
        return 0
    room, after = draft / _ROOM, dict(books.tips())[keys.node].number
    room.mkdir(mode=0o700)
    try:
        found = readable_entries(old, keys.database_key, keys.node, after, room)
        return sum(map(partial(_received, books), _portions(found)))
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _portions(found: Iterator[Entry]) -> Iterator[tuple[Entry, ...]]:
    while portion := tuple(islice(found, _PORTION)):
        yield portion


def _received(books: Books, portion: tuple[Entry, ...]) -> int:
    try:
        return len(books.receive(portion).entries)
    except StockpileError:
        return 0  # what was good before the bad one stays, and nothing fits after it


def _node_in(home: Path) -> str | None:
    try:
        return node_of(home)
    except StockpileError:
        return None
