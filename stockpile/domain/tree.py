"""What a proof over an append-only Merkle tree shows (RFC 9162 §2.1): the reader's half.

A registry keeps the tree and makes proofs; a node, an inspector or a witness checks them with
nothing but SHA-256 and the heads that it was once shown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from stockpile.domain.values import Digest

MOST_STEPS: Final = 64
"""No honest proof is longer: a tree of that depth holds more leaves than anybody can count."""
_HASH_LENGTH: Final = 32
_ROOT: Final = re.compile(r"[0-9a-f]{64}")


def leaf_hash(entry_hash: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry_hash).digest()


def above(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def includes(
    entry_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: Digest
) -> bool:
    """Say whether the proof shows the entry at this index of the tree (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or not _is_proof(proof):
        return False
    place, last, found = index, size - 1, leaf_hash(entry_hash)
    for other in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = above(other, found)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            found = above(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found.hex() == root


def begins(old: tuple[int, Digest], new: tuple[int, Digest], proof: Sequence[bytes]) -> bool:
    """Say whether the proof shows that the old tree begins the new one (RFC 9162 §2.1.4.2)."""
    (old_size, old_root), (size, root) = old, new
    if not _is_proof(proof) or not _is_root(old_root):
        return False
    if old_size in (0, size):
        return not proof and (old_size == 0 or old_root == root)
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, bytes.fromhex(old_root))
    return 0 < old_size < size and bool(path) and _both(old_size, size, path) == (old_root, root)


def _both(old: int, size: int, path: list[bytes]) -> tuple[str, str]:
    """Return the two roots that a consistency path adds up to."""
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for other in path[1:]:
        if last == 0:
            return "", ""
        if place % 2 or place == last:
            first, second = above(other, first), above(other, second)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            second = above(second, other)
        place, last = place >> 1, last >> 1
    return (first.hex(), second.hex()) if last == 0 else ("", "")


def _is_proof(proof: Sequence[bytes]) -> bool:
    return len(proof) <= MOST_STEPS and all(len(step) == _HASH_LENGTH for step in proof)


def _is_root(root: str) -> bool:
    return _ROOT.fullmatch(root) is not None
