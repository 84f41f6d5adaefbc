"""What a node tells a registry of computers that wrote two histories under one key.

The evidence proves itself: two different entries under one number, both signed by that computer.
So whoever holds both may show them. The registry says first which of them it lacks; it keeps both
beside its log and trusts that computer no more, and nothing of either comes to count by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import MessageUnreadable
from stockpile.domain.values import Digest, NodeId

MOST_TOLD: Final = 2_000
"""Entries of one computer that are told of: what a person looks at is at the beginning."""


@dataclass(frozen=True, slots=True)
class EntryNamed:
    """An entry by its number and its hash."""

    number: int
    hash: Digest


@dataclass(frozen=True, slots=True)
class HistoriesAsked:
    """A node holds these entries of a computer that wrote two histories: which are lacking?"""

    node: NodeId
    entries: tuple[EntryNamed, ...]


@dataclass(frozen=True, slots=True)
class HistoriesWanted:
    """Those of the entries asked about that the registry lacks."""

    entries: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class HistoriesHeard:
    """How many of the entries sent were kept."""

    kept: int


def demand_asked(asked: HistoriesAsked) -> None:
    """Raise MessageUnreadable for more than one question may be about, or for no number."""
    if len(asked.entries) > MOST_TOLD or any(one.number < 1 for one in asked.entries):
        raise MessageUnreadable("histories")
