from __future__ import annotations

from stockpile.domain.importing import judged
from stockpile.domain.layouts import understood
from stockpile.services.value_meanings import values_meant
from tests.helpers.rows import DOCUMENT, meanings, rows_of


def meant(columns, *rows):
    lines = rows_of(*rows)
    layout = understood(columns, [[cell.value for cell in line.cells] for line in lines])
    verdicts = list(judged(lines, layout, DOCUMENT, meanings()))
    return values_meant(lines, layout, verdicts, meanings())


def test_every_value_of_a_weapon_is_listed_once_with_its_rows_what_is_open_first():
    found = meant(
        ("Serial", "Type", "Make", "Calibre"),
        ["1", "pistola", "TAURUS ", "9x19"],
        ["2", "pistola", "taurus", "9x19"],
        ["3", "pistola", "qqq arms", ".38"],
        ["4", "pistola", "qqq arms", ""],
        ["5", "cartucho", "CBC", "9x19"],
    )
    told = [(one.field, one.value, one.rows, one.standing) for one in found]
    assert told[0] == ("make", "qqq arms", 2, "open")
    assert told[1] == ("calibre", ".38", 1, "proposed")
    assert set(told[2:]) == {
        ("type", "pistola", 4, "written"), ("make", "TAURUS", 1, "written"),
        ("make", "taurus", 1, "written"), ("calibre", "9x19", 2, "written"),
    }  # fmt: skip
    assert found[1].normal.code.startswith(".38")


def test_a_model_is_understood_beside_its_make():
    found = meant(
        ("Serial", "Type", "Make", "Model"),
        ["1", "pistola", "TAURUS", "92"],
        ["2", "pistola", "BERETTA", "92"],
    )
    models = {one.normal.code: one.rows for one in found if one.field == "model"}
    assert all(code.startswith(("taurus:", "beretta:")) for code in models if code)
    assert sum(models.values()) == 2


def test_a_list_without_such_columns_has_none():
    assert meant(("Serial", "Class"), ["1", "arma de fogo"]) == ()
