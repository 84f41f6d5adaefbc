"""The values of a list and their meanings, as a table."""

from __future__ import annotations

from stockpile.domain.meanings import ValueMeaning
from stockpile.domain.normalising.answers import Normal, unanswered
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.import_values import ImportValues

TAURUS = Normal("TAURUS", "taurus", "Taurus", "Taurus", 0.98, "alias")
VALUES = (
    ValueMeaning("make", "qqq arms", 7, unanswered("qqq arms", "not_understood")),
    ValueMeaning("make", "TAURUS", 12, TAURUS),
)


def shown(qtbot):
    face = ImportValues()
    displayed(face, qtbot, 770, 420)
    face.show_values(VALUES)
    return face


def cells(face, row):
    columns = face.table.rows.columns if hasattr(face.table.rows, "columns") else ()
    one = face.table.rows.row_at(row)
    return [plain(column.spoken(one)) for column in columns]


def test_each_value_says_where_it_stands_what_it_means_and_how_surely(light, qtbot):
    face = shown(qtbot)
    assert face.table.rows.rowCount() == 2
    unclear, known = cells(face, 0), cells(face, 1)
    assert "Not understood" in unclear[0]
    assert "Stays as written" in unclear[2]
    assert "Make" in unclear[1]
    assert "Taurus" in known[2]
    assert "98" in known[2]
    assert "12" in known[3]


def test_everybody_can_use_it(tongue, qtbot):
    assert faults(shown(qtbot)) == []
