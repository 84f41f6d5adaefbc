"""What is kept of registries: how far each exchange got, and every word that one signed for.

A receipt is proof against this very disk: an entry that a registry holds must stand in the ledger
here too, the same one. A node that was shown to be an old copy of itself is written down as well.
"""

from __future__ import annotations

import contextlib
import dataclasses
from typing import Final

from sqlmodel import Session, select

from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Connection, Store
from stockpile.adapters.sqlite.tables import PeerRow
from stockpile.domain.errors import ReceiptContradicted, SignatureWrong
from stockpile.domain.exchange import Receipt, demand_receipt
from stockpile.domain.ledger import Tip, TreeHead
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.services.ports import Peer

_FIELDS: Final = tuple(field.name for field in dataclasses.fields(Receipt))
_KEEP: Final = (
    f"INSERT OR REPLACE INTO receipt (registry_key, {', '.join(_FIELDS)}) "  # noqa: S608 - our own
    f"VALUES (?, {', '.join('?' * len(_FIELDS))})"
)
_ALL: Final = (
    f"SELECT registry_key, {', '.join(_FIELDS)} FROM receipt "  # noqa: S608 - our own names
    "ORDER BY node, number, registry_key"
)


class PeerBooks:
    """The shelf for what registries said; the books stand on it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._engine = store.engine()
        self._heads: dict[str, TreeHead] = {}
        self._peers: tuple[Peer, ...] | None = None
        self._overtaken: dict[NodeId, Tip] | None = None

    def keep_peer(self, peer: Peer) -> None:
        """Remember how far the exchange got."""
        with self.session() as session:
            session.merge(PeerRow.of(peer))
            session.commit()
        self._peers = None
        self._learn_head(peer)

    def peer(self, url: str) -> Peer | None:
        """Return how far the exchange with a registry got."""
        with self.session() as session:
            row = session.get(PeerRow, url)
            return row.peer() if row else None

    def peers(self) -> tuple[Peer, ...]:
        """Return every registry this node is enrolled with."""
        if self._peers is None:  # asked for with every number that is drawn
            with self.session() as session:
                found = session.exec(select(PeerRow).order_by(PeerRow.url)).all()
                self._peers = tuple(row.peer() for row in found)
        return self._peers

    def keep_receipt(self, registry_key: bytes, receipt: Receipt) -> None:
        """Keep what a registry signed for, in the place of what it said of the same entry before.

        The signature must have been checked.
        """
        said = [getattr(receipt, name) for name in _FIELDS]
        with self._store.writing() as connection:
            connection.execute(_KEEP, (registry_key, *said))

    def signed_at(self, node: NodeId, number: int) -> Instant:
        """Return when registries signed last for a chain's entry of this number or later."""
        asked = "SELECT coalesce(max(at), 0) FROM receipt WHERE node = ? AND number >= ?"
        with self._store.reading() as connection:
            (at,) = connection.execute(asked, (node, number)).fetchone() or (0,)
        return int(at)

    def receipts(self) -> tuple[tuple[bytes, Receipt], ...]:
        """Return every receipt, as it was signed, with the registry's key."""
        with self._store.reading() as connection:
            return read_receipts(connection)

    def note_overtaken(self, node: NodeId, tip: Tip) -> None:
        """Write down that a node's own later entries came from outside: its key writes no more."""
        with self._store.writing() as connection:
            connection.execute(
                "INSERT INTO overtaken (node, number, hash) VALUES (?, ?, ?) "
                "ON CONFLICT (node) DO UPDATE SET number = excluded.number, hash = excluded.hash",
                (node, tip.number, tip.hash),
            )
        self._overtaken = None

    def overtaken(self, node: NodeId) -> Tip | None:
        """Return the entry that showed a node to be an old copy of itself; None for none."""
        if self._overtaken is None:
            with self._store.reading() as connection:
                rows = connection.execute("SELECT node, number, hash FROM overtaken").fetchall()
            self._overtaken = {
                NodeId(one): Tip(number, 0, Digest(digest)) for one, number, digest in rows
            }
        return self._overtaken.get(node)

    def forget_peers(self) -> None:
        """Read anew what is held of registries in memory."""
        self._peers = self._overtaken = None
        for peer in self.peers():
            self._learn_head(peer)

    def session(self) -> Reading:
        """Give a session of typed rows."""
        return Reading(self._store, Session(self._engine))

    def tree_head(self) -> TreeHead | None:
        """Return the longest tree head that a registry showed, and whose log it is."""
        return max(self._heads.values(), default=None)

    def _learn_head(self, peer: Peer) -> None:
        """Remember the newest tree head of a registry: every entry testifies which one we saw."""
        if peer.tree_head is not None:
            self._heads[peer.url] = TreeHead(*peer.tree_head, peer.registry)


class Reading:
    """A session of typed rows whose errors are sorted like all others."""

    def __init__(self, store: Store, session: Session) -> None:
        self._context = contextlib.ExitStack()
        self._store = store
        self._session = session

    def __enter__(self) -> Session:
        self._context.enter_context(self._store.reading())
        return self._context.enter_context(self._session)

    def __exit__(self, *trouble: object) -> None:
        self._context.__exit__(*trouble)  # type: ignore[arg-type]  # as Python hands them over


def read_receipts(connection: Connection) -> tuple[tuple[bytes, Receipt], ...]:
    """Return every receipt that is kept, by chain and number, with the registry's key."""
    return tuple((row[0], Receipt(*row[1:])) for row in connection.execute(_ALL).fetchall())


def demand_kept(connection: Connection, chains: Chains) -> None:
    """Demand that what a registry signed for stands in the ledger here, the very same entry.

    Raises ReceiptContradicted where history was cut short or replaced, or a receipt was changed.
    """
    for registry_key, receipt in read_receipts(connection):
        held = chains.tip(receipt.node)
        try:
            demand_receipt(receipt, registry_key)
        except SignatureWrong as error:
            raise ReceiptContradicted(receipt.node, receipt.number, held.number) from error
        if not chains.holds(receipt.node, receipt.number, receipt.hash):
            raise ReceiptContradicted(receipt.node, receipt.number, held.number)
