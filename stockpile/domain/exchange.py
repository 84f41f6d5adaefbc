"""What a node and a registry say to each other, and what each side signs.

The registry never refuses a well-signed entry for reasons of the domain: one bad record cannot
block the queue. The order of a session is hello, tip, push, feed. Everything may be repeated: an
entry sent twice gets the same receipt. "Sent" is only what a receipt signed by the registry
confirms; the outbox is not a table but "my entries after the last receipt".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from stockpile.domain.ledger import Entry
from stockpile.domain.values import Digest, Instant, NodeId

PROTOCOL_1: Final = 1
"""2026-11: hello, enrol, tip, commits, feed, receipts."""
OLDEST_SPOKEN: Final = PROTOCOL_1
NEWEST_SPOKEN: Final = PROTOCOL_1
MOST_BYTES: Final = 1 << 20
MOST_FACTS_A_BATCH: Final = 5000

NodeStatus = Literal["unknown", "enrolled", "quarantined", "revoked"]


@dataclass(frozen=True, slots=True)
class Hello:
    """Who the registry is, what it speaks, its clock, the size of its log and its root."""

    registry: NodeId
    public_key: bytes
    oldest: int
    newest: int
    now: Instant
    log_size: int
    log_root: Digest


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A node asks to be enrolled: its key, its name, a one-time code, all signed by that key."""

    node: NodeId
    public_key: bytes
    name: str
    site: str
    code: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Certificate:
    """The registry's signed word that it knows this node."""

    node: NodeId
    public_key: bytes
    name: str
    registry: NodeId
    registry_key: bytes
    at: Instant
    signature: bytes


@dataclass(frozen=True, slots=True)
class RemoteTip:
    """How far the registry holds a node's chain."""

    node: NodeId
    number: int
    seq: int
    hash: Digest
    status: NodeStatus


@dataclass(frozen=True, slots=True)
class Receipt:
    """The registry's signed word that it holds a chain up to an entry, and where in its log."""

    node: NodeId
    number: int
    hash: Digest
    position: int
    log_size: int
    log_root: Digest
    at: Instant
    signature: bytes


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of the registry's log at its position, with the key that its chain is signed by."""

    position: int
    public_key: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries after a position, in order; ``last`` is the position of the last one truly sent."""

    items: tuple[FeedItem, ...]
    last: int
    log_size: int
    log_root: Digest
