"""RFC 9162 §2.1 written down word by word and without any thought of speed, to hold ours against.

It keeps every leaf, cuts lists, and reckons each hash anew; it shares nothing with the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


class NaiveTree:
    """A log as the list of its entries."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        self.entries = list(entries)

    def root(self, size: int) -> str:
        """MTH of the first so many entries."""
        return _mth(self.entries[:size]).hex()

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """PATH(index, D_size)."""
        return tuple(_path(index, self.entries[:size]))

    def consistency(self, old: int, size: int) -> tuple[bytes, ...]:
        """PROOF(old, D_size); nothing to prove of the empty tree and of the same one."""
        if old in (0, size) or old > size:
            return ()
        return tuple(_subproof(old, self.entries[:size], complete=True))


def _mth(entries: list[bytes]) -> bytes:
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = _largest_power_below(len(entries))
    return hashlib.sha256(b"\x01" + _mth(entries[:k]) + _mth(entries[k:])).digest()


def _path(m: int, entries: list[bytes]) -> list[bytes]:
    if len(entries) == 1:
        return []
    k = _largest_power_below(len(entries))
    if m < k:
        return [*_path(m, entries[:k]), _mth(entries[k:])]
    return [*_path(m - k, entries[k:]), _mth(entries[:k])]


def _subproof(m: int, entries: list[bytes], *, complete: bool) -> list[bytes]:
    n = len(entries)
    if m == n:
        return [] if complete else [_mth(entries)]
    k = _largest_power_below(n)
    if m <= k:
        return [*_subproof(m, entries[:k], complete=complete), _mth(entries[k:])]
    return [*_subproof(m - k, entries[k:], complete=False), _mth(entries[:k])]


def _largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k
