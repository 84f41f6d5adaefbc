from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.helpers.hints import hint_of
from tests.helpers.readable import displayed, faults, tongue
from ui.widgets.line_list import LineList, LiveLine

__all__ = ["tongue"]

Key = Qt.Key


def lines(*keys):
    return [LiveLine(key, f"KB{key}", f"last seen in {key}", "AKM", "circle-check") for key in keys]


@pytest.fixture
def shown(tongue, qtbot):
    made = LineList("Still to find")
    made.tester = QAbstractItemModelTester(
        made.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.show_lines(lines("1", "2", "3", "4"))
    displayed(made, qtbot, 320, 240)
    return made


@pytest.mark.parametrize(
    "after",
    [
        ("1", "2", "4"),  # one was found
        ("9", "1", "2", "3", "4"),  # one came on top
        ("1", "7", "3", "4"),  # one says something else
        ("5", "6"),
        (),
        ("4", "3", "2", "1"),
    ],
)
def test_lines_come_and_go_and_the_view_is_told_the_truth(shown, after):
    shown.show_lines(lines(*after))
    assert [line.key for line in shown.lines] == list(after)
    assert shown.rows.rowCount() == len(after)
    shown.grab()


def test_the_cursor_stays_on_its_line_when_another_goes(shown):
    shown.setCurrentIndex(shown.rows.index(2))
    shown.show_lines(lines("2", "3", "4"))
    assert shown.current_key() == "3"


def test_a_line_is_opened_by_enter_and_letters_are_left_to_the_scanner(shown, qtbot):
    shown.setFocus()
    shown.setCurrentIndex(shown.rows.index(0))
    qtbot.keyClick(shown, Key.Key_Down)
    qtbot.keyClicks(shown, "1")
    with qtbot.waitSignal(shown.opened) as told:
        qtbot.keyClick(shown, Key.Key_Return)
    assert told.args == ["2"]


def test_every_line_is_read_aloud_and_nothing_is_cut(shown):
    spoken = shown.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "KB1. AKM. last seen in 1"
    assert faults(shown) == []


def test_without_a_second_line_more_fit(shown, qtbot):
    short = LineList("Last scans", two_lines=False)
    displayed(short, qtbot, 320, 240)
    assert short.sizeHintForRow(0) <= shown.sizeHintForRow(0)
    short.show_lines(lines("1"))
    assert short.sizeHintForRow(0) < shown.sizeHintForRow(0)


def test_the_line_whose_detail_stands_beside_is_seen_wherever_the_cursor_is(light, qtbot):
    for beside in (True, False):
        made = LineList("Officers", beside=beside)
        made.show_lines(lines("1", "2"))
        made.setCurrentIndex(made.rows.index(0))
        displayed(made, qtbot, 320, 240)
        made.clearFocus()
        picture = made.grab().toImage()
        first, second = (picture.pixelColor(300, at) for at in (38, 80))
        assert (first != second) is beside


@pytest.mark.parametrize(("width", "hinted"), [(320, False), (150, True)])
def test_a_line_that_is_shortened_tells_the_rest_under_the_hand(light, qtbot, width, hinted):
    made = LineList("Due")
    made.show_lines([LiveLine("1", "KB1", "Each serial number of the rack", "due today")])
    displayed(made, qtbot, width, 100)
    assert hint_of(made) == ("\u2066KB1\u2069\ndue today\nEach serial number of the rack" * hinted)
