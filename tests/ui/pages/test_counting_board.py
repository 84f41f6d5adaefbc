"""The count while it goes on: fingers and scanners are told apart, and the lists keep up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.armouries import armoury
from tests.helpers.readable import displayed
from ui.pages.counting_board import CountingBoard
from ui.view_models.counting import CountingModel
from ui.view_models.counting_plans import Plan

Key = Qt.Key
WAIT = 20_000


@pytest.fixture
def board(seat, qtbot):
    store = armoury(seat, racks=1, each=2)
    model = CountingModel(*seat.made_with)
    made = CountingBoard(model)
    made.model_ = model
    with qtbot.waitSignal(model.opened, timeout=WAIT):
        model.open(Plan(place=store.racks[0].id, second=store.second))
    made.begin()
    displayed(made, qtbot, 1110, 672)
    made.scan_field.setFocus()
    return made


def answered(board, qtbot):
    model = board.model_
    qtbot.waitUntil(lambda: model.waiting == 0 and not model._is_soon, timeout=WAIT)


def test_what_fingers_type_and_nobody_knows_is_not_written_before_f8(board, qtbot):
    qtbot.keyClicks(board.scan_field.edit, "KB01O01", delay=60)
    qtbot.keyClick(board.scan_field.edit, Key.Key_Return)
    answered(board, qtbot)
    assert board.banner.result.sentence.startswith("Nothing was written.")
    assert board.tiles[3].figure == "0"
    qtbot.keyClick(board.scan_field.edit, Key.Key_F8)
    answered(board, qtbot)
    assert board.tiles[3].figure == "1"


def test_what_a_scanner_reads_and_nobody_knows_is_written_at_once(board, qtbot):
    qtbot.keyClicks(board.scan_field.edit, "ZZ-404-1")
    qtbot.keyClick(board.scan_field.edit, Key.Key_Return)
    answered(board, qtbot)
    assert board.tiles[3].figure == "1"


def test_a_line_opens_its_weapon_and_a_stranger_has_none(board, qtbot):
    qtbot.keyClicks(board.scan_field.edit, "ZZ-404-1")
    qtbot.keyClick(board.scan_field.edit, Key.Key_Return)
    answered(board, qtbot)
    opened = []
    board.opened.connect(opened.append)
    for which in (1, 3):
        board.show_list(which)
        board.list.setCurrentIndex(board.list.rows.index(0))
        board.list.opened.emit(board.list.current_key())
    assert len(opened) == 1


def test_nothing_to_find_is_said(board, qtbot):
    for text in ("KB01001", "KB01002"):
        board.model_.scan(text)
    answered(board, qtbot)
    assert board.list.isHidden()
    assert board._none.text() == "Everything that was expected has been found."
