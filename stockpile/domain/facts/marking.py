"""Marks that we apply: one job from the intent to what stands in the metal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.facts.parts import MarkingReason
from stockpile.domain.values import JobId, SchemeId


@dataclass(frozen=True, slots=True)
class MarkReadBack:
    """A second person read a mark without being shown it, and wrote what they saw."""

    text: str
    read: str


@dataclass(frozen=True, slots=True)
class MarkingBegun:
    """The intent, on record before any metal moves; draws the number for good.

    ``block`` is the block that the number was drawn from; older entries name none.
    """

    job: JobId
    scheme: SchemeId
    text: str
    number: int
    machine: str
    reason: MarkingReason = "import"
    component: str = ""
    position: str = ""
    version: int = 1
    layout: str = ""
    order: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class MarkingEnded:
    """What the machine's run came to; ``unknown`` until somebody looks at the metal."""

    job: JobId
    outcome: Literal["marked", "not_started", "unknown"]
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class MarkVerified:
    """The mark was read back from the metal and is what was sent; a photo by its digest."""

    job: JobId
    read: str
    how: Literal["scan", "typed", "photo"]
    photo: str = ""


@dataclass(frozen=True, slots=True)
class MarkingResolved:
    """A doubtful marking was settled by a person who looked at the metal; a photo by its digest."""

    job: JobId
    outcome: Literal["marked", "partial", "unmarked"]
    reason: str
    read: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True)
class MarkVoided:
    """A number is burnt: failed, doubtful or removed; never to be used again."""

    job: JobId
    reason: str


@dataclass(frozen=True, slots=True)
class MarksSettled:
    """A dispute about the applied marks was decided: the jobs whose marks stand.

    ``accepted`` are those whose numbers are good though they lie in no block of their writers.
    """

    standing: tuple[JobId, ...]
    reason: str
    accepted: tuple[JobId, ...] = ()
