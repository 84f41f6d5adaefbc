"""The registry's log: an append-only Merkle tree over the hashes of entries (RFC 9162 §2.1).

A leaf is the hash of an entry, hashed once more under 00. Kept are the hashes of whole subtrees by
level and index, and of these the *peaks*: the largest whole subtrees from left to right. Appending
needs the peaks alone; proofs need a few of the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from stockpile.domain.tree import above, leaf_hash
from stockpile.domain.values import Digest

EMPTY_ROOT: Final = Digest(hashlib.sha256(b"").hexdigest())
_HASH_LENGTH: Final = 32

Find = Callable[[int, int], bytes]
"""Returns the hash of a whole subtree, by its level and its index on that level."""


@dataclass(frozen=True, slots=True)
class Node:
    """A whole subtree's hash: level 0 are the leaves."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: its size and its peaks, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> Digest:
        """The root over all leaves; of an empty log the hash of nothing."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = above(peak, root)
        return Digest(root.hex())

    def to_bytes(self) -> bytes:
        """Return the peaks as they are kept."""
        return b"".join(self.peaks)


def head_of(size: int, kept: bytes) -> Head:
    """Return the head that was kept as these bytes."""
    places = range(0, len(kept), _HASH_LENGTH)
    return Head(size, tuple(kept[place : place + _HASH_LENGTH] for place in places))


def append(head: Head, entry_hashes: Iterable[bytes]) -> tuple[Head, tuple[Node, ...]]:
    """Return the head after the entries, and every whole subtree that they completed."""
    size, peaks = head.size, list(head.peaks)
    made = []
    for entry_hash in entry_hashes:
        node = Node(0, size, leaf_hash(entry_hash))
        made.append(node)
        peaks.append(node.hash)
        while node.index % 2:
            peaks.pop()
            node = Node(node.level + 1, node.index // 2, above(peaks.pop(), node.hash))
            made.append(node)
            peaks.append(node.hash)
        size += 1
    return Head(size, tuple(peaks)), tuple(made)


def subtrees_of(size: int) -> tuple[tuple[int, int], ...]:
    """Return level and index of the whole subtrees that a log of this size is of, largest first.

    Their hashes are the peaks of the head that the log had at that size.
    """
    found, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return tuple(found)


def inclusion(find: Find, index: int, size: int) -> tuple[bytes, ...]:
    """Return the proof that the leaf stands in the tree of this size (RFC 9162 §2.1.3)."""
    return _path(find, index, 0, size)


def consistency(find: Find, old: int, size: int) -> tuple[bytes, ...]:
    """Return the proof that the tree of size ``old`` begins this tree (RFC 9162 §2.1.4)."""
    return () if old in (0, size) else _subproof(find, old, 0, size, whole=True)


def _split(count: int) -> int:
    """Return the largest power of two below the count."""
    return 1 << ((count - 1).bit_length() - 1)


def _hash(find: Find, start: int, count: int) -> bytes:
    """Return the hash over a run of leaves that begins where a subtree of its size may."""
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return find(level, start >> level)
    left = _split(count)
    return above(_hash(find, start, left), _hash(find, start + left, count - left))


def _path(find: Find, index: int, start: int, count: int) -> tuple[bytes, ...]:
    if count == 1:
        return ()
    left = _split(count)
    if index < left:
        beside = _hash(find, start + left, count - left)
        return (*_path(find, index, start, left), beside)
    beside = _hash(find, start, left)
    return (*_path(find, index - left, start + left, count - left), beside)


def _subproof(find: Find, old: int, start: int, count: int, *, whole: bool) -> tuple[bytes, ...]:
    if old == count:
        return () if whole else (_hash(find, start, count),)
    left = _split(count)
    if old <= left:
        beside = _hash(find, start + left, count - left)
        return (*_subproof(find, old, start, left, whole=whole), beside)
    beside = _hash(find, start, left)
    rest = _subproof(find, old - left, start + left, count - left, whole=False)
    return (*rest, beside)
