"""Logs that a registry could show, an honest one's and a liar's, with the key that signs them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from nacl.signing import SigningKey

from stockpile.domain import tlog
from stockpile.domain.ledger import node_id
from stockpile.domain.tlog import Note, NoteKey
from stockpile.domain.witnessing import Offer
from tests.helpers.naive_trees import NaiveTree


def entries(count: int, flavour: str = "") -> list[bytes]:
    """Return so many entries' hashes; another flavour is another history."""
    return [hashlib.sha256(f"{flavour}{one}".encode()).digest() for one in range(count)]


@dataclass
class SignedLog:
    """A log with its key: it signs whatever it is told to."""

    seed: int = 1
    tree: NaiveTree = field(default_factory=lambda: NaiveTree(entries(40)))

    def __post_init__(self) -> None:
        self._key = SigningKey(bytes([self.seed]) * 32)
        self.public_key = bytes(self._key.verify_key)
        self.node = node_id(self.public_key)

    @property
    def key(self) -> NoteKey:
        return tlog.log_key(tlog.origin_of(self.node), self.public_key)

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message).signature

    def note(self, size: int) -> Note:
        return tlog.signed_head(self.node, self.public_key, (size, self.tree.root(size)), self.sign)

    def offer(self, old: int, size: int) -> Offer:
        return Offer(old, self.tree.consistency(old, size), self.note(size))

    def rewritten(self, kept: int = 5) -> SignedLog:
        """Return the same registry with another history after so many entries."""
        mine = self.tree.entries
        other = NaiveTree([*mine[:kept], *entries(len(mine) - kept, "other")])
        return SignedLog(self.seed, other)
