from __future__ import annotations

from tests.helpers.readable import displayed, faults
from ui.theme import Ink
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.text import Identifier, Label


def test_rows_are_read_as_label_and_value(qtbot, light):
    shown = DetailList([Detail("Make", "Izhmash"), Detail("Shelf", "A12-04", identifier=True)])
    qtbot.addWidget(shown)
    names = [label.accessibleName() for label in shown.findChildren(Label)]
    assert "Make: Izhmash" in names
    assert "Shelf: A12-04" in names
    assert shown.findChild(Identifier).text() == "\u2066A12-04\u2069"


def test_other_rows_take_the_place_of_the_old(qtbot, light):
    shown = DetailList([Detail("Make", "Izhmash")])
    qtbot.addWidget(shown)
    shown.show()
    shown.show_details([Detail("Lot", ""), Detail("Year", "1868", ink=Ink.BAD)])
    qtbot.waitUntil(lambda: _visible(shown) == ["Lot", "–", "Year", "1868"])


def test_a_long_path_takes_another_line_and_pushes_nothing_out(qtbot, light):
    path = "/home/armoury-desk/.local/share/stockpile-practice/backups/of-the-year"
    shown = DetailList([Detail("Folder", path, identifier=True)])
    displayed(shown, qtbot, 420, 80)
    assert shown.minimumSizeHint().width() <= 420
    assert faults(shown) == []


def _visible(shown):
    return [label.text() for label in shown.findChildren(Label) if label.isVisible()]
