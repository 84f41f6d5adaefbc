"""The registry as the other end of a stick: what is asked of it, and what its answer settles here.

1. A file for a registry is locked with the key that was pinned when this node was enrolled.
2. It says how far this node read the registry's feed; the answer brings the stretch from there. The
   cursor moves only where the stretch begins where it stands: files may come late or not at all.
3. A receipt counts as over the line: signed by the pinned key, for an entry that stands here.
4. An answer that comes with the proof that its log is another one than before is not opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stockpile.domain import exchange, ledger, tree
from stockpile.domain.courier import Content, FeedRead, FeedStretch
from stockpile.domain.errors import CourierForged, RegistryRewritten, SignatureWrong
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.exchange import Receipt
from stockpile.domain.sharing import Sealed
from stockpile.domain.values import Digest, NodeId
from stockpile.language import _
from stockpile.services.courier_previews import Node
from stockpile.services.ports import Books, Peer


@dataclass(frozen=True, slots=True)
class CourierRegistries:
    """The registries that files go to and come from. Everything runs on the books lane."""

    books: Books

    def receivers(self) -> tuple[Node, ...]:
        """Return every registry that this node is enrolled with, once."""
        found = {
            peer.registry: Node(peer.registry, _("National registry"), peer.registry_key)
            for peer in self.books.peers()
        }
        return tuple(found.values())

    def without_a_line(self) -> tuple[NodeId, ...]:
        """Return the registries that only a stick reaches."""
        peers = self.books.peers()
        reached = {peer.registry for peer in peers if peer.url}
        return tuple(dict.fromkeys(one.registry for one in peers if one.registry not in reached))

    def is_one(self, node: NodeId | None) -> bool:
        """Say whether a node is a registry that this one is enrolled with."""
        return any(peer.registry == node for peer in self.books.peers())

    def held(self, node: NodeId | None, own: NodeId) -> dict[NodeId, int]:
        """Return how much of our chain a registry signed for, also over a line."""
        peer = self._peer(node)
        return {own: peer.acknowledged} if peer and peer.acknowledged else {}

    def read(self, node: NodeId | None) -> FeedRead | None:
        """Return how far this registry's feed was read here; None for who is no registry."""
        peer = self._peer(node)
        if peer is None:
            return None
        size = peer.tree_head[0] if peer.tree_head else 0
        return FeedRead(peer.registry, peer.scope, peer.cursor, size)

    def demand_sound(self, content: Content, path: str) -> None:
        """Raise where a registry's answer is not signed as it should be, or shows another history.

        Raises CourierForged, RegistryRewritten.
        """
        peer = self._peer(content.manifest.sender)
        if peer is None:
            return
        try:
            for receipt in content.receipts:
                exchange.demand_receipt(receipt, peer.registry_key)
        except SignatureWrong as error:
            raise CourierForged(path, "receipt") from error
        if not self._grew(peer, content):
            assert peer.tree_head is not None
            raise RegistryRewritten(peer.url, peer.tree_head[0])

    def heard(self, content: Content, sealed: Sequence[Excerpt]) -> None:
        """Keep what a registry's answer says, once what it brings was taken in.

        ``sealed`` are the single facts of it that were taken in or were here: all of them, or the
        feed is read again from where it was.
        """
        peer = self._peer(content.manifest.sender)
        if peer is None:
            return
        known = replace(peer, tree_head=_proved_head(peer, content))
        for receipt in self._ours(content.receipts):
            self.books.keep_receipt(peer.registry_key, receipt)
            known = _acknowledged(known, receipt)
        if content.feed is not None and self._all_here(content, sealed):
            known = _read_on(known, content.feed, sealed)
        if known != peer:
            self.books.keep_peer(known)

    def _all_here(self, content: Content, sealed: Sequence[Excerpt]) -> bool:
        """Say whether nothing that an answer brings was left out."""
        held = {node: tip.number for node, tip in self.books.tips()}
        whole = all(held.get(one.node, 0) >= one.last for one in content.manifest.chains)
        return whole and len(sealed) == len(content.excerpts)

    def _ours(self, receipts: Sequence[Receipt]) -> Iterator[Receipt]:
        """Give the receipts for entries that stand here: they are kept as proof of this disk."""
        for one in receipts:
            entry = next(iter(self.books.entries(one.node, one.number - 1, 1)), None)
            if entry is not None and ledger.entry_hash(entry.header) == one.hash:
                yield one

    def _grew(self, peer: Peer, content: Content) -> bool:
        """Say whether nothing shows that the log is another one than the one believed so far."""
        shown, before = _head_in(content), peer.tree_head
        if shown is None or before is None or shown[0] < before[0]:
            return True  # an older answer that comes late shows less: the next one proves more
        if shown[0] == before[0]:
            return shown[1] == before[1]
        proof = content.proof
        if proof is None or (proof.old, proof.size) != (before[0], shown[0]):
            return True  # made for another head than ours: it shows nothing, and moves nothing
        return tree.begins((before[0], Digest(before[1])), shown, proof.steps)

    def _peer(self, node: NodeId | None) -> Peer | None:
        """Return how far the exchange with a registry got, over a line first."""
        found = sorted(self.books.peers(), key=lambda one: not one.url)
        return next((one for one in found if one.registry == node), None)


def _proved_head(peer: Peer, content: Content) -> tuple[int, str] | None:
    """Return the head to believe after an answer: its own where it goes on from the one before."""
    shown, proof = _head_in(content), content.proof
    if shown is None:
        return peer.tree_head
    if peer.tree_head is None:
        return shown
    is_proved = proof is not None and (proof.old, proof.size) == (peer.tree_head[0], shown[0])
    return shown if is_proved else peer.tree_head


def _head_in(content: Content) -> tuple[int, Digest] | None:
    heads = [(one.log_size, one.log_root) for one in content.receipts]
    return max(heads, default=None)


def _acknowledged(peer: Peer, receipt: Receipt) -> Peer:
    return replace(
        peer, acknowledged=max(peer.acknowledged, receipt.number),
        heard_at=max(peer.heard_at, receipt.at),
    )  # fmt: skip


def _read_on(peer: Peer, stretch: FeedStretch, told: Sequence[Excerpt]) -> Peer:
    """Return the peer with its feed read to the end of a stretch, where that goes on from here."""
    is_anew = stretch.scope != peer.scope and not stretch.after
    begun = replace(peer, scope=stretch.scope, cursor=0, told=0, seal="") if is_anew else peer
    if (stretch.scope, stretch.after) != (
        begun.scope,
        begun.cursor,
    ) or stretch.last <= begun.cursor:
        return peer
    hashes = (Digest(tree.leaf_hash(part.raw).hex()) for one in told for part in one.parts)
    sealed = Sealed(begun.told, begun.seal).with_facts(hashes)
    return replace(begun, cursor=stretch.last, told=sealed.told, seal=sealed.seal)
