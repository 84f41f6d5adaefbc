from __future__ import annotations

import pytest

from stockpile.adapters.backups.media import MARK_FILE, find, identity_of, mark
from stockpile.domain.errors import DiskTrouble


def test_a_marked_folder_is_found_where_it_was_and_where_its_stick_is_plugged_in_next(tmp_path):
    first, second = tmp_path / "media" / "STICK", tmp_path / "media" / "STICK1"
    folder = first / "depot" / "backups"
    identity = mark(folder)
    assert mark(folder) == identity == identity_of(folder)
    assert find(folder, identity, []) == folder
    first.rename(second)
    assert find(folder, identity, [first, second]) == second / "depot" / "backups"


def test_an_empty_mount_point_or_another_stick_is_not_taken_for_it(tmp_path):
    folder, other = tmp_path / "stick", tmp_path / "other"
    identity = mark(folder)
    mark(other)
    (folder / MARK_FILE).unlink()  # unplugged: the mount point is left, empty
    assert find(folder, identity, [other, tmp_path / "nowhere"]) is None
    (folder / MARK_FILE).write_bytes(b"\xff" * 5000)
    assert identity_of(folder) == ""


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DiskTrouble):
        mark(tmp_path / "file" / "stick")
