from __future__ import annotations

import pytest

from stockpile.domain import tiles
from stockpile.domain.errors import TileUnknown
from stockpile.domain.tiles import ENTRIES, Tile
from tests.helpers.every import every


def test_paths_are_those_of_the_standard():
    """c2sp.org/tlog-tiles, "Merkle Tree": index 1234067 is x001/x234/067."""
    assert Tile(0, 1_234_067).path == "0/x001/x234/067"
    assert Tile(2, 7, 112).path == "2/007.p/112"
    assert Tile(ENTRIES, 273, 112).path == "entries/273.p/112"


def test_every_path_leads_back_to_its_tile():
    for level in (ENTRIES, 0, 1, 9, 10, 63):
        for index in (0, 1, 255, 999, 1000, 1_234_067, 10**12):
            for width in (1, 99, 255, 256):
                tile = Tile(level, index, width)
                assert tiles.read_path(tile.path) == tile


def test_other_paths_are_none():
    every(
        _is_none,
        [
            "", "0", "0/", "/000", "64/000", "00/000", "01/000", "-1/000", "entry/000", "0/0",
            "0/00", "0/0000", "0/x000/000", "0/000/", "0/000.p", "0/000.p/", "0/000.p/0",
            "0/000.p/256", "0/000.p/257", "0/000.p/01", "0/000.p/1000", "0/001/000", "0/x1/000",
            "0/../000", "0/\u0660\u0660\u0660", "0/000.p/\u0661", "0/x000/x001/000",
            "0/" + "x999/" * 400 + "999", "0/000\n", "999999999999999999999/000",
        ],
    )  # fmt: skip


def _is_none(path):
    with pytest.raises(TileUnknown):
        tiles.read_path(path)


def test_widths_are_those_of_the_standards_example():
    """c2sp.org/tlog-tiles, "Partial Tiles": a tree of 70,000 and one of 256."""
    there = tiles.tiles_of(70_000)
    by_level = {level: [one.width for one in there if one.level == level] for level in range(4)}
    assert by_level == {0: [256] * 273 + [112], 1: [256, 17], 2: [1], 3: []}
    assert [one.width for one in there if one.level == ENTRIES] == by_level[0]
    assert [one.path for one in tiles.tiles_of(256)] == ["entries/000", "0/000", "1/000.p/1"]
    assert tiles.tiles_of(0) == ()


def test_there_is_no_tile_beyond_the_tree():
    assert tiles.width_at(0, 1, 256) == 0
    assert tiles.width_at(0, 10**15, 70_000) == 0
    assert tiles.width_at(63, 0, 2**53) == 0


def test_a_bundle_says_how_long_each_entry_is():
    assert tiles.bundle([]) == b""
    assert tiles.bundle([b"ab", b""]) == b"\0\x02ab\0\0"
