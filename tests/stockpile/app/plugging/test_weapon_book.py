"""What is on record of weapons: taken in by one service, it is found by every other."""

from __future__ import annotations


def test_what_came_in_is_found_scanned_and_told(weapons, rifle):
    assert weapons.scanning.read("KB4471902").weapon.id == rifle
    assert weapons.tracing.named("KB4471902") == rifle
    assert weapons.racking.scanning is weapons.scanning


def test_what_is_written_has_its_code_from_the_catalogue_that_comes_along(ground, weapons, rifle):
    assert ground.books.weapon(rifle).calibre_codes
    assert weapons.collecting.coding is weapons.receiving.coding
