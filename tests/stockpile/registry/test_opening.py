from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldUnreadable
from stockpile.registry.opening import default_database, opened_books


def test_books_are_founded_and_opened_again(tmp_path):
    url, key = str(tmp_path / "folder" / "registry.db"), tmp_path / "registry.key"
    with opened_books(url, key) as books:
        node = books.key.node
    with opened_books(url, key) as books:
        assert books.key.node == node
        assert len(books.nodes()) == 1


def test_the_usual_place_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_database().endswith("registry.db")


def test_another_kind_of_database_is_not_understood():
    with pytest.raises(FieldUnreadable), opened_books("mysql://x/y"):
        pass
