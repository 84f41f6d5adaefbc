"""Machine and registry of a practice depot."""

from __future__ import annotations

import pytest

from stockpile.app.practice_room import LocalPracticeRoom
from stockpile.domain.errors import RegistryUnreachable


def test_both_start_once_and_end_with_the_room(tmp_path):
    room = LocalPracticeRoom(tmp_path)
    try:
        assert room.machine() == room.machine()
        url = room.registry()
        assert room.registry() == url
        assert url.startswith("http://127.0.0.1:")
        assert room.code() != room.code()
    finally:
        room.close()


def test_a_place_that_is_taken_is_said(tmp_path):
    first, second = LocalPracticeRoom(tmp_path / "a"), LocalPracticeRoom(tmp_path / "b")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    try:
        url = first.registry()
        with pytest.raises(RegistryUnreachable):
            second.registry(url)
    finally:
        first.close()
        second.close()
