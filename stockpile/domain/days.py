"""The close of a day: what was done since the last one, what is late, and the code of its end.

1. A day is this node's own: its subject names the node and the date on the wall.
2. What was done is told by kinds of facts, from the entry after the last close on.
3. The head code on the sheet is the number of the ledger's last entry and the first 100 bits of its
   hash in base 32: whoever keeps the sheet can have it compared for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from stockpile.domain.dates import is_by, is_date
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.ledger import Tip, head_code
from stockpile.domain.values import Instant, NodeId

_DAY: Final = len("2026-11-28")
_HEAD: Final = re.compile(r"(\d+)-?([a-z2-7]{20})")
_MISREAD: Final = str.maketrans("018", "olb")
"""No base 32 has these digits: whoever reads them off paper means the letters."""
_KINDS: Final = {
    "recorded": ("weapon.registered",),
    "marked": ("mark.verified",),
    "moved": ("weapon.relocated",),
    "issued": ("weapon.issued",),
    "returned": ("weapon.returned",),
    "sent": ("weapon.dispatched",),
    "received": ("weapon.received",),
    "lost": ("weapon.lost",),
    "recovered": ("weapon.recovered",),
    "counted": ("weapon.counted",),
}


@dataclass(frozen=True, slots=True)
class Done:
    """How much was done, in weapons; a weapon issued twice is told twice."""

    recorded: int = 0
    marked: int = 0
    moved: int = 0
    issued: int = 0
    returned: int = 0
    sent: int = 0
    received: int = 0
    lost: int = 0
    recovered: int = 0
    counted: int = 0

    @property
    def movements(self) -> int:
        """How often a weapon changed its place or its holder."""
        return self.moved + self.issued + self.returned + self.sent + self.received


def done(tally: Iterable[tuple[str, int]]) -> Done:
    """Return what was done, from the number of facts by kind."""
    counts = dict(tally)
    return Done(
        **{name: sum(counts.get(kind, 0) for kind in kinds) for name, kinds in _KINDS.items()}
    )


def day_of(at: Instant, zone: int) -> str:
    """Return the date on the wall, ISO; ``zone`` in minutes east of Greenwich."""
    return _local(at, zone).date().isoformat()


def minute_of(at: Instant, zone: int) -> str:
    """Return the date and minute on the wall, as due times are written."""
    return _local(at, zone).strftime("%Y-%m-%d %H:%M")


def day_subject(node: NodeId, day: str) -> str:
    """Return the subject of a node's day."""
    return f"day:{node}:{day}"


def is_overdue(due: str, now: str) -> bool:
    """Say whether something that is due by a date or minute should be back by now.

    What is due on a date may come until its end; what is no date is never overdue.
    """
    today = now[:_DAY]
    if not is_by(due, today):
        return False
    return due < today if is_date(due) else due.replace("T", " ") < now


def read_head(text: str) -> str:
    """Return a head code as it is printed, from what somebody typed; raises FieldUnreadable."""
    number, _dash, rest = text.strip().casefold().partition("-")
    typed = rest.replace("-", "").replace(" ", "").translate(_MISREAD)
    if not _HEAD.fullmatch(f"{number}-{typed}") or not number.isascii():
        raise FieldUnreadable("head", text)
    groups = (typed[start : start + 5] for start in range(0, len(typed), 5))
    return "-".join((str(int(number)), *groups))


def is_head(text: str, tip: Tip) -> bool:
    """Say whether a typed head code is that of an entry; raises FieldUnreadable for none."""
    return read_head(text) == head_code(tip)


def _local(at: Instant, zone: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC) + timedelta(minutes=zone)
