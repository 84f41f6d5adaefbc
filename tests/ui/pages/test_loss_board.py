"""The board of losses: what it says of reports, of what came back, and of the list."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import WeaponLost
from stockpile.services.hot_list import HeldList
from stockpile.services.losses import OpenReport, Overview
from ui.pages.loss_board import LossBoard
from ui.view_models.losses import Board
from ui.widgets.text import Label

DAY = 86_400_000
NOW = 1_800_000_000_000


def a_report(number, *, at=NOW - 3 * DAY, is_sent=True):
    return OpenReport(number, WeaponLost("stolen", "lock forced"), at, None, (), is_sent)


def a_board(*reports, lists=()):
    return Board(Overview(reports, (), 0, lists), (), "site", NOW)


@pytest.fixture
def board(light, qtbot):
    made = LossBoard()
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    return made


def show(board, *reports, lists=(), may_recover=True):
    board.show_board(a_board(*reports, lists=lists), may_report=True, may_recover=may_recover)


def test_a_report_says_how_long_it_is_open_once_it_is_sent(board):
    show(board, a_report("LR-2"), a_report("LR-1", is_sent=False))
    first, second = board.reports.lines
    assert "3" in first.at_end
    assert "sent" in second.at_end
    assert board.shown.number == "LR-2"


def test_nothing_lost_says_so_and_offers_nothing(board):
    show(board)
    assert board.shown is None
    assert not board._acts.isVisible()
    said = [one.text() for one in board.findChildren(Label) if one.isVisible()]
    assert "Nothing is reported lost or stolen." in said


def test_the_list_tells_its_age(board):
    show(board)
    without = board._list_said.text()
    fresh = HeldList("r", 1, NOW - DAY, 12, 40, 4_000)
    show(board, lists=(fresh,))
    good = board._list_said.text()
    show(board, lists=(HeldList("r", 1, NOW - 8 * DAY, 12, 40, 4_000),))
    assert len({without, good, board._list_said.text()}) == 3


def test_what_was_read_of_others_losses_is_told_until_it_was_asked_for(board):
    fresh = HeldList("r", 1, NOW - DAY, 12, 40, 4_000)
    told = []
    for finds in (0, 3):
        held = Board(Overview((), (), 0, (fresh,), finds), (), "site", NOW)
        board.show_board(held, may_report=True, may_recover=True)
        told.append(" ".join(label.text() for label in board._list.findChildren(Label)))
    assert len(told[1]) > len(told[0])
    assert "3" in told[1].replace(told[0], "")


def test_the_acts_are_about_the_report_under_the_cursor(board):
    show(board, a_report("LR-2"), a_report("LR-1"))
    asked = []
    for signal in (board.print_wanted, board.amend_wanted, board.recover_wanted):
        signal.connect(lambda report: asked.append(report.number))
    board.reports.setCurrentIndex(board.reports.rows.index(1))
    for button in (board.print, board.amend, board.recover):
        button.click()
    assert asked == ["LR-1"] * 3
    show(board, a_report("LR-1"), may_recover=False)
    assert not board.recover.isVisible()
