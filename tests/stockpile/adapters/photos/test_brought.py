"""A note of photos that came by hand: whole, bounded, and no loss where it is gone."""

from __future__ import annotations

import pytest

from stockpile.adapters.photos import brought
from stockpile.adapters.photos.brought import Brought
from stockpile.domain.courier import Lacked
from stockpile.domain.errors import DiskFull
from stockpile.domain.values import Digest, WeaponId

ONE, TWO, THREE = (Lacked(WeaponId("w"), Digest(name)) for name in "abc")


def test_each_is_noted_once_and_last(tmp_path):
    note = Brought(tmp_path / "photos")
    assert note.all() == ()
    note.drop(["a"])
    note.add([ONE, TWO])
    note.add([])
    note.add([THREE, ONE])
    assert note.all() == Brought(tmp_path / "photos").all() == (TWO, THREE, ONE)
    note.drop({"c", "x"})
    assert note.all() == (TWO, ONE)


def test_the_oldest_go_where_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(brought, "MOST_LACKED", 2)
    note = Brought(tmp_path)
    note.add([ONE, TWO, THREE])
    assert note.all() == (TWO, THREE)


def test_a_damaged_note_is_none_and_a_full_disk_keeps_the_one_before(tmp_path, monkeypatch):
    note = Brought(tmp_path)
    note.add([ONE])

    def full(*_):
        raise OSError(28, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(type(tmp_path), "replace", full)
        with pytest.raises(DiskFull):
            note.add([TWO])
    assert note.all() == (ONE,)
    (tmp_path / "brought.json").write_bytes(b"\xff{")
    assert note.all() == ()
