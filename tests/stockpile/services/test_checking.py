"""The proof, and the way back."""

from __future__ import annotations


def test_a_sound_home_checks_and_a_rebuild_changes_nothing(house):
    for n in range(5):
        house.register(f"KB {n}")
    checked = house.stockpile.checking.check(deep=True)
    rebuilt = house.stockpile.checking.rebuild()
    assert checked.weapons == rebuilt.weapons == 5
    assert house.stockpile.checking.check(deep=True) == checked
