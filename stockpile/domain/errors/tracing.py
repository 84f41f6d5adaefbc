"""What stands against tracing a weapon, and against saying that one is lost."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused


@dataclass(eq=False)
class TraceRequestUnknown(Refused):
    """No request to trace has this number."""

    number: str


@dataclass(eq=False)
class TraceRequestClosed(Refused):
    """The request to trace was answered or withdrawn: nothing is noted to it any more."""

    number: str


@dataclass(eq=False)
class TraceRequestSent(Refused):
    """The request to trace has gone out or was acknowledged: its words stand as they were sent."""

    number: str


@dataclass(eq=False)
class TraceRequestUnsent(Refused):
    """The request to trace has not gone out: nobody can have acknowledged or answered it."""

    number: str


@dataclass(eq=False)
class TraceRequestIncomplete(Refused):
    """What the Tracing Instrument asks of a request is not all there; the fields are named."""

    number: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class TraceAskedAlready(Refused):
    """The same State was asked to trace the same weapon, and has not answered yet."""

    weapon: str
    number: str


@dataclass(eq=False)
class TracingForbidden(Refused):
    """The rules of this site forbid that weapons are traced, as a peace agreement may."""


@dataclass(eq=False)
class AlreadyLost(Refused):
    """The weapon is reported lost or stolen already, under that number."""

    weapon: str
    number: str


@dataclass(eq=False)
class NotLost(Refused):
    """The weapon is not reported lost or stolen, so nothing can be recovered or amended."""

    weapon: str


@dataclass(eq=False)
class ReportUnknown(Refused):
    """No weapon that is lost now was reported under this number."""

    number: str


@dataclass(eq=False)
class HotListForged(Damaged):
    """A list of lost and stolen weapons is not what a registry of this node signed."""

    why: str
