"""Nodes, the keys that vouch for them, and their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.values import Digest, NodeId


@dataclass(frozen=True, slots=True)
class NodeFounded:
    """The first fact of every chain: the node's public key, which its id is the digest of."""

    public_key: str
    name: str
    country: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class RootKey:
    """A national official's offline key: the name of its keeper, and the key (hexadecimal)."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Attested:
    """A signature of one of the authority's keys under a statement, both hexadecimal."""

    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class RootsSet:
    """The authority's offline keys from now on, and how many of them a statement needs.

    Versions count up from 1; each is attested by enough of the keys before it and of its own.
    """

    version: int
    threshold: int
    roots: tuple[RootKey, ...]
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyNamed:
    """The authority names a key for one duty, or withdraws it; attested by enough roots.

    ``registry`` signs receipts and grants, ``enrolment`` certifies nodes, ``witness`` cosigns the
    registry's log.
    """

    duty: Literal["registry", "enrolment", "witness"]
    name: str
    key: str
    withdrawn: bool = False
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeCertified:
    """A node was enrolled: by the registry, or by an enrolment officer's key (``attested``).

    ``scope`` names the sites whose records the node is told of; nobody named means all of them.
    """

    node: NodeId
    public_key: str
    name: str
    site: str = ""
    scope: tuple[str, ...] = ()
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeRevoked:
    """A node is no longer trusted after its last good entry; attested where there are roots."""

    node: NodeId
    number: int
    digest: Digest
    reason: str
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeReadmitted:
    """A node that was in quarantine is trusted again; attested where there are roots."""

    node: NodeId
    reason: str
    attested: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditSealed:
    """How far the audit log of the registry's pages had come, and the hash of its last row.

    Who would write that log anew would have to write the registry's chain anew as well.
    """

    number: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class NodeSucceeded:
    """This node continues another one, whose last entry is named."""

    node: NodeId
    number: int
    digest: Digest


@dataclass(frozen=True, slots=True)
class NodeClosed:
    """This node ends its chain."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClockObserved:
    """The clock was compared with another; the offset in milliseconds, theirs minus ours."""

    offset: int
    source: str
