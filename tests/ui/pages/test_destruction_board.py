"""The board of destruction: what it says of orders, and what can be done with the one shown."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import DestructionCertified, DestructionWithdrawn, Exempted
from tests.helpers.pyres import PRESENT, listed
from ui.pages.destruction_board import DestructionBoard

DONE = DestructionCertified("DC-KLA-26-0001", ("w1", "w2"), (Exempted("w3", "museum"),),
                            "2026-12-01", "Luzira", ("smelting",), PRESENT)  # fmt: skip


@pytest.fixture
def board(light, qtbot):
    made = DestructionBoard()
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    return made


def show(board, *orders, may_destroy=True):
    board.show_listed(orders, may_order=True, may_destroy=may_destroy)


def test_an_order_says_how_far_it_is_and_what_it_came_to(board):
    show(board, listed("o1", 1), listed("o2", 2, 1, ended=DONE))
    (open_,), (ended,) = board.open_ones.lines, board.ended.lines
    assert "1" in open_.at_end
    assert "3" in open_.at_end
    assert "certified" in ended.at_end
    assert board.shown.stands.id == "o1"
    assert board.site.isVisible()
    assert not board.certificate.isVisible()


def test_what_is_done_is_printed_and_what_is_withdrawn_says_why(board, qtbot):
    show(board, listed("o2", 2, 1, ended=DONE))
    assert board.certificate.isVisible()
    assert not board.withdraw.isVisible()
    with qtbot.waitSignal(board.certificate_wanted) as told:
        board.ended.opened.emit("o2")
    assert told.args == ["o2"]
    show(board, listed("o3", ended=DestructionWithdrawn("amnesty")))
    with qtbot.waitSignal(board.list_wanted):
        board.ended.opened.emit("o3")


def test_enter_alone_goes_on_at_the_site_and_a_text_is_looked_up(board, qtbot):
    show(board, listed("o1"))
    with qtbot.waitSignal(board.site_wanted) as told:
        board.scan.submitted.emit()
    assert told.args == ["o1"]
    board.scan.set_text("KB 1")
    with qtbot.waitSignal(board.scanned) as told:
        board.scan.submitted.emit()
    assert told.args == ["KB 1"]
    with qtbot.waitSignal(board.withdraw_wanted):
        board.withdraw.click()


def test_who_may_not_destroy_is_not_sent_to_the_site(board):
    show(board, listed("o1"), may_destroy=False)
    assert not board.site.isVisible()
    show(board)
    assert board.shown is None
