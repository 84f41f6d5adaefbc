"""What lies half done on a desk: sealed, whole, and worth no stop of a day."""

from __future__ import annotations

from stockpile.adapters.notes.sealed import SealedNotes

KEY = bytes(range(32))
TOLD = {"collecting": '{"serial": "KB4471902"}'}


def test_notes_come_back_and_stand_nowhere_in_the_clear(tmp_path):
    SealedNotes(tmp_path, KEY).keep(TOLD)
    (file,) = tmp_path.iterdir()
    assert b"KB4471902" not in file.read_bytes()
    assert SealedNotes(tmp_path, KEY).read() == TOLD


def test_the_same_again_is_not_written(tmp_path):
    notes = SealedNotes(tmp_path, KEY)
    notes.keep({})
    assert list(tmp_path.iterdir()) == []
    notes.keep(TOLD)
    (file,) = tmp_path.iterdir()
    before = file.read_bytes()
    notes.keep(dict(TOLD))
    assert file.read_bytes() == before


def test_what_does_not_open_any_more_is_nothing(tmp_path):
    SealedNotes(tmp_path, KEY).keep(TOLD)
    assert SealedNotes(tmp_path, KEY[::-1]).read() == {}
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"torn")
    assert SealedNotes(tmp_path, KEY).read() == {}
