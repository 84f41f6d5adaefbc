from __future__ import annotations

from ui.pages.trace_board import TraceBoard


def test_every_act_is_wanted_by_its_own_name(light, qtbot):
    board = TraceBoard()
    qtbot.addWidget(board)
    told = []
    board.wanted.connect(told.append)
    for button in board.acts.values():
        button.setEnabled(True)
        button.click()
    assert told == list(board.acts)
