from __future__ import annotations

import os
import stat
import sys

import pytest

from stockpile.domain.errors import BooksDamaged, DiskTrouble, RegistryBusy
from stockpile.registry.database_files import close_to_others, holds_registry, made
from tests.helpers.registries import open_registry

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a mode says nothing")


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


@pytest.fixture
def open_hands():
    """A system that lets everybody read and write whatever is made."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_hands")
def test_all_files_of_a_registry_are_its_owners_alone_while_it_works(tmp_path):
    file = tmp_path / "made" / "registry.db"
    registry = open_registry(str(file))
    try:
        registry.listener()
        found = {one.name: mode(one) for one in file.parent.iterdir()}
    finally:
        registry.database.close()
    names = ("registry.db", "registry.db-wal", "registry.db-shm", "registry.db.key")
    assert found == dict.fromkeys(names, 0o600)
    assert mode(file.parent) == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o750)
    made(tmp_path / "registry.db")
    assert (mode(tmp_path), mode(tmp_path / "registry.db")) == (0o750, 0o600)


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o600), (0o660, 0o660), (0o600, 0o600)])
def test_what_an_earlier_version_left_to_everybody_is_closed(tmp_path, before, after):
    file = tmp_path / "registry.db"
    for one in (file, tmp_path / "registry.db-wal"):
        one.write_bytes(b"")
        one.chmod(before)
    close_to_others(file)
    assert (mode(file), mode(tmp_path / "registry.db-wal")) == (after, after)


def test_a_registry_is_seen_while_it_works_and_after_it_was_killed(tmp_path):
    file = tmp_path / "registry.db"
    registry = open_registry(str(file))
    try:
        assert holds_registry(file)
        killed = tmp_path / "killed.db"
        for end in ("", "-wal"):
            killed.with_name(killed.name + end).write_bytes(
                file.with_name(file.name + end).read_bytes()
            )
        assert holds_registry(killed)
    finally:
        registry.database.close()


def test_what_is_no_registry_is_told_apart(tmp_path):
    assert not holds_registry(tmp_path / "none" / "registry.db")
    (tmp_path / "file").write_bytes(b"not a database, only a long enough file " * 100)
    assert not holds_registry(tmp_path / "file" / "registry.db")
    with pytest.raises(BooksDamaged):
        holds_registry(tmp_path / "file")
    with pytest.raises((DiskTrouble, RegistryBusy)):
        holds_registry(tmp_path)
    with pytest.raises(DiskTrouble):
        made(tmp_path / "file" / "registry.db")
