from __future__ import annotations

import pytest

from stockpile.adapters.backups.memory import FILE, BackupMemoryFile
from stockpile.domain.errors import DiskTrouble
from stockpile.services.ports import BackupNotes


def test_what_is_kept_is_read_again_and_nonsense_is_nothing(tmp_path):
    memory = BackupMemoryFile(tmp_path)
    assert memory.read() == BackupNotes()
    notes = BackupNotes(("a.backup",), 5, "a.backup", 3, 9, "full")
    memory.keep(notes)
    assert memory.read() == notes
    for nonsense in (b"", b"[]", b'{"checked": 7}', b'{"failed": "else"}', b"\xff"):
        (tmp_path / FILE).write_bytes(nonsense)
        assert memory.read() == BackupNotes()


def test_where_nothing_can_be_written_it_says_so(tmp_path):
    with pytest.raises(DiskTrouble):
        BackupMemoryFile(tmp_path / "nowhere").keep(BackupNotes())
