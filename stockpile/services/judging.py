"""Judging a list of serials before it is saved: every line gets its verdict, none is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.serials import read_serial
from stockpile.services.ports import Hit, Progress, Register, silent
from stockpile.services.receiving import LOOK_ALIKES

Standing = Literal["new", "look_alike", "on_record", "twice", "removed", "none", "illegible"]
DOUBLE: Final[frozenset[Standing]] = frozenset({"on_record", "twice"})
"""Lines that may be left out: the same serial is on record, or stands in the list before."""

_UNREAD: Final[Mapping[str, Standing]] = {
    "removed": "removed", "none": "none", "illegible": "illegible",
}  # fmt: skip
Known = Mapping[str, tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One line: its text, how it stands, what it looks like, and the line that says the same."""

    text: str
    standing: Standing
    hits: tuple[Hit, ...] = ()
    same_as: int = -1

    @property
    def is_double(self) -> bool:
        """Whether the same serial is on record or in the list already."""
        return self.standing in DOUBLE


def found(register: Register, texts: Sequence[str], progress: Progress = silent) -> Known:
    """Return what is on record under each serial or looks like it; raises Cancelled."""
    known: dict[str, tuple[Hit, ...]] = {}
    for number, text in enumerate(texts):
        progress(number, len(texts))
        known[text] = register.look_alikes(text, LOOK_ALIKES) if _reads(text) else ()
    progress(len(texts), len(texts))
    return known


def judged(texts: Sequence[str], known: Known) -> tuple[Judged, ...]:
    """Return the verdict of every line, given what was found for its text."""
    first: dict[str, int] = {}
    lines: list[Judged] = []
    for number, text in enumerate(texts):
        key = read_serial(text).key
        before = first.setdefault(key, number) if key else number
        lines.append(_line(text, known.get(text, ()), -1 if before == number else before))
    return tuple(lines)


def judge(
    register: Register, texts: Sequence[str], progress: Progress = silent
) -> tuple[Judged, ...]:
    """Look every serial up and return the verdict of every line; raises Cancelled."""
    return judged(texts, found(register, texts, progress))


def _line(text: str, hits: tuple[Hit, ...], same_as: int) -> Judged:
    unread = _UNREAD.get(read_serial(text).status)
    if unread is not None:
        return Judged(text, unread)
    if any(hit.why == "serial" for hit in hits):
        return Judged(text, "on_record", hits, same_as)
    if same_as >= 0:
        return Judged(text, "twice", hits, same_as)
    return Judged(text, "look_alike" if hits else "new", hits)


def _reads(text: str) -> bool:
    return bool(read_serial(text).key)
