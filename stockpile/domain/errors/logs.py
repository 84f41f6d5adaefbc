"""What can be wrong with a registry's log and with what its witnesses sign."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused


@dataclass(eq=False)
class LogSplit(Damaged):
    """Another node was shown a head of the registry's log that is not of the history shown here."""

    url: str
    node: str
    size: int


@dataclass(eq=False)
class NoteUnreadable(Damaged):
    """A checkpoint of a log, a cosignature or a key on paper is not what it should be."""

    why: str


@dataclass(eq=False)
class LogNotExtended(Damaged):
    """A log showed a witness a head that does not grow out of the one it was shown before."""

    origin: str
    had: int
    shown: int


@dataclass(eq=False)
class LogUnknown(Refused):
    """A witness was asked to cosign a log whose key it was never given."""

    origin: str


@dataclass(eq=False)
class WitnessUnknown(Refused):
    """Nobody named a witness of this name and key."""

    name: str


@dataclass(eq=False)
class TileUnknown(Refused):
    """The log has no such tile, or not yet."""

    path: str


@dataclass(eq=False)
class HeadNeverWas(Damaged):
    """A log's head that is shown here is none that this registry's log ever had."""

    size: int
