from __future__ import annotations

import errno
import os

import pytest

from stockpile.adapters.log_memory.files import LogMemoryFile
from stockpile.domain.errors import DiskFull, DiskTrouble
from stockpile.domain.exchange import Receipt
from stockpile.domain.log_proofs import Doubt, KeptProof, LogMemory, ProvedHead

RECEIPT = Receipt("n" * 16, 3, "ab" * 32, 7, 9, "cd" * 32, 5, b"signature")
MEMORY = LogMemory(
    (KeptProof("r" * 16, "note\n", RECEIPT, (bytes(32),), (bytes(32),)), KeptProof("s" * 16, "n")),
    (Doubt("r" * 16, "n" * 16, 4, 9, "ab" * 32, 5),),
    (ProvedHead("r" * 16, "n" * 16, 9, "ab" * 32),),
)


def test_what_is_kept_comes_back(tmp_path):
    file = LogMemoryFile(tmp_path)
    assert file.read() == LogMemory()
    file.keep(MEMORY)
    assert (file.read(), LogMemoryFile(tmp_path).read()) == (MEMORY, MEMORY)


def test_a_file_that_is_none_is_left_out_and_replaced(tmp_path):
    for raw in (b"", b"{", b"[]", b'{"proofs": 5}', b"\xff"):
        (tmp_path / "log-proofs.json").write_bytes(raw)
        file = LogMemoryFile(tmp_path)
        assert file.read() == LogMemory()
        file.keep(MEMORY)
        assert LogMemoryFile(tmp_path).read() == MEMORY


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    file = LogMemoryFile(tmp_path)
    file.keep(MEMORY)

    def full(*_words):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            file.keep(LogMemory())
    assert (file.read(), LogMemoryFile(tmp_path).read()) == (MEMORY, MEMORY)
    assert [one.name for one in tmp_path.iterdir()] == ["log-proofs.json"]


def test_a_place_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "log-proofs.json").mkdir()
    with pytest.raises(DiskTrouble):
        LogMemoryFile(tmp_path).read()
