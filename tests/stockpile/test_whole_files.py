"""A file stands whole or not at all."""

from __future__ import annotations

import errno

import pytest

from stockpile.domain.errors import DiskFull, DiskTrouble
from stockpile.whole_files import beside, settle


def test_a_draft_is_gone_afterwards_whatever_happened(tmp_path):
    file = tmp_path / "sheet.pdf"
    with beside(file) as draft:
        draft.write_bytes(b"drawn")
        assert draft.parent == file.parent
        draft.replace(file)
        settle(file.parent)
    assert [one.name for one in tmp_path.iterdir()] == ["sheet.pdf"]
    with pytest.raises(ValueError, match="odd"):
        half_written(file)
    assert file.read_bytes() == b"drawn"
    assert [one.name for one in tmp_path.iterdir()] == ["sheet.pdf"]


def half_written(file):
    with beside(file) as draft:
        draft.write_bytes(b"half")
        raise ValueError("odd")


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, DiskTrouble)],
)
def test_trouble_of_the_disk_is_told_by_what_the_user_can_do(tmp_path, number, error):
    with pytest.raises(error), beside(tmp_path / "sheet.pdf"):
        raise OSError(number, "no")
