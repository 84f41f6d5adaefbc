"""A courier file is whole on the stick, or what was there before."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stockpile.adapters.courier.files import CourierCase
from stockpile.domain.courier import MOST_BYTES
from stockpile.domain.errors import (
    CourierForged,
    CourierForOther,
    CourierTooLarge,
    CourierWordsWrong,
    DiskFull,
    DiskTrouble,
    FileUnreadable,
)
from stockpile.services.ports import Correspondent
from tests.helpers.sites import SiteKeys

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def case(tmp_path):
    return CourierCase(tmp_path, SiteKeys())


def test_a_file_is_written_read_back_and_then_named(case, tmp_path):
    file = tmp_path / "a.courier"
    file.write_bytes(b"old")
    case.write(file, b"new")
    assert case.read(file) == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["a.courier"]


@pytest.mark.parametrize(("code", "refusal"), [(errno.ENOSPC, DiskFull), (errno.EIO, DiskTrouble)])
def test_a_full_or_broken_stick_keeps_the_old_file(case, tmp_path, monkeypatch, code, refusal):
    file = tmp_path / "a.courier"
    case.write(file, b"old")

    def refuse(_handle):
        raise OSError(code, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(refusal):
        case.write(file, b"new")
    assert file.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_stick_that_reads_back_otherwise_is_not_believed(case, tmp_path, monkeypatch):
    file = tmp_path / "a.courier"
    monkeypatch.setattr(Path, "read_bytes", lambda _path: b"lies")
    with pytest.raises(DiskTrouble):
        case.write(file, b"new")
    assert list(tmp_path.iterdir()) == []


def test_whoever_is_killed_while_writing_leaves_the_old_file(case, tmp_path, monkeypatch):
    file = tmp_path / "a.courier"
    case.write(file, b"old")

    def killed(_self, _target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        case.write(file, b"new")
    assert file.read_bytes() == b"old"


WRITER = """
import sys
from pathlib import Path
from stockpile.adapters.courier.files import CourierCase
case = CourierCase(Path(sys.argv[1]).parent, None)
print("ready", flush=True)
while True:
    for fill in (b"a", b"b"):
        case.write_pieces(Path(sys.argv[1]), (fill * (1 << 20) for _at in range(4)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by its signal")
def test_a_process_that_is_killed_leaves_a_whole_file(tmp_path):
    file = tmp_path / "a.courier"
    seen = set()
    for wait in (0.05, 0.12, 0.2):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, cwd=ROOT
        ) as process:
            process.stdout.readline()
            time.sleep(wait)
            process.kill()
        if file.exists():
            content = file.read_bytes()
            assert len(content) == 4 << 20
            assert len(set(content)) == 1
            seen.add(content[:1])
    assert seen


def test_a_hostile_size_is_refused_before_it_is_read(case, tmp_path):
    file = tmp_path / "a.courier"
    with file.open("wb") as out:
        out.truncate(MOST_BYTES + 1)
    with pytest.raises(CourierTooLarge):
        case.read(file)
    with pytest.raises(FileUnreadable):
        case.read(tmp_path / "none.courier")


def test_a_lock_opens_for_its_receiver_or_by_words(case, tmp_path):
    other = CourierCase(tmp_path, theirs := SiteKeys())
    locked = case.lock(b"plain", [theirs.public_key], "")
    assert other.unlock(locked, "", "a") == b"plain"
    with pytest.raises(CourierForOther):
        case.unlock(locked, "", "a")
    spoken = case.lock(b"plain", [], "babab")
    assert other.unlock(spoken, "babab", "a") == b"plain"
    for words in ("", "cacac"):
        with pytest.raises(CourierWordsWrong):
            other.unlock(spoken, words, "a")
    for words, spoilt in (("", b"nothing"), ("", locked[:-1]), ("babab", spoken[:60])):
        with pytest.raises(CourierForged) as refused:
            other.unlock(spoilt, words, "a")
        assert refused.value.path == "a"


def test_what_is_known_of_a_node_is_remembered_and_a_damaged_note_costs_nothing(case, tmp_path):
    node = SiteKeys().node
    assert case.correspondent(node) == Correspondent()
    known = Correspondent(((node, 7),), "id", 5, "sent")
    case.keep(node, known)
    assert case.correspondent(node) == known
    (note,) = (tmp_path / "couriers").iterdir()
    note.write_bytes(b"{")
    assert case.correspondent(node) == Correspondent()


def test_a_large_file_is_written_piece_by_piece_and_read_so(case, tmp_path):
    file = tmp_path / "a.photos"
    assert not case.is_there(file)
    case.write_pieces(file, (bytes([one]) * 3 for one in range(4)))
    assert (case.is_there(file), case.size(file)) == (True, 12)
    assert case.piece(file, 2, 4) == b"\0\1\1\1"
    assert case.piece(file, 11, 99) == b"\3"
    case.remove(file)
    case.remove(file)
    for read in (lambda: case.size(file), lambda: case.piece(file, 0, 1)):
        with pytest.raises(FileUnreadable):
            read()
    assert not case.is_there(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names in folders there")
def test_a_pipe_is_not_waited_for(case, tmp_path):
    os.mkfifo(tmp_path / "pipe.photos")
    with pytest.raises(FileUnreadable):
        case.size(tmp_path / "pipe.photos")


def test_pieces_that_break_off_leave_the_file_that_was_there(case, tmp_path):
    file = tmp_path / "a.photos"
    case.write(file, b"old")

    def pieces(error):
        yield b"new"
        raise error

    for error, said in ((OSError(errno.ENOSPC, "no"), DiskFull), (CourierWordsWrong(), None)):
        with pytest.raises(said or CourierWordsWrong):
            case.write_pieces(file, pieces(error))
    assert [one.name for one in tmp_path.iterdir()] == ["a.photos"]
    assert case.read(file) == b"old"


def test_a_part_opens_by_its_key_or_is_named(case):
    key = case.new_key()
    assert case.unlock_part(case.lock_part(b"plain", key), key, "a") == b"plain"
    with pytest.raises(CourierForged) as refused:
        case.unlock_part(b"nothing", key, "a")
    assert refused.value.path == "a"
