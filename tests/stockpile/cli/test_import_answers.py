from __future__ import annotations

from stockpile.cli.import_answers import (
    import_value,
    layout_text,
    meanings_text,
    profile_rows,
    row_text,
    row_value,
    taken_back_text,
    taken_back_value,
)
from stockpile.domain.values import Digest, WeaponId
from stockpile.services.taking_back import TakenBack
from tests.helpers.lists import a_csv

ROWS = [
    ["Serial", "Type", "Make", "Quantity"],
    ["K1", "pistol", "qqq arms", "1"],
    ["K2", "pistol", "Glock", "many"],
    ["1.2E+06", "pistol", "Glock", "1"],
]
DOCUMENT = Digest("d" * 64)


def preview(house, folder, rows=ROWS):
    return house.stockpile.importing.preview(a_csv(folder, rows))


def test_a_row_is_told_to_programs_and_people(house, tmp_path):
    shown = preview(house, tmp_path)
    plain, refused, damaged = shown.verdicts
    assert row_value(shown, plain) == {
        "row": 2, "verdict": "accepted", "field": "", "reason": "", "records": 1, "remarks": [],
    }  # fmt: skip
    assert row_text(shown, plain).split() == ["2", "Accepted"]
    assert row_value(shown, refused)["reason"] == "quantity_unreadable"
    assert "Quantity" in row_text(shown, refused)
    assert row_value(shown, damaged)["remarks"][0]["probable"] == "12E5"
    assert "12E5" in row_text(shown, damaged)


def test_what_is_not_understood_is_told_with_its_rows(house, tmp_path):
    shown = preview(house, tmp_path)
    assert "qqq arms" in meanings_text(shown)
    assert "Glock" not in meanings_text(shown)
    (open_one,) = (one for one in import_value(shown, shown.tally)["meanings"]
                   if one["standing"] == "open")  # fmt: skip
    assert (open_one["field"], open_one["value"], open_one["rows"]) == ("make", "qqq arms", 1)
    assert meanings_text(preview(house, tmp_path, [ROWS[0], ["K1", "pistol", "Glock", ""]])) == ""


def test_serials_that_are_filled_up_are_said(house, tmp_path):
    rows = [["Serial", "Type"], *([f"{number:011}", "pistol"] for number in range(90, 99))]
    assert "eleven" in layout_text(preview(house, tmp_path, rows))
    assert "eleven" not in layout_text(preview(house, tmp_path))


def test_known_layouts_say_where_they_are_from(house):
    values, cells = profile_rows(house.stockpile.importing.profiles)
    assert {one["shipped"] for one in values} == {True}
    assert {one[1] for one in cells} == {"the program"}


def test_what_was_taken_back_and_what_stays():
    report = TakenBack(DOCUMENT, 2, 1, (WeaponId("w1"),))
    assert taken_back_value(report) == {
        "document": DOCUMENT, "weapons": 2, "lots": 1, "kept": ["w1"], "lots_kept": 0,
    }  # fmt: skip
    assert taken_back_text(report) == "3 records withdrawn. 1 stays: it has moved on since."
    assert taken_back_text(TakenBack(DOCUMENT, 1, 0, ())) == "1 record withdrawn."
