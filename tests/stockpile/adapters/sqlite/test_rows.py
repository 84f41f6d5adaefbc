"""Weapons and references as rows, and back."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite import rows
from stockpile.domain import references
from stockpile.domain.facts import Draft, OfficerAppointed, PlaceClosed, PlaceOpened
from stockpile.domain.listing import LAST, listing
from stockpile.domain.references import Reference
from tests.helpers.builders import a_weapon, recorded


def test_a_weapon_is_read_as_it_was_written():
    weapon = a_weapon()
    assert rows.decode_weapon(rows.encode_weapon(weapon)) == weapon


def test_a_row_has_a_value_for_each_column():
    weapon = a_weapon()
    row = rows.weapon_row(7, weapon, listing(weapon), "Rack 4")
    said = dict(zip(rows.WEAPON_COLUMNS, row, strict=True))
    assert (said["row"], said["id"], said["serial"]) == (7, weapon.id, "KB4471902")
    assert (said["place_name"], said["by_place"]) == ("Rack 4", "RACK4")
    marks = rows.mark_rows(7, listing(weapon).marks)
    assert [len(mark) for mark in marks] == [len(rows.MARK_COLUMNS)] * len(marks)


def test_a_place_without_a_name_comes_last():
    assert rows.place_key("") == rows.place_key(" - ") == LAST > rows.place_key("\u4e00")


@pytest.mark.parametrize(
    "bodies",
    [
        (),
        (PlaceOpened("Rack 4", "rack", "p9"),),
        (PlaceOpened("Rack 4"), PlaceClosed("flood")),
        (OfficerAppointed("A", ("clerk", "inspector"), "ab" * 32),),
    ],
)
def test_a_reference_is_read_as_it_was_written(bodies):
    reference = Reference("x")
    for fact in recorded(*(Draft("x", body) for body in bodies)):
        reference = references.after(reference, fact)
    assert rows.decode_reference("x", rows.encode_reference(reference)) == reference
