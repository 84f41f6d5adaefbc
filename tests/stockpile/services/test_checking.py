"""The proof, and the way back."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import PhotoDamaged
from tests.helpers.shots import drawn, encoded


def test_a_sound_home_checks_and_a_rebuild_changes_nothing(house):
    for n in range(5):
        house.register(f"KB {n}")
    checked = house.stockpile.checking.check(deep=True)
    rebuilt = house.stockpile.checking.rebuild()
    assert checked.weapons == rebuilt.weapons == 5
    assert house.stockpile.checking.check(deep=True) == checked


def test_photos_are_proved_with_the_books(house):
    weapon, photographs = house.register(), house.stockpile.photographs
    for n in range(3):
        photographs.add(weapon, encoded("PNG", drawn(20 + n, 20)), by=house.officer)
    told = []
    checked = house.stockpile.checking.check(
        progress=lambda done, total: told.append((done, total))
    )
    assert checked.photos == 3
    assert told[-1] == (3, 3)
    digest = photographs.of(weapon)[1].digest
    (house.home / "photos" / digest[:2] / digest[2:]).write_bytes(b"another photo")
    with pytest.raises(PhotoDamaged):
        house.stockpile.checking.check()


def test_a_check_beside_the_desk_tells_one_growing_share_and_is_noted(house):
    for n in range(5):
        house.register(f"KB {n}")
    stockpile, told, rests = house.stockpile, [], []
    stockpile.photographs.add(
        house.register("KB P"), encoded("PNG", drawn(20, 20)), by=house.officer
    )
    checking, at = stockpile.checking, stockpile.days.clock.now()
    checked = checking.prove_beside(
        lambda done, total: told.append(done / total), lambda: rests.append(1)
    )
    assert (checked.weapons, checked.photos) == (6, 1)
    assert told == sorted(told)
    assert told[-1] <= 1
    assert rests
    assert stockpile.books.proved() == 0
    checking.keep_proof(checked, at)
    assert stockpile.books.proved() == at
