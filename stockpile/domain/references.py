"""What stands on record beside weapons: places, officers, schemes, blocks, machines, nodes.

Each is a subject whose state is what its last fact says: the fact that no other replaces, and
where two stand beside each other, the later one in the order of all nodes, with a conflict raised.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from stockpile.domain import facts
from stockpile.domain.facts import Fact, ReferenceBody
from stockpile.domain.values import Digest


@dataclass(frozen=True, slots=True)
class Head:
    """A standing fact of a reference, with the order by which all nodes rank it."""

    hash: Digest
    order: tuple[int, str, int]
    body: ReferenceBody


@dataclass(frozen=True, slots=True)
class Reference:
    """A subject that is not a weapon: its opening fact, and its standing facts, last one best."""

    subject: str
    opening: Head | None = None
    standing: tuple[Head, ...] = ()
    replaced: tuple[Digest, ...] = ()

    @property
    def opened(self) -> ReferenceBody | None:
        """What it was opened as: its first fact that replaces none, where one has come."""
        return None if self.opening is None else self.opening.body

    @property
    def now(self) -> ReferenceBody:
        """What it is now; only asked of a subject that has a fact."""
        return self.standing[-1].body

    @property
    def heads(self) -> tuple[Digest, ...]:
        """The hashes that the next fact about it must replace."""
        return tuple(head.hash for head in self.standing)

    @property
    def is_closed(self) -> bool:
        """Say whether its last fact ended it."""
        return isinstance(
            self.now,
            facts.PlaceClosed
            | facts.OfficerRetired
            | facts.PersonErased
            | facts.InvestigationClosed
            | facts.NodeClosed
            | facts.BlockReturned
            | facts.LotWithdrawn
            | facts.ImportUndone
            | facts.DestructionCertified
            | facts.DestructionWithdrawn
            | facts.GatePassClosed
            | facts.TraceRequestAnswered
            | facts.ActSettled,
        )


def after(reference: Reference, fact: Fact) -> Reference:
    """Return the reference after the fact; any order of the same facts gives the same."""
    if not isinstance(fact.body, ReferenceBody):
        return reference
    replaced = {*reference.replaced, *fact.replaces}
    head = Head(fact.hash, fact.order, fact.body)
    standing = {one.hash: one for one in (*reference.standing, head) if one.hash not in replaced}
    return replace(
        reference,
        opening=reference.opening if fact.replaces else _first(reference.opening, head),
        standing=tuple(sorted(standing.values(), key=_rank)),
        replaced=tuple(sorted(replaced)),
    )


def _first(opening: Head | None, head: Head) -> Head:
    return head if opening is None else min(opening, head, key=_rank)


def _rank(head: Head) -> tuple[tuple[int, str, int], Digest]:
    """Return the rank of a head: in a forked chain two facts at one address differ by hash."""
    return head.order, head.hash
