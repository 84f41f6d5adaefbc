"""Rows of the tables that are read and kept by name, one at a time.

They check nothing: values are parsed before they come here. The hot paths, where facts and weapons
are written by the thousand, speak SQL themselves.
"""

from __future__ import annotations

import msgspec
from sqlmodel import Field, SQLModel

from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.values import Digest, NodeId, WeaponId
from stockpile.services.ports import Peer


class PeerRow(SQLModel, table=True):
    """How far the exchange with one registry got."""

    __tablename__ = "peer"

    url: str = Field(primary_key=True)
    node: str
    registry_key: bytes
    acknowledged: int = 0
    cursor: int = 0
    tree_size: int | None = None
    tree_root: str | None = None
    heard_at: int = 0
    scope: str = ""
    told: int = 0
    seal: str = ""

    @classmethod
    def of(cls, peer: Peer) -> PeerRow:
        """Return the peer as a row."""
        size, root = peer.tree_head or (None, None)
        return cls(
            url=peer.url,
            node=peer.registry,
            registry_key=peer.registry_key,
            acknowledged=peer.acknowledged,
            cursor=peer.cursor,
            tree_size=size,
            tree_root=root,
            heard_at=peer.heard_at,
            scope=peer.scope,
            told=peer.told,
            seal=peer.seal,
        )

    def peer(self) -> Peer:
        """Return the row as the domain knows it."""
        head = None
        if self.tree_size is not None and self.tree_root is not None:
            head = (self.tree_size, self.tree_root)
        return Peer(
            self.url, NodeId(self.node), self.registry_key, self.acknowledged, self.cursor,
            head, self.heard_at, self.scope, self.told, self.seal,
        )  # fmt: skip


class ConflictRow(SQLModel, table=True):
    """One open conflict; ``weapons`` and ``about`` are JSON lists."""

    __tablename__ = "conflict"

    id: str = Field(primary_key=True)
    kind: str
    scope: str
    weapons: str
    about: str
    opened_at: int

    def conflict(self) -> Conflict:
        """Return the row as the domain knows it."""
        kind: ConflictClass = msgspec.convert(self.kind, ConflictClass)
        weapons = tuple(WeaponId(one) for one in msgspec.json.decode(self.weapons))
        return Conflict(Digest(self.id), kind, weapons, tuple(msgspec.json.decode(self.about)))


class ReferenceRow(SQLModel, table=True):
    """A place, officer, scheme, block, machine, lot or node, by the kind that opened it."""

    __tablename__ = "reference"

    subject: str = Field(primary_key=True)
    kind: str
    state: bytes
