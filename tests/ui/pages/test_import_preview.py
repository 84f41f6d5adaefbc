"""A list as it would come in: its rows and its values in one place, filtered and counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.helpers.lists import a_csv
from tests.helpers.readable import displayed, faults
from ui.pages.import_preview import ImportPreviewFace
from ui.view_models.importing import ImportModel
from ui.widgets.button import Button

ROWS = [
    ["Serial", "Type", "Make", "Qty"],
    ["A1", "pistol", "Glock", "1"],
    ["1.2E+06", "pistol", "qqq arms", "1"],
    ["A3", "pistol", "Glock", "many"],
]


@pytest.fixture
def shown(seat, tmp_path, qtbot):
    model = ImportModel(seat.desk, seat.session)
    with qtbot.waitSignal(model.previewed) as done:
        model.open(a_csv(tmp_path, ROWS))
    return done.args[0]


@pytest.fixture
def face(shown, qtbot):
    made = ImportPreviewFace(Button("Another file"))
    displayed(made, qtbot, 780, 560)
    made.show_list(shown)
    return made


def numbers(face):
    return [face.table.rows.row_at(at).number for at in range(face.table.rows.rowCount())]


def test_rows_are_filtered_by_what_becomes_of_them(face):
    assert numbers(face) == [2, 3, 4]
    counts = {"accepted": [2, 3], "warned": [3], "already_held": [], "refused": [4]}
    for action, (_kept, rows) in zip(face.filter_menu().actions()[1:], counts.items(), strict=True):
        action.trigger()
        assert numbers(face) == rows


def test_values_stand_in_the_place_of_the_rows_and_back(face, qtbot):
    assert "1" in face.values_button.text()
    qtbot.mouseClick(face.values_button, Qt.MouseButton.LeftButton)
    assert face.shows_values
    assert not face.write.isVisible()
    assert face.values.table.rows.row_at(0).value == "qqq arms"
    qtbot.keyClick(face.values_button, Qt.Key.Key_Space)
    assert not face.shows_values
    assert face.table.isVisible()


def test_the_same_list_judged_anew_stays_where_it_was_looked_at(face, shown):
    face.keep("refused")
    face.show_values(shown=True)
    face.show_list(replace(shown, is_again=True))
    assert (face.kept, face.shows_values) == ("refused", True)
    face.show_list(shown)
    assert (face.kept, face.shows_values) == ("all", False)


def test_what_is_pressed_is_told(face, qtbot):
    with qtbot.waitSignal(face.write_pressed):
        qtbot.mouseClick(face.write, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(face.columns_pressed):
        qtbot.keyClick(face.columns_button, Qt.Key.Key_Space)


def test_everybody_can_use_it(tongue, shown, qtbot):
    made = ImportPreviewFace(Button("X"))
    displayed(made, qtbot, 780, 560)
    made.show_list(shown)
    assert faults(made) == []
    made.show_values(shown=True)
    assert faults(made) == []
