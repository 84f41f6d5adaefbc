"""The deep check beside the desk: it finds what the one in place finds, and is in nobody's way."""

from __future__ import annotations

import shutil
from typing import NamedTuple

import pytest

from stockpile.adapters.sqlite import proving
from stockpile.adapters.sqlite.proving import prove_beside
from stockpile.domain.errors import (
    BooksDamaged,
    Cancelled,
    ChainBroken,
    DiskFull,
    RegisterDiffers,
)
from stockpile.services.ports import silent


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def full(depot):
    depot.found()
    for number in range(70):
        depot.register_weapon(f"A{number}")
    return depot


def prove(depot, progress=silent, rest=lambda: None):
    source, file = depot.home / "stockpile.db", depot.home / "proof.part"
    try:
        return prove_beside(source, depot.keys.database_key, file, progress, rest)
    finally:
        assert list(depot.home.glob("proof.part*")) == []  # whatever it came to


def test_it_counts_what_the_check_in_place_counts(full):
    assert prove(full) == full.books.check(deep=True)


def test_whoever_works_meanwhile_never_waits_for_it_and_it_proves_one_moment(full):
    written = []

    def rest():  # the desk writes, and empties its log file
        written.append(full.register_weapon(f"B{len(written)}"))
        assert full.books._store.checkpoint()

    assert prove(full, rest=rest).weapons == 70
    assert len(written) > 1
    assert full.books.check(deep=True).weapons == 70 + len(written)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE weapon SET place_name = 'elsewhere' WHERE row = 9", RegisterDiffers),
        ("DELETE FROM conflict; DELETE FROM weapon WHERE row = 70", RegisterDiffers),
        ("UPDATE cm SET hash = zeroblob(32) WHERE no = 5", ChainBroken),
        ("UPDATE cm SET sig = zeroblob(64) WHERE no = 5", ChainBroken),
    ],
)
def test_what_was_changed_in_the_books_is_found_in_the_copy(full, statement, found):
    connection = full.books._store.connection
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")  # past the guards: as somebody with the key
    connection.executescript(f"BEGIN; {statement}; COMMIT;")
    with pytest.raises(found):
        prove(full)


def test_a_page_that_was_damaged_on_the_disk_is_found(full):
    full.books._store.checkpoint()
    file = full.home / "stockpile.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises((BooksDamaged, ChainBroken)):
        prove(full)


def test_it_can_be_stopped_at_any_step(full):
    told = []
    prove(full, lambda done, total: told.append((done, total)))
    for at in {1, len(told) // 2, len(told) - 1}:
        left = [at]

        def stop(_done, _total, left=left):
            left[0] -= 1
            if left[0] <= 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            prove(full, stop)
    full.register_weapon("C1")  # and the desk goes on


def test_a_disk_without_room_for_a_copy_is_not_filled(full, monkeypatch):
    size = (full.home / "stockpile.db").stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(0, 0, 2 * size + 1))
    with pytest.raises(DiskFull):
        prove(full)
    monkeypatch.setattr(proving, "_SPARE", 0)
    assert prove(full).weapons == 70


def test_a_copy_that_a_killed_program_left_is_in_nobodys_way(full):
    (full.home / "proof.part").write_bytes(b"half a copy")
    assert prove(full).weapons == 70
