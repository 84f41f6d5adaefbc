"""A weapon's file answers for its fields."""

from __future__ import annotations


def test_a_field_is_found_by_name_and_none_by_a_name_that_there_is_not(house):
    file = house.stockpile.dossiers.open(house.register("KB 1"))
    assert file.field("serial").current.value == "KB 1"
    assert file.field("colour") is None
