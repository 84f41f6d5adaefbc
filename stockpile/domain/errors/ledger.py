"""What can be wrong with a chain of entries, and with what a registry signed for of it."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Damaged, Refused


@dataclass(eq=False)
class ChainBroken(Damaged):
    """An entry does not continue, seal or sign its chain as it claims."""

    node: str
    number: int
    why: str


@dataclass(eq=False)
class ChainForked(Damaged):
    """Two different entries claim the same number of one node's chain."""

    node: str
    number: int


@dataclass(eq=False)
class ChainGap(Refused):
    """Entries between what is held and what was offered are missing."""

    node: str
    have: int
    offered: int


@dataclass(eq=False)
class FactUnreadable(Damaged):
    """Bytes that claim to be a fact are not one, or not in their canonical form."""

    why: str


@dataclass(eq=False)
class RegisterDiffers(Damaged):
    """The register is not what the ledger's facts make of it."""

    weapon: str


@dataclass(eq=False)
class NodeOvertaken(Refused):
    """This node is an old copy of one that went on: with its key two histories would begin."""

    number: int


@dataclass(eq=False)
class ReceiptContradicted(Damaged):
    """A registry signed for an entry that the ledger does not hold: history was cut or replaced."""

    node: str
    number: int
    found: int
