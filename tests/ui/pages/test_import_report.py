"""The report of an import: what came in, what did not, and the way on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt

from stockpile.language import plain
from stockpile.services.importing import ImportReport, Tally
from tests.helpers.readable import bare, displayed, faults
from ui.pages.import_report import ImportFigures, ImportReportFace
from ui.theme import Ink

Key = Qt.Key
TALLY = Tally(
    rows=12_500, accepted=12_300, already_held=140, refused=60, warnings=7, weapons=12_290, lots=10
)
NOTHING = Tally(rows=3, accepted=0, already_held=3, refused=0, warnings=0, weapons=0, lots=0)


def report(tally):
    return ImportReport("0" * 64, tally, ())


def shown(qtbot, tally):
    face = ImportReportFace()
    displayed(face, qtbot, 770, 560)
    face.show_report(report(tally))
    return face


def numbers(figures):
    return [plain(one.text()).replace(",", "") for one in figures._labels]


def test_what_came_in_and_what_did_not_is_said_in_numbers_and_words(light, qtbot):
    face = shown(qtbot, TALLY)
    assert numbers(face._figures) == ["12300", "140", "60", "7", "12290", "10"]
    said = plain(face._banner.accessibleName())
    assert said.startswith(f"{QLocale().toString(12_300)} records came in")
    assert "140 rows were held already" in said
    assert "60 rows were refused" in said


def test_one_of_each_is_said_as_one(light, qtbot):
    face = shown(qtbot, Tally(3, 1, 1, 1, 0, 1, 0))
    assert plain(face._banner.accessibleName()) == (
        "1 record came in. 1 row was held already. 1 row was refused."
    )


def test_a_list_that_brought_nothing_says_so_quietly(light, qtbot):
    face = shown(qtbot, NOTHING)
    figures = face._figures
    inks = [one.property("ink") for one in figures._labels]
    assert numbers(figures) == ["0", "3", "0", "0", "0", "0"]
    assert {inks[at] for at in (0, 2, 3, 4, 5)} == {Ink.MUTED.value}


@pytest.mark.parametrize(
    ("button", "signal"), [("_show_register", "register_pressed"), ("_again", "again_pressed")]
)
def test_the_ways_on_go_by_key_and_by_click(light, qtbot, button, signal):
    face = shown(qtbot, TALLY)
    pressed, told = getattr(face, button), getattr(face, signal)
    with qtbot.waitSignal(told):
        qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(told):
        qtbot.keyClick(pressed, Key.Key_Space)


def test_the_cursor_waits_where_most_go_on(light, qtbot):
    assert shown(qtbot, TALLY)._show_register.hasFocus()


def test_everybody_can_use_it(tongue, qtbot):
    face = shown(qtbot, TALLY)
    assert faults(face) == []
    assert bare(face, *(QLocale().toString(one) for one in (12_300, 140, 60))) == []


def test_the_names_of_the_figures_fit_the_usual_window(light, qtbot):
    figures = ImportFigures("Brought in")
    displayed(figures, qtbot, 1110, 80)
    figures.show_tally(TALLY)
    assert faults(figures) == []
