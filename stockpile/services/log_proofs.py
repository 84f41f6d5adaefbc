"""Proof for the node itself that the registry keeps one history, and that others watch it.

1. Witnesses' cosigned heads are fetched with each exchange and proved to be of the history that is
   shown here; with them go the paths from this node's own record, so that nothing more is needed to
   prove it later, without any line.
2. Every entry of another node names the head that it was shown. Where such a head is not of the
   history shown here, somebody shows two: that is an alarm, and stops nobody's work.
3. What is kept is proved anew each time it is read: the file may have been changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stockpile.domain import authority, ledger, log_proofs, tlog, witnessing
from stockpile.domain.errors import (
    LogSplit,
    NoteUnreadable,
    RegistryRefused,
    RegistryRewritten,
    RegistrySlow,
)
from stockpile.domain.exchange import Receipt, TreeProof
from stockpile.domain.ledger import Header
from stockpile.domain.log_proofs import Doubt, Head, KeptProof, LogMemory, ProvedHead, Word
from stockpile.domain.tlog import Checkpoint
from stockpile.domain.values import Digest, NodeId
from stockpile.domain.witnessing import CosignedHeads, InclusionProof, Witness
from stockpile.services.ports import Books, Clock, Keys, LogMemories, Peer, RegistryLink
from stockpile.services.turns import Answer, Synced, Turn, turn

MOST_NOTES: Final = 8
"""Cosigned heads that are proved in one talk, largest first."""
MOST_OTHERS: Final = 10
"""Heads of other nodes that are proved in one talk; the rest wait for the next."""

Receipts = Callable[[], Sequence[tuple[bytes, Receipt]]]
Unanswered = RegistryRefused | RegistrySlow


@dataclass(frozen=True, slots=True)
class OtherHead:
    """A head of a registry's log that an entry of another node says it was shown."""

    node: NodeId
    number: int
    head: Head


@dataclass(frozen=True, slots=True)
class LogStanding:
    """What is known of one registry's log: whose word stands under it, what is proved by it.

    ``proved`` is the number of this node's newest entry that is proved in a cosigned head; 0 for
    none.
    """

    registry: NodeId
    words: tuple[Word, ...] = ()
    proved: int = 0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class LogProofs:
    """The shelf of proofs about registries' logs. Runs on the books lane."""

    books: Books
    keys: Keys
    files: LogMemories
    clock: Clock
    receipts: Receipts

    def standing(self, registry: NodeId) -> LogStanding:
        """Return what is known of a registry's log, proved anew from what is kept."""
        peer = self._peer(registry)
        if peer is None:
            return LogStanding(registry)
        words: list[Word] = []
        proved = 0
        for proof, head in self.proofs(peer):
            note = tlog.read_note(proof.note.encode())
            words += log_proofs.words_under(note, head.size, self.witnesses(registry))
            if proof.receipt is not None and log_proofs.holds(proof, head):
                proved = max(proved, proof.receipt.number)
        doubts = tuple(one for one in self.memory().doubts if one.registry == registry)
        newest = {one.witness.key: one for one in sorted(words, key=lambda one: one.second)}
        return LogStanding(registry, tuple(newest.values()), proved, doubts)

    def proofs(self, peer: Peer) -> tuple[tuple[KeptProof, Checkpoint], ...]:
        """Return the kept proofs of a registry whose head it signed, with that head."""
        found = []
        for one in self.memory().proofs:
            if one.registry == peer.registry:
                with contextlib.suppress(NoteUnreadable):  # a changed file says nothing false
                    note = tlog.read_note(one.note.encode())
                    head = log_proofs.head_in(note, peer.registry, peer.registry_key)
                    found.append((one, head))
        return tuple(found)

    def witnesses(self, registry: NodeId) -> tuple[Witness, ...]:
        """Return who stands named as a witness of a registry's log, by its own chain here."""
        return witnessing.standing(self.books.history(authority.SUBJECT), (registry,))

    def memory(self) -> LogMemory:
        """Return all that is kept."""
        return self.files.read()

    def keep(self, memory: LogMemory) -> None:
        """Keep what was learnt; raises DiskFull, DiskTrouble."""
        self.files.keep(memory)

    def note_doubt(self, peer: Peer, other: OtherHead) -> None:
        """Keep that another node was shown what does not fit here."""
        size, root = other.head
        doubt = Doubt(peer.registry, other.node, other.number, size, root, self.clock.now())
        self.keep(self.memory().with_doubt(doubt))

    def note_proved(self, peer: Peer, other: OtherHead) -> None:
        """Keep that another node was shown the history that is shown here."""
        head = ProvedHead(peer.registry, other.node, *other.head)
        self.keep(self.memory().with_proved(head))

    def split_in(self, headers: Iterable[Header]) -> LogSplit | None:
        """Say at once, without any line, where an entry of another node was shown another history.

        Seen is what differs at a size that is known here; the rest is proved with the next talk.
        The first that is found is kept; one is alarm enough. Raises DiskFull, DiskTrouble.
        """
        peers = {one.registry: one for one in self.books.peers()}
        known = {named: self._heads(peer) for named, peer in peers.items()}
        for header in headers:
            if header.sth is None or header.lo not in peers or header.n == self.keys.node:
                continue
            peer, (size, root) = peers[NodeId(header.lo)], header.sth
            if known[peer.registry].get(size, root) != root:
                other = OtherHead(NodeId(header.n), header.c, (size, Digest(root)))
                self.note_doubt(peer, other)
                return LogSplit(peer.url, other.node, size)
        return None

    def _heads(self, peer: Peer) -> dict[int, str]:
        """Return the root at every size of a registry's log that is known here."""
        signed = [one for key, one in self.receipts() if key == peer.registry_key]
        heads = [(one.log_size, one.log_root) for one in signed]
        heads += [head.head for _proof, head in self.proofs(peer)]
        proved = [one for one in self.memory().proved if one.registry == peer.registry]
        heads += [(one.size, one.root) for one in proved]
        return {**dict(heads), **dict([peer.tree_head] if peer.tree_head else [])}

    def receipt_before(self, peer: Peer, size: int) -> Receipt | None:
        """Return this node's newest receipt whose head is not longer than a size."""
        own = [
            receipt
            for key, receipt in self.receipts()
            if key == peer.registry_key and receipt.node == self.keys.node
        ]
        fitting = [one for one in own if one.position <= one.log_size <= size]
        return max(fitting, key=lambda one: one.number, default=None)

    def others(self, peer: Peer) -> tuple[OtherHead, ...]:
        """Return the newest head that each other node names and that is not proved yet.

        Also of nodes of which only single facts are told here: the head stands in their headers.
        """
        proved = {
            one.node: (one.size, one.root)
            for one in self.memory().proved
            if one.registry == peer.registry
        }
        named = (_named(one, peer.registry) for one in self.books.newest_headers())
        return tuple(
            one
            for one in named
            if one is not None
            and one.node not in (self.keys.node, peer.registry)
            and proved.get(one.node) != one.head
        )

    def _peer(self, registry: NodeId) -> Peer | None:
        return next((one for one in self.books.peers() if one.registry == registry), None)


def _named(header: bytes, registry: NodeId) -> OtherHead | None:
    """Return the head of a registry's log that an entry's header names, if it names one."""
    said = ledger.read_header(header)
    if said.sth is None or said.lo != registry:
        return None
    size, root = said.sth
    return OtherHead(NodeId(said.n), said.c, (size, Digest(root)))


class ProvingLog:
    """Proves, turn by turn, what a registry shows of its log, at the end of a talk with it."""

    def __init__(
        self, proofs: LogProofs, link: RegistryLink, peer: Peer, head: Head, fed: Head,
        done: Callable[[LogSplit | None], Turn | Synced],
    ) -> None:  # fmt: skip
        self._proofs = proofs
        self._link = link
        self._peer = peer
        self._head = head
        self._fed = fed
        self._done = done
        self._kept: list[KeptProof] = []
        self._split: LogSplit | None = None

    def begin(self) -> Turn | Synced:
        """Return the first turn: the feed and the receipt must come of one history."""
        return self._prove(self._fed, self._ask_heads)

    def _ask_heads(self) -> Turn:
        """Return the turn that asks for cosigned heads; a registry that has none is believed."""
        return turn(lambda: _unless_unanswered(self._link.cosigned), self._heard_heads)

    def _heard_heads(self, said: CosignedHeads | Unanswered) -> Turn | Synced:
        notes = said.notes[:MOST_NOTES] if isinstance(said, CosignedHeads) else ()
        return self._next_note(iter(notes))

    # --- heads that witnesses cosigned ----------------------------------------------------------

    def _next_note(self, notes: Iterator[str]) -> Turn | Synced:
        raw = next(notes, None)
        if raw is None:
            return self._keep_proofs()
        try:
            note = tlog.read_note(raw.encode())
            head = log_proofs.head_in(note, self._peer.registry, self._peer.registry_key)
        except NoteUnreadable:
            return self._next_note(notes)  # no word of the registry's: it proves nothing
        for kept, known in self._proofs.proofs(self._peer):
            if kept.note == raw and log_proofs.holds(kept, known):
                self._kept.append(kept)
                return self._next_note(notes)
        receipt = self._proofs.receipt_before(self._peer, head.size)
        proof = KeptProof(self._peer.registry, raw, receipt)
        return self._prove(head.head, lambda: self._ask_inclusion(proof, head, notes))

    def _prove(self, shown: Head, then: Callable[[], Turn | Synced]) -> Turn | Synced:
        """Return what comes next once a head the registry signed is of the history shown here."""

        def heard(said: TreeProof | Unanswered) -> Turn | Synced:
            if isinstance(said, RegistrySlow):
                return self._keep_proofs()
            fits = isinstance(said, TreeProof) and log_proofs.fits(shown, self._head, said.steps)
            if not fits:
                raise RegistryRewritten(self._peer.url, shown[0])
            return then()

        return self._consistency(shown, heard)

    def _ask_inclusion(
        self, proof: KeptProof, head: Checkpoint, notes: Iterator[str]
    ) -> Turn | Synced:
        receipt = proof.receipt
        if receipt is None:
            self._kept.append(proof)
            return self._next_note(notes)

        def heard(said: InclusionProof | Unanswered) -> Turn | Synced:
            if not isinstance(said, InclusionProof):
                return self._next_note(notes)
            found = replace(proof, inclusion=said.steps)
            return self._ask_path(found, receipt, head, notes)

        ask = lambda: self._link.inclusion(receipt.position, head.size)  # noqa: E731 - asked later
        return turn(lambda: _unless_unanswered(ask), heard)

    def _ask_path(
        self, proof: KeptProof, receipt: Receipt, head: Checkpoint, notes: Iterator[str]
    ) -> Turn | Synced:
        def heard(said: TreeProof | Unanswered) -> Turn | Synced:
            if isinstance(said, RegistrySlow):
                return self._next_note(notes)
            steps = said.steps if isinstance(said, TreeProof) else ()
            whole = replace(proof, consistency=steps)
            if log_proofs.holds(whole, head):
                self._kept.append(whole)
            else:
                self._doubt_receipt(proof, receipt)
            return self._next_note(notes)

        return self._consistency((receipt.log_size, receipt.log_root), heard, against=head.head)

    def _doubt_receipt(self, proof: KeptProof, receipt: Receipt) -> None:
        """Keep that the registry signed for a history that is not this one.

        It stops nothing: whoever enrolled again after a registry was restored knows of it.
        """
        head = receipt.log_size, receipt.log_root
        self._proofs.note_doubt(self._peer, OtherHead(receipt.node, receipt.number, head))
        self._split = LogSplit(self._peer.url, receipt.node, receipt.log_size)
        self._kept.append(replace(proof, receipt=None, inclusion=(), consistency=()))

    def _keep_proofs(self) -> Turn | Synced:
        memory = self._proofs.memory()
        if self._kept:
            self._proofs.keep(memory.with_proofs(self._peer.registry, self._kept))
        return self._next_other(iter(self._proofs.others(self._peer)[:MOST_OTHERS]))

    # --- heads that other nodes were shown ------------------------------------------------------

    def _next_other(self, others: Iterator[OtherHead]) -> Turn | Synced:
        other = next(others, None)
        if other is None:
            return self._done(self._split)

        def heard(said: TreeProof | Unanswered) -> Turn | Synced:
            if isinstance(said, RegistrySlow):
                return self._done(self._split)
            if isinstance(said, TreeProof) and log_proofs.fits(other.head, self._head, said.steps):
                self._proofs.note_proved(self._peer, other)
            else:
                self._proofs.note_doubt(self._peer, other)
                self._split = LogSplit(self._peer.url, other.node, other.head[0])
            return self._next_other(others)

        return self._consistency(other.head, heard)

    def _consistency(
        self,
        shown: Head,
        heard: Callable[[TreeProof | Unanswered], Turn | Synced],
        against: Head | None = None,
    ) -> Turn | Synced:
        """Return the turn that asks how two heads belong together; the same one needs no asking."""
        old, new = sorted((shown, against or self._head))
        if old[0] in (0, new[0]):
            return heard(TreeProof(old[0], new[0], ()))
        return turn(
            lambda: _unless_unanswered(lambda: self._link.consistency(old[0], new[0])), heard
        )


def _unless_unanswered(ask: Callable[[], Answer]) -> Answer | RegistryRefused | RegistrySlow:
    """Return the answer, or that there is none: what is proved later is no worse."""
    try:
        return ask()
    except (RegistryRefused, RegistrySlow) as error:
        return error
