from __future__ import annotations

import os
import stat
import sys
import threading

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import BooksDamaged, CopyThere, DiskTrouble
from stockpile.registry import copies, intake
from stockpile.registry.copies import copy_to
from tests.helpers.registries import open_registry


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def test_a_copy_made_while_it_works_opens_as_the_registry_it_was(registry, site, tmp_path):
    site.fill(10)
    writing = threading.Thread(target=send, args=(registry, site))
    writing.start()
    made = copy_to(registry.database, None, tmp_path / "copy.db")
    writing.join()
    again = open_registry(str(made))
    try:
        assert again.books.key.node == registry.books.key.node
        assert again.books.tip(site.node).number in (0, len(site.entries))
        send(again, site)
        assert again.books.entries(site.node, 0, 99) == tuple(site.entries)
    finally:
        again.database.close()


def test_no_copy_is_overwritten_and_half_a_copy_is_none(registry, tmp_path, monkeypatch):
    target = tmp_path / "copy.db"
    target.write_text("an earlier one")
    with pytest.raises(CopyThere):
        copy_to(registry.database, None, target)
    assert target.read_text() == "an earlier one"
    with pytest.raises(DiskTrouble):
        copy_to(registry.database, None, tmp_path / "nowhere" / "copy.db")
    monkeypatch.setattr(copies, "_WHOLE", [("otherwise",)])
    with pytest.raises(BooksDamaged):
        copy_to(registry.database, None, tmp_path / "bad.db")
    assert not (tmp_path / "bad.db").exists()


def test_a_copy_without_its_key_is_none(registry, tmp_path):
    with pytest.raises(DiskTrouble):
        copy_to(registry.database, tmp_path / "no.key", tmp_path / "copy.db")
    assert [one.name for one in tmp_path.glob("copy*")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a mode says nothing")
def test_a_copy_and_its_key_are_their_owners_alone_from_the_first_byte(
    registry, tmp_path, monkeypatch
):
    seen = {}

    def looked(half):
        seen[half.name] = stat.S_IMODE(half.stat().st_mode)

    monkeypatch.setattr(copies, "_demand_whole", looked)
    before = os.umask(0)
    try:
        made = copy_to(registry.database, None, tmp_path / "copy.db")
    finally:
        os.umask(before)
    seen |= {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.glob("copy.db*")}
    assert seen == dict.fromkeys(("copy.db.half", "copy.db", "copy.db.key"), 0o600)
    assert made.name == "copy.db"


def test_no_key_is_overwritten_either(registry, tmp_path):
    (tmp_path / "copy.db.key").write_text("of another one")
    with pytest.raises(CopyThere):
        copy_to(registry.database, None, tmp_path / "copy.db")
    assert (tmp_path / "copy.db.key").read_text() == "of another one"
