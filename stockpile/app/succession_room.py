"""A node that goes on under another key: yearly, or when people who knew the old one leave.

1. The old key closes its chain, and what is unsent goes to the registry where there is a line.
2. A copy of the home is made, becomes a node of its own that continues the old one, and takes the
   home's place in one step: killed anywhere, the old home or the new one stands whole.
3. The home that it replaces is moved aside, as for a restore: nothing is deleted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from stockpile.app.backup_room import RESTORED_FILE
from stockpile.services.ports import Progress
from stockpile.services.restoring import Approval, Restored
from stockpile.services.stockpile import Stockpile

Open = Callable[[Path, str], Stockpile]
Restore = Callable[[Path], Restored]


def closed_copy(
    opened: Stockpile, folder: Path, approval: Approval, reason: str, progress: Progress,
    *, send: bool,
) -> Path:  # fmt: skip
    """Close the chain of an open home, send what is unsent, and copy the home; return the copy.

    Raises WrongPin, OfficerNotAuthorised, SecondOfficerMissing, ReasonMissing, what an exchange
    raises where ``send`` asks for one, DiskFull, DiskTrouble, Cancelled.
    """
    by = opened.people.sign_in(*approval.first)
    witness = opened.people.sign_in(*approval.second) if approval.second[0] else None
    opened.closing_node.close(reason, by=by, witness=witness)
    if send and any(peer.url for peer in opened.books.peers()):
        opened.exchange.sync(by=by)
    plan = replace(opened.backups.plan(folder, by=by), keeps_older=True)
    return opened.backups.make(plan, progress).file


def renew_node(
    open_home: Open, restore: Restore, home: Path, approval: Approval, reason: str,
    progress: Progress, *, send: bool,
) -> Restored:  # fmt: skip
    """Let a closed home go on as a new node; see above.

    The home must not be open. Raises what ``closed_copy`` and a restore raise; then all is as it
    was, but for the last word of the old chain.
    """
    room = home.with_name(f".{home.name}-new-node")
    shutil.rmtree(room, ignore_errors=True)  # of a try that was killed
    room.mkdir(mode=0o700)
    try:
        with open_home(home, approval.passphrase) as opened:
            file = closed_copy(opened, room, approval, reason, progress, send=send)
        done = restore(file)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    if not done.waits:
        with suppress(OSError):
            (home / RESTORED_FILE).unlink()  # no old copy of it is anywhere to be warned of
    return done
