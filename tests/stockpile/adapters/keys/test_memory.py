"""A process that holds keys leaves no core behind."""

from __future__ import annotations

import ctypes
import sys

import pytest

from stockpile.adapters.keys.memory import keep_to_itself

if sys.platform != "win32":
    import resource


@pytest.mark.skipif(sys.platform == "win32", reason="no core files there")
def test_no_core_file_is_written_from_now_on():
    keep_to_itself()
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="asked of the Linux kernel")
def test_nobody_else_looks_into_its_memory():
    keep_to_itself()
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0
