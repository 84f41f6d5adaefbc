"""What a node keeps to prove, without a line, that witnesses saw its record in a registry's log.

A *proof* is a head that witnesses cosigned, and the two paths that lead to it: from the node's own
entry (RFC 9162 2.1.3), and from the head that the registry signed for in the receipt (2.1.4). A
*doubt* is a head that another node says it was shown, and that does not fit to what is shown here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stockpile.domain import tlog, tree
from stockpile.domain.errors import NoteUnreadable
from stockpile.domain.exchange import Receipt
from stockpile.domain.tlog import Checkpoint, Note
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.domain.witnessing import Witness

Head = tuple[int, Digest]


@dataclass(frozen=True, slots=True)
class KeptProof:
    """A cosigned head, and how the receipt of an own entry and its log's head lead to it.

    ``note`` is the checkpoint as it was signed; the paths are empty where no receipt is so old.
    """

    registry: NodeId
    note: str
    receipt: Receipt | None = None
    inclusion: tuple[bytes, ...] = ()
    consistency: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A head of a registry's log that another node's entry names, and that does not fit here."""

    registry: NodeId
    node: NodeId
    number: int
    size: int
    root: Digest
    at: Instant


@dataclass(frozen=True, slots=True)
class ProvedHead:
    """The newest head that another node named, and that was proved to be of the history here."""

    registry: NodeId
    node: NodeId
    size: int
    root: Digest


@dataclass(frozen=True, slots=True)
class LogMemory:
    """All that is kept of the logs of the registries that this node is enrolled with."""

    proofs: tuple[KeptProof, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    proved: tuple[ProvedHead, ...] = ()

    def with_proofs(self, registry: NodeId, fresh: Iterable[KeptProof]) -> LogMemory:
        """Return the memory with a registry's proofs in the place of those before."""
        others = tuple(one for one in self.proofs if one.registry != registry)
        return LogMemory((*others, *fresh), self.doubts, self.proved)

    def with_doubt(self, doubt: Doubt) -> LogMemory:
        """Return the memory with a doubt; the same head is doubted once."""
        known = {(one.registry, one.size, one.root) for one in self.doubts}
        if (doubt.registry, doubt.size, doubt.root) in known:
            return self
        return LogMemory(self.proofs, (*self.doubts, doubt), self.proved)

    def with_proved(self, head: ProvedHead) -> LogMemory:
        """Return the memory with what was proved of another node's head."""
        place = (head.registry, head.node)
        others = tuple(one for one in self.proved if (one.registry, one.node) != place)
        return LogMemory(self.proofs, self.doubts, (*others, head))


@dataclass(frozen=True, slots=True)
class Word:
    """A witness's word as it stands: who, under which size, at which second."""

    witness: Witness
    size: int
    second: int


def head_in(note: Note, registry: NodeId, registry_key: bytes) -> Checkpoint:
    """Return the head in a note, once the registry itself signed it; raises NoteUnreadable."""
    key = tlog.log_key(tlog.origin_of(registry), registry_key)
    tlog.demand_signed(note, key)
    head = tlog.read_checkpoint(note.text)
    if head.origin != key.name:
        raise NoteUnreadable("origin")
    return head


def words_under(note: Note, size: int, witnesses: Iterable[Witness]) -> tuple[Word, ...]:
    """Return what standing witnesses say under a head; a forged word in their name says nothing."""
    found = []
    for one in witnesses:
        try:
            seconds = [tlog.cosigned_at(note, key) for key in one.keys]
        except NoteUnreadable:
            continue
        said = [second for second in seconds if second is not None]
        if said:
            found.append(Word(one, size, max(said)))
    return tuple(found)


def holds(proof: KeptProof, head: Checkpoint) -> bool:
    """Say whether a proof shows the receipt's entry, and the receipt's head, in a cosigned head."""
    receipt = proof.receipt
    if receipt is None:
        return False
    entry, old = bytes.fromhex(receipt.hash), (receipt.log_size, receipt.log_root)
    return tree.includes(
        entry, receipt.position - 1, head.size, proof.inclusion, head.root
    ) and tree.begins(old, head.head, proof.consistency)


def fits(one: Head, other: Head, steps: tuple[bytes, ...]) -> bool:
    """Say whether the shorter of two heads is proved to begin the longer one."""
    old, new = sorted((one, other))
    return tree.begins(old, new, steps)
