"""A node that goes on under another key: yearly, or when people who knew the old one leave.

1. The old key closes its chain, and what is unsent goes to the registry where there is a line.
2. A copy of the home is made, becomes a node of its own that continues the old one, and takes the
   home's place in one step: killed anywhere, the old home or the new one stands whole.
3. The home that it replaces is moved aside, as for a restore: nothing is deleted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from stockpile.services.backups import BackupPlan
from stockpile.services.ports import Progress
from stockpile.services.restoring import Approval, Restored
from stockpile.services.stockpile import Stockpile

Open = Callable[[Path, str], Stockpile]
Restore = Callable[[Path], Restored]


def renew_node(
    open_home: Open, restore: Restore, home: Path, approval: Approval, reason: str,
    progress: Progress, *, send: bool,
) -> Restored:  # fmt: skip
    """Let a home that is not open go on as a new node; ``send`` exchanges with the registry first.

    Raises WrongPin, OfficerNotAuthorised, SecondOfficerMissing, ReasonMissing, what an exchange and
    a restore raise; then all is as it was, but for the last word of the old chain.
    """
    with room_beside(home) as room:
        with open_home(home, approval.passphrase) as opened:
            by = opened.people.sign_in(*approval.first)
            witness = opened.people.sign_in(*approval.second) if approval.second[0] else None
            opened.closing_node.close(reason, by=by, witness=witness)
            if send and any(peer.url for peer in opened.books.peers()):
                opened.exchange.sync(by=by)
            plan = replace(opened.backups.plan(room, by=by), keeps_older=True)
            file = opened.backups.make(plan, progress).file
        return restore(file)


def renew_open_node(
    opened: Stockpile, restore: Restore, plan: BackupPlan, progress: Progress
) -> Restored:
    """Copy an open home whose chain was closed, and have the copy take its place at the next start.

    ``plan`` names the copy. On a lane beside the books'.
    """
    with room_beside(opened.home) as room:
        plan = replace(plan, folder=room, keeps_older=True)
        return restore(opened.backups.make(plan, progress).file)


@contextmanager
def room_beside(home: Path) -> Iterator[Path]:
    """Lend a folder beside a home, which is gone afterwards; one of a try that was killed goes."""
    room = home.with_name(f".{home.name}-new-node")
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
