"""The last word of a node that goes on under another key: its chain is closed by its own key.

The first word of the new chain names the old one and is signed by two of its officers; so both keys
say it. Number blocks, places and papers go on: they are the lineage's, not one key's.
"""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain import codec, people
from stockpile.domain.errors import EntriesUnsent, ReasonMissing
from stockpile.domain.facts import Draft, NodeClosed
from stockpile.domain.values import tidied
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Keys, Recorded


@dataclass(frozen=True, slots=True)
class ClosingNode:
    """Ends this node's own chain. Everything runs on the books lane."""

    books: Books
    keys: Keys

    def is_closed(self) -> bool:
        """Say whether the last entry of this node's chain closes it."""
        tip = self.books.tip()
        last = self.books.entries(self.keys.node, tip.number - 1, 1) if tip.number else ()
        return any(
            isinstance(codec.decode(raw).body, NodeClosed) for entry in last for raw in entry.facts
        )

    def demand_sent(self) -> None:
        """Raise EntriesUnsent where a registry with an address holds less than this chain has."""
        with_address = [peer for peer in self.books.peers() if peer.url]
        held = max((peer.acknowledged for peer in with_address), default=0)
        unsent = self.books.tip().number - held - int(self.is_closed())
        if with_address and unsent > 0:
            raise EntriesUnsent(unsent)

    def close(self, reason: str, *, by: SignedIn, witness: SignedIn | None) -> Recorded:
        """Close the chain, by two officers; a chain that is closed already stays as it is.

        Raises OfficerNotAuthorised, SecondOfficerMissing, ReasonMissing.
        """
        people.authorise(by.officer, "rotate_keys", witness.officer if witness else None)
        assert witness is not None  # else the act was refused just now
        if self.is_closed():
            return Recorded((), ())
        if not tidied(reason):
            raise ReasonMissing("rotate_keys")
        draft = Draft(self.keys.node, NodeClosed(tidied(reason)))
        return self.books.record(
            [draft], by=by.id, witnesses=[witness.id], signers=[by.key, witness.key]
        )
