from __future__ import annotations

from stockpile.services.verdict_table import verdict_rows, verdict_words
from tests.helpers.lists import a_csv

ROWS = [
    ["Serial", "Type", "Quantity"],
    ["K1", "pistol", "1"],
    ["1.2E+06", "pistol", "1"],
    ["K3", "pistol", "many"],
    ["", "", ""],
    ["", "", "7"],
]


def test_every_row_is_told_with_why_and_with_its_own_words(house, tmp_path):
    preview = house.stockpile.importing.preview(a_csv(tmp_path, ROWS))
    told = [(preview.outcome(one), one) for one in preview.verdicts]
    heading, plain, damaged, refused, empty = verdict_rows(preview.listing, told)
    assert heading[3:] == ("Serial", "Type", "Quantity")
    assert plain == ("2", "Accepted", "", "K1", "pistol", "1")
    assert "12E5" in damaged[2]
    assert (refused[1], refused[2].split(":")[0]) == ("Refused", "Quantity")
    assert empty[2] == "Says neither what it is nor its number."


def test_rows_that_are_held_have_nothing_to_say(house, tmp_path):
    preview = house.stockpile.importing.preview(a_csv(tmp_path, ROWS))
    assert verdict_words(preview.verdicts[1], "already_held") == ""
