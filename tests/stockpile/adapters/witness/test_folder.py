from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from stockpile.adapters.witness.folder import WitnessFolder
from stockpile.domain.errors import DiskFull, FileUnreadable, KeysUnreadable
from stockpile.domain.witnessing import MOST_OFFER, FollowedLog

LOG = FollowedLog("stockpile.registry/a", "key", "note", 9, "ab" * 32, 5)


def test_what_was_seen_of_each_log_comes_back(tmp_path):
    folder = WitnessFolder(tmp_path)
    assert folder.logs() == ()
    other = FollowedLog("stockpile.registry/b", "other")
    folder.keep(LOG)
    folder.keep(other)
    assert WitnessFolder(tmp_path).logs() == (LOG, other)
    later = FollowedLog(LOG.origin, "key", "note", 12, "cd" * 32, 9)
    folder.keep(later)
    assert set(folder.logs()) == {later, other}
    assert [one.head for one in (later, other)] == [(12, "cd" * 32), None]


def test_a_file_that_is_none_stops_the_witness(tmp_path):
    for raw in (b"", b"[", b"{}", b'[{"origin": 5}]'):
        (tmp_path / "logs.json").write_bytes(raw)
        with pytest.raises(KeysUnreadable):
            WitnessFolder(tmp_path).keep(LOG)
        assert (tmp_path / "logs.json").read_bytes() == raw


def test_evidence_is_never_written_over(tmp_path):
    folder = WitnessFolder(tmp_path)
    first, second = (folder.keep_evidence(LOG, shown, 5_000) for shown in (b"one", b"two"))
    assert first != second
    assert (first / "shown.offer").read_bytes() == b"one"
    assert (second / "shown.offer").read_bytes() == b"two"
    assert (first / "seen-before.note").read_bytes() == b"note"


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    folder = WitnessFolder(tmp_path)
    folder.keep(LOG)

    def full(*_words):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            folder.keep(FollowedLog(LOG.origin, "key"))
    assert folder.logs() == (LOG,)
    assert [one.name for one in Path(tmp_path).iterdir()] == ["logs.json"]


def test_a_long_file_is_not_read_to_its_end(tmp_path):
    (tmp_path / "long").write_bytes(bytes(MOST_OFFER + 1))
    with pytest.raises(FileUnreadable):
        WitnessFolder(tmp_path).read(tmp_path / "long")
