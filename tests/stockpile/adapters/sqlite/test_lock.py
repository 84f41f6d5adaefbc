"""One process at a time in a home."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stockpile.adapters.sqlite.lock import HomeLock
from stockpile.domain.errors import BooksInUse, DiskTrouble

HOLD = """
import sys
from pathlib import Path
from stockpile.adapters.sqlite.lock import HomeLock
lock = HomeLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_one_is_refused_until_the_first_lets_go(tmp_path):
    first = HomeLock(tmp_path)
    with pytest.raises(BooksInUse):
        HomeLock(tmp_path)
    first.release()
    HomeLock(tmp_path).release()


def test_the_lock_of_a_process_that_died_is_free(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as other:  # fmt: skip
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(BooksInUse):
            HomeLock(tmp_path)
        other.kill()
        other.wait()
        HomeLock(tmp_path).release()


def test_a_folder_that_is_not_there_is_trouble(tmp_path):
    with pytest.raises(DiskTrouble):
        HomeLock(tmp_path / "gone")
