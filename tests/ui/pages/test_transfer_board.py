"""The board shows what is late in red, and what can be done with the transfer under the cursor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import WaybillOpened, WaybillReceived
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import Digest, NodeId, PlaceId, WeaponId
from stockpile.language import plain
from stockpile.services.ports import Correspondent
from ui.pages.transfer_board import TransferBoard
from ui.theme import Ink
from ui.view_models.transfers import Board, BoardLine
from ui.widgets.text import Label

SAID = WaybillOpened(
    "WB-KLA-26-0001", (WeaponId("a"), WeaponId("b")), PlaceId("x"), due="2026-01-02"
)


def a_line(number, *, incoming=False, overdue=False, state="open", receipt=None):
    said = WaybillOpened(f"WB-{number}", SAID.weapons, SAID.out_of, due=SAID.due)
    waybill = Waybill(f"w{number}", NodeId("n"), said, state, (Digest("h"),), receipt)
    return BoardLine(waybill, "Gulu", incoming, overdue)


@pytest.fixture
def board(light, qtbot):
    made = TransferBoard()
    qtbot.addWidget(made)
    made.resize(1110, 600)
    made.show()
    return made


def test_lists_are_counted_and_what_is_late_bears_a_red_sign(board):
    late, done = a_line(1, overdue=True), a_line(2, state="received",
                                                 receipt=WaybillReceived(SAID.weapons))  # fmt: skip
    board.show_board(Board((), (late, a_line(3)), (done,)), may_receive=True, may_send=True)
    assert [one.ink for one in board.outgoing.lines] == [Ink.BAD, Ink.MUTED]
    assert "overdue since" in board.outgoing.lines[0].spoken
    assert "2 weapons" in board.outgoing.lines[0].spoken
    assert board.settled.lines[0].ink is Ink.OK
    assert not board.incoming.isVisible()
    assert board.reverse.isVisible()
    assert not board.receive.isVisible()


def test_enter_receives_what_comes_and_prints_what_went(board, qtbot):
    coming, gone = a_line(1, incoming=True), a_line(2)
    board.show_board(Board((coming,), (gone,)), may_receive=True, may_send=True)
    assert board.receive.isVisible()
    for each, signal, line in ((board.incoming, board.receive_wanted, coming),
                               (board.outgoing, board.print_wanted, gone)):  # fmt: skip
        each.setCurrentIndex(each.rows.index(0))
        with qtbot.waitSignal(signal) as wanted:
            qtbot.keyClick(each, Qt.Key.Key_Return)
        assert wanted.args == [line]
    assert not board.receive.isVisible()
    board.show_board(Board((coming,), (gone,)), may_receive=False, may_send=False)
    assert not board.pack.isVisible()


def test_a_code_that_is_scanned_is_asked_for(board, qtbot):
    board.code.set_text("WB-1")
    with qtbot.waitSignal(board.code_given) as given:
        qtbot.keyClick(board.code.edit, Qt.Key.Key_Return)
    assert given.args == ["WB-1"]
    with qtbot.waitSignal(board.pack_wanted):
        board.show_board(Board((), (a_line(1),)), may_receive=True, may_send=True)
        board.pack.click()


def test_it_is_said_how_far_the_other_end_is(board):
    heard = Correspondent(((NodeId("own"), 812),), "id", 1_795_000_000_000)
    line = replace(a_line(1), heard=heard, node=NodeId("own"))
    board.show_board(Board((), (line,)), may_receive=True, may_send=True)
    told = plain(" ".join(one.text() for one in board._detail.findChildren(Label)))
    assert "our entries up to no. 812" in told
    assert "2026-11-18 11:06" in told
