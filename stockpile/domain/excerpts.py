"""Excerpts: some facts of an entry, which prove themselves without the rest of it.

1. An entry's header carries the RFC 9162 root over its facts, and its node signed the header: a
   fact with its Merkle path (RFC 9162 §2.1.3) is proved by header and signature alone.
2. Who holds an excerpt knows that the node said just this, at this address; what else the entry
   says, and whether its chain goes on, they do not learn.
3. An excerpt says nothing of right: who cut it had judged the whole entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stockpile.domain import codec, ledger, tree
from stockpile.domain.errors import ChainBroken, FactUnreadable
from stockpile.domain.facts import Fact
from stockpile.domain.ledger import Entry, Header, OfficerSignature
from stockpile.domain.values import Digest, NodeId

MOST_OFFICERS: Final = 32
"""Officers' signatures that an excerpt may carry; no act asks for as many."""


@dataclass(frozen=True, slots=True)
class Part:
    """One fact of an entry: its index there, its canonical bytes, its Merkle path."""

    index: int
    raw: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some facts of an entry in their order, with the header and signatures that prove them."""

    header: bytes
    signature: bytes
    parts: tuple[Part, ...]
    officer_signatures: tuple[OfficerSignature, ...] = ()


def excerpt_of(entry: Entry, indices: Collection[int]) -> Excerpt:
    """Cut the facts at these indices, counted from zero, out of an entry."""
    wanted = sorted(set(indices))
    assert wanted
    assert 0 <= wanted[0] <= wanted[-1] < len(entry.facts)
    levels = tuple(_levels([tree.leaf_hash(raw) for raw in entry.facts]))
    parts = tuple(Part(at, entry.facts[at], _path(levels, at)) for at in wanted)
    return Excerpt(entry.header, entry.signature, parts, entry.officer_signatures)


def check(excerpt: Excerpt, public_key: bytes) -> tuple[Fact, ...]:
    """Check that the key's node said just this, and return the facts.

    Raises ChainBroken where key, signature, count, index, path, canonical form or address are not
    what they claim, FactUnreadable where the header is none. The signature comes first.
    """
    ledger.check_signature(Entry(excerpt.header, excerpt.signature, ()), public_key)
    header = ledger.read_header(excerpt.header)
    _demand_sane(excerpt, header)
    return tuple(_proved(part, header) for part in excerpt.parts)


def node_of(excerpt: Excerpt) -> NodeId:
    """Return whose entry an excerpt is of; raise FactUnreadable where the header is none."""
    return NodeId(ledger.read_header(excerpt.header).n)


def joined(one: Excerpt, other: Excerpt) -> Excerpt:
    """Return one excerpt with the facts of two of the same entry."""
    assert one.header == other.header
    parts = {part.index: part for part in (*other.parts, *one.parts)}
    return Excerpt(
        one.header,
        one.signature,
        tuple(parts[at] for at in sorted(parts)),
        one.officer_signatures or other.officer_signatures,
    )


def _demand_sane(excerpt: Excerpt, header: Header) -> None:
    if header.v != ledger.HEADER_VERSION:
        raise ChainBroken(header.n, header.c, "version")
    if not 0 < header.k <= ledger.MOST_FACTS or header.c < 1 or header.f < header.c:
        raise ChainBroken(header.n, header.c, "count")
    indices = [part.index for part in excerpt.parts]
    if not indices or indices != sorted(set(indices)):
        raise ChainBroken(header.n, header.c, "index")
    if indices[0] < 0 or indices[-1] >= header.k:
        raise ChainBroken(header.n, header.c, "index")
    if len(excerpt.officer_signatures) > MOST_OFFICERS:
        raise ChainBroken(header.n, header.c, "officer signature")
    try:
        codec.demand_canonical(excerpt.header)
    except FactUnreadable as error:
        raise ChainBroken(header.n, header.c, error.why) from error


def _proved(part: Part, header: Header) -> Fact:
    """Return the fact of a part; raise ChainBroken where the header does not prove it."""
    root = Digest(header.r)
    if not tree.includes(part.raw, part.index, header.k, part.path, root):
        raise ChainBroken(header.n, header.c, "path")
    try:
        codec.demand_canonical(part.raw)
        fact = codec.decode(part.raw)
    except FactUnreadable as error:
        raise ChainBroken(header.n, header.c, error.why) from error
    if (fact.node, fact.seq) != (header.n, header.f + part.index):
        raise ChainBroken(header.n, header.c, "address")
    return fact


def _levels(leaves: list[bytes]) -> Iterator[Sequence[bytes]]:
    """Give the levels of the tree from its leaves up; an odd one out rises as it is."""
    level = leaves
    while len(level) > 1:
        yield level
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [tree.above(left, right) for left, right in pairs] + odd


def _path(levels: Sequence[Sequence[bytes]], index: int) -> tuple[bytes, ...]:
    """Return the hashes beside the way from a leaf to the root (RFC 9162 §2.1.3.1)."""
    path = []
    for level in levels:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        index >>= 1
    return tuple(path)
