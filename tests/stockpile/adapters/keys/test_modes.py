"""Others on this computer read nothing of a home."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stockpile.adapters.keys.modes import close_to_others
from stockpile.domain.errors import HomeOpenToOthers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are not Windows' way")


def test_a_home_and_its_files_are_their_owners_alone(tmp_path):
    file = tmp_path / "stockpile.db"
    file.touch(0o644)
    tmp_path.chmod(0o755)
    close_to_others(tmp_path)
    assert (tmp_path.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_where_the_system_does_not_let_us_nothing_is_opened(tmp_path, monkeypatch):
    def refused(_path, _mode):
        raise PermissionError

    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refused)
    with pytest.raises(HomeOpenToOthers):
        close_to_others(tmp_path)
