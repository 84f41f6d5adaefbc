"""Several at once in the hand: a run or a list, judged, put right, saved by Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.readable import displayed, faults
from ui.pages.entry_several import SeveralPane
from ui.view_models.entry_several import SeveralModel

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def pane(seat, qtbot):
    rack = seat.open_place("Rack 01")
    seat.register("KB0003", rack)
    pane = SeveralPane(SeveralModel(*seat.made_with))
    displayed(pane, qtbot, 760, 560)
    pane.saved = []
    pane.save_wanted.connect(lambda lines: pane.saved.append([one.text for one in lines]))
    pane.begin(None, "AKM · Rack 01")
    return pane


def typed(pane, qtbot, first, count):
    qtbot.keyClicks(pane.first.edit, first)
    qtbot.keyClicks(pane.count.edit, count)


def test_first_and_count_are_a_run_and_enter_saves_what_is_new(pane, qtbot):
    typed(pane, qtbot, "KB0001", "5")
    qtbot.keyClick(pane.count.edit, Key.Key_Return)
    assert pane.last.text() == "KB0005"
    qtbot.waitUntil(lambda: pane._model.is_judged)
    assert pane.saved == []  # one is there already: look at it first
    assert pane._save.text() == "Save the \u20664\u2069 new ones"
    qtbot.keyClick(pane.count.edit, Key.Key_Return)
    assert pane.saved == [["KB0001", "KB0002", "KB0004", "KB0005"]]


def test_all_of_them_are_saved_where_somebody_says_so(pane, qtbot):
    typed(pane, qtbot, "KB0001", "5")
    qtbot.keyClick(pane.count.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: pane._model.is_judged)
    qtbot.keyClick(pane.count.edit, Key.Key_Return, Modifier.ControlModifier)
    assert len(pane.saved[0]) == 5


def test_where_nothing_is_doubtful_one_enter_is_enough(pane, qtbot):
    typed(pane, qtbot, "ZZ1", "4")
    qtbot.keyClick(pane.count.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: pane.saved == [["ZZ1", "ZZ2", "ZZ3", "ZZ4"]])


def test_the_last_one_instead_of_a_count(pane, qtbot):
    qtbot.keyClicks(pane.first.edit, "ZZ1")
    qtbot.keyClicks(pane.last.edit, "ZZ3")
    qtbot.waitUntil(lambda: len(pane._model.lines) == 3)
    assert pane.count.text() == "3"


def test_what_is_no_run_is_said_at_its_field(pane, qtbot):
    qtbot.keyClicks(pane.first.edit, "KB9")
    qtbot.keyClicks(pane.last.edit, "XY1")
    qtbot.keyClick(pane.last.edit, Key.Key_Return)
    assert pane.last.message
    assert pane.saved == []


def test_enter_with_nothing_says_what_is_needed(pane, qtbot):
    qtbot.keyClick(pane.first.edit, Key.Key_Return)
    assert pane.first.message


def test_lines_are_put_right_and_left_out_by_keys(pane, qtbot):
    pane.take(["KB0003", "ZZ1", "ZZ1"], "AKM")
    qtbot.waitUntil(lambda: pane._model.is_judged)
    pane._table.go_to(0)
    qtbot.keyClick(pane._table, Key.Key_Return)
    assert pane._line.isVisible()
    pane._line.edit.selectAll()
    qtbot.keyClicks(pane._line.edit, "ZZ9")
    qtbot.keyClick(pane._line.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: pane._model.is_judged)
    pane._table.go_to(2)
    qtbot.keyClick(pane._table, Key.Key_Delete)
    assert [line.text for line in pane._model.lines] == ["ZZ9", "ZZ1"]


def test_only_what_needs_a_look_is_shown_on_demand(pane, qtbot):
    pane.take(["KB0003", "ZZ1"], "AKM")
    qtbot.waitUntil(lambda: pane._model.is_judged)
    pane._only.setChecked(True)
    assert pane._table.rows.rowCount() == 1
    assert pane._table.rows.row_at(0).line.text == "KB0003"


def test_after_saving_each_line_says_what_became_of_it_and_enter_leads_on(pane, qtbot):
    pane.take(["KB0003", "ZZ1"], "AKM")
    qtbot.waitUntil(lambda: pane._model.is_judged)
    pane.show_saved(pane._model.chosen(with_doubles=False))
    outcomes = [pane._table.rows.row_at(at).outcome for at in range(2)]
    assert outcomes == ["left_out", "saved"]
    with qtbot.waitSignal(pane.finished):
        pane._save.click()


@pytest.mark.usefixtures("tongue")
def test_it_can_be_read_and_used_in_the_smallest_window(seat, qtbot):
    pane = SeveralPane(SeveralModel(*seat.made_with))
    pane.fit(470)
    displayed(pane, qtbot, 500, 520)
    pane.take(["KB1", "KB1"], "AKM")
    qtbot.waitUntil(lambda: pane._model.is_judged)
    assert faults(pane) == []
