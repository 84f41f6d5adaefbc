"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from stockpile.adapters.keys.files import disk_errors, write_whole
from stockpile.domain.errors import DiskFull, DiskTrouble


def test_the_new_content_takes_the_place_of_the_old(tmp_path):
    file = tmp_path / "keys.json"
    write_whole(file, b"a long first content")
    write_whole(file, b"short")
    assert file.read_bytes() == b"short"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["keys.json"]  # noqa: PTH208 - names only


def test_where_nothing_can_be_written_the_old_content_stays(tmp_path):
    file = tmp_path / "keys.json"
    write_whole(file, b"old")
    (tmp_path / "keys.json.new").mkdir()
    with pytest.raises(DiskTrouble):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"


def test_no_room_is_told_apart_from_a_bad_disk(tmp_path):
    with pytest.raises(DiskFull), disk_errors(tmp_path), open("/dev/full", "wb", 0) as full:  # noqa: PTH123
        full.write(b"x")
    with pytest.raises(DiskTrouble), disk_errors(tmp_path):
        (tmp_path / "missing").read_bytes()
