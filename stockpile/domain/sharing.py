"""What a node and a registry both hold, compared after each talk: counts, ends of chains, a seal.

1. A chain is held whole: its last number and hash say everything about it.
2. What a node is told in single facts is counted and sealed as it is told. The seal is the sum of
   the facts' hashes, so that neither order nor pages decide it; it is there for accidents and for
   omissions, while each fact proves itself by its entry's signature.
3. A node may hold more than the registry, from a courier; that is no difference. What the registry
   says that it holds and does not tell is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.values import Digest, NodeId

_MODULUS: Final = 1 << 256
_DIGITS: Final = 64

Lack = Literal["entries", "history", "facts", "more_facts"]
"""``entries``: a chain is shorter here; ``history``: the same number holds another entry;
``facts`` and ``more_facts``: fewer or more single facts were told than the registry counts, or
others."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many facts were told, and the sum of their hashes (hexadecimal; empty for none)."""

    told: int = 0
    seal: str = ""

    def with_facts(self, hashes: Iterable[Digest]) -> Sealed:
        """Return the count and the seal with these facts told as well."""
        total, told = int(self.seal or "0", 16), self.told
        for one in hashes:
            total = (total + int(one, 16)) % _MODULUS
            told += 1
        return Sealed(told, f"{total:0{_DIGITS}x}" if told else "")


@dataclass(frozen=True, slots=True)
class ChainHeld:
    """How far one node's chain is held: number and hash of its last entry."""

    node: NodeId
    number: int
    hash: Digest


@dataclass(frozen=True, slots=True)
class Shares:
    """What one side says of what both should hold.

    ``scope`` names the feed, ``size`` is the place up to which it was told or goes. ``amiss`` is
    the node's word that something is missing from it. From a node, ``chains`` stays empty.
    """

    scope: str
    size: int
    told: int = 0
    seal: str = ""
    chains: tuple[ChainHeld, ...] = ()
    amiss: bool = False

    @property
    def sealed(self) -> Sealed:
        """The count and the seal of the single facts."""
        return Sealed(self.told, self.seal)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two sides do not hold alike; ``node`` is empty for the single facts.

    ``here`` and ``there`` are entries of a chain, or facts told, on the node and at the registry.
    """

    lack: Lack
    node: str
    here: int
    there: int

    def __str__(self) -> str:
        return f"{self.node} {self.here}/{self.there}".strip()


def differences(
    said: Shares,
    here: Sealed,
    held: Mapping[NodeId, int],
    hash_at: Callable[[NodeId, int], Digest | None],
) -> tuple[Difference, ...]:
    """Return what of the registry's word does not stand here; the feed must have been read whole.

    ``held`` is the last number of each chain that is held here, ``hash_at`` the hash of an entry.
    """
    found = [one for chain in said.chains if (one := _lacking(chain, held, hash_at)) is not None]
    if here != said.sealed:
        lack: Lack = "facts" if here.told <= said.told else "more_facts"
        found.append(Difference(lack, "", here.told, said.told))
    return tuple(found)


def _lacking(
    chain: ChainHeld,
    held: Mapping[NodeId, int],
    hash_at: Callable[[NodeId, int], Digest | None],
) -> Difference | None:
    here = held.get(chain.node, 0)
    if here < chain.number:
        return Difference("entries", chain.node, here, chain.number)
    if chain.number and hash_at(chain.node, chain.number) != chain.hash:
        return Difference("history", chain.node, chain.number, chain.number)
    return None
