"""Lists of lost weapons lie sealed, whole, and one for each registry."""

from __future__ import annotations

import pytest

from stockpile.adapters.hot_list.files import SealedHotLists
from stockpile.domain.errors import DiskTrouble

KEY = bytes(range(32))


def test_a_list_is_read_as_it_was_kept_and_shows_nothing(tmp_path):
    lists = SealedHotLists(tmp_path, KEY)
    assert lists.read() == ()
    lists.keep("a" * 16, b"first of one")
    lists.keep("b" * 16, b"of another")
    lists.keep("a" * 16, b"second of one")
    assert SealedHotLists(tmp_path, KEY).read() == (b"second of one", b"of another")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) == 2
    assert not any(b"of " in file.read_bytes() for file in files)


def test_a_damaged_list_and_one_of_another_home_are_left_out(tmp_path):
    lists = SealedHotLists(tmp_path, KEY)
    lists.keep("a" * 16, b"one")
    lists.keep("b" * 16, b"other")
    (damaged,) = tmp_path.rglob("a*.sealed")
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert lists.read() == (b"other",)
    assert SealedHotLists(tmp_path, bytes(32)).read() == ()
    damaged.write_bytes(b"")
    assert lists.read() == (b"other",)


def test_a_disk_that_refuses_is_named(tmp_path):
    (tmp_path / "hot-lists").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(DiskTrouble):
        SealedHotLists(tmp_path, KEY).keep("a" * 16, b"one")
