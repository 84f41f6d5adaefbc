from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    FieldUnreadable,
    KeyWithoutRegistry,
    RegistryMissing,
    RegistryThere,
)
from stockpile.registry.database import Database
from stockpile.registry.opening import default_database, found, opened_books


def test_books_are_founded_and_opened_again(tmp_path):
    url, key = str(tmp_path / "folder" / "registry.db"), tmp_path / "registry.key"
    node, place = found(url, key)
    assert place == url
    with opened_books(url, key) as books:
        assert books.key.node == node
        assert len(books.nodes()) == 1


def test_the_usual_place_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_database().endswith("registry.db")


def test_another_kind_of_database_is_not_understood():
    with pytest.raises(FieldUnreadable), opened_books("mysql://x/y"):
        pass


@pytest.fixture
def nowhere(tmp_path):
    """A name that was mistyped: neither file nor folder is there."""
    return tmp_path / "typo" / "regitsry.db"


def test_a_slip_of_the_hand_begins_no_registry_and_makes_nothing(nowhere, tmp_path):
    with pytest.raises(RegistryMissing) as refused, opened_books(str(nowhere)):
        pass
    assert refused.value.place == str(nowhere)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_which_no_registry_was_begun_stays_as_it_is(tmp_path):
    for name, content in (("empty.db", b""), ("tables.db", None)):
        file = tmp_path / name
        if content is None:
            Database(str(file)).close()  # tables, and nobody in them
        else:
            file.write_bytes(content)
        before = file.read_bytes()
        with pytest.raises(RegistryMissing), opened_books(str(file)):
            pass
        assert file.read_bytes() == before
        assert not file.with_name(f"{name}.key").exists()


def test_one_database_holds_one_registry(tmp_path):
    url = str(tmp_path / "registry.db")
    node, _place = found(url)
    with pytest.raises(RegistryThere) as refused:
        found(url)
    assert refused.value.node == node
    with opened_books(url) as books:
        assert books.tip(node).number == 1


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_registry_whose_records_are_lost_is_not_begun_anew_with_its_key(tmp_path, is_elsewhere):
    url, key = str(tmp_path / "registry.db"), tmp_path / "my.key" if is_elsewhere else None
    found(url, key)
    (tmp_path / "registry.db").unlink()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyWithoutRegistry):
        found(url, key)
    assert sorted(tmp_path.iterdir()) == before
