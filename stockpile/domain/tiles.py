"""A log as static pages: tiles of 256 hashes that a mirror may keep for ever (c2sp.org/tlog-tiles).

A tile of level L holds the hashes of 256 neighbouring subtrees of height 8 * L; a partial one holds
those that there are yet. An *entry bundle* holds what the leaves are made of. In this log that is
the hash of an entry, 32 bytes, and nothing of what the entry says: whoever holds an entry finds it,
whoever does not learns nothing but how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stockpile.domain.errors import TileUnknown

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
HIGHEST: Final = 63
ENTRIES: Final = -1
"""The level of an entry bundle, which is no level of the tree."""
_LENGTH_BYTES: Final = 2
_LEVEL: Final = re.compile(r"entries|0|[1-9][0-9]?")
_INDEX: Final = re.compile(r"(?:x[0-9]{3}/){0,4}[0-9]{3}")
_PARTIAL: Final = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Tile:
    """Which page: its level, its index on that level, and how many hashes it holds."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The path below ``tile/``."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        groups = [f"{self.index % 1000:03d}"]
        rest = self.index // 1000
        while rest:
            groups.insert(0, f"x{rest % 1000:03d}")
            rest //= 1000
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{level}/{'/'.join(groups)}{partial}"

    @property
    def height(self) -> int:
        """The level in the tree of the subtrees whose hashes it holds."""
        return max(self.level, 0) * HEIGHT

    @property
    def first(self) -> int:
        """The index of its first hash among all of that level."""
        return self.index * WIDTH


def read_path(path: str) -> Tile:
    """Return the tile that a path below ``tile/`` names; raise TileUnknown where it names none.

    Each tile has one path: zeroes too many, or a partial tile that would be full, are none.
    """
    level, _, rest = path.partition("/")
    number, partial, width = rest.partition(".p/")
    if not _LEVEL.fullmatch(level) or not _INDEX.fullmatch(number):
        raise TileUnknown(path)
    if partial and not _PARTIAL.fullmatch(width):
        raise TileUnknown(path)
    at = ENTRIES if level == "entries" else int(level)
    index = int("".join(number.replace("x", "").split("/")))
    tile = Tile(at, index, int(width) if partial else WIDTH)
    if tile.path != path or at > HIGHEST:
        raise TileUnknown(path)
    return tile


def width_at(level: int, index: int, size: int) -> int:
    """Return how many hashes a tile has in a tree of this size: 0 where there is no such tile."""
    there = size >> (max(level, 0) * HEIGHT)
    return min(max(there - index * WIDTH, 0), WIDTH)


def tiles_of(size: int) -> tuple[Tile, ...]:
    """Return every tile of a tree of this size, entry bundles first, each at its width then."""
    found = []
    for level in range(ENTRIES, HIGHEST + 1):
        there = size >> (max(level, 0) * HEIGHT)
        if not there:
            break
        found += [
            Tile(level, index, width_at(level, index, size)) for index in range(-(-there // WIDTH))
        ]
    return tuple(found)


def bundle(entry_hashes: Iterable[bytes]) -> bytes:
    """Return an entry bundle: each entry with its length before it, big-endian."""
    return b"".join(len(one).to_bytes(_LENGTH_BYTES) + one for one in entry_hashes)
