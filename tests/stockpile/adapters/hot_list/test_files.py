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


def test_what_waits_to_be_asked_lies_sealed_beside_the_lists_and_is_none_of_them(tmp_path):
    lists = SealedHotLists(tmp_path, KEY)
    assert lists.finds() == b""
    lists.keep("a" * 16, b"one")
    lists.keep_finds(b"of KB1")
    lists.keep_finds(b"of KB2")
    again = SealedHotLists(tmp_path, KEY)
    assert (again.finds(), again.read()) == (b"of KB2", (b"one",))
    (kept,) = (file for file in tmp_path.rglob("finds*") if file.is_file())
    assert b"KB" not in kept.read_bytes()
    kept.write_bytes(kept.read_bytes()[:-1])  # the next scan keeps it anew
    assert lists.finds() == b""
    assert SealedHotLists(tmp_path, bytes(32)).finds() == b""
