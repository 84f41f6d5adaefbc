"""The head of a layout's figures: its problems are counted, and nothing is lost unasked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from tests.helpers.readable import faults
from ui.pages.settings_drawing_board import DrawingBoard, may_leave_layout
from ui.widgets.button import Button
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice
from ui.widgets.text import secondary


@pytest.fixture
def board(light, qtbot):
    drawn = (secondary("drawn"),)
    made = DrawingBoard("Layout", Button("New"), drawn, Button("Print…"), "Not you.")
    qtbot.addWidget(made)
    made.resize(640, 320)
    made.show()
    return made


def test_the_first_problems_are_said_and_the_rest_is_counted(board):
    board.show_problems(["too wide", "too high", "too deep", "too near"], "all is well")
    assert board.problems == ("too wide", "too high", "and 2 more")
    board.show_problems([], "all is well")
    assert board.problems == ("all is well",)
    board.show_unread("a figure is none")
    assert board.problems == ("a figure is none",)
    assert faults(board) == []


def test_who_may_not_keep_is_told_before_and_an_act_is_said_until_the_next(board):
    board.show_right(may_keep=False)
    assert board._right.isVisible()
    assert not board.keep.isEnabled()
    board.say("kept")
    assert board.said == "kept"
    board.say("")
    assert not board._said.isVisible()


def test_a_layout_that_is_not_kept_yet_has_no_name(board):
    board.offer([Choice("a", "A")], "")
    assert board.layout_.value() == ""


@pytest.mark.parametrize("answer", [True, False])
def test_what_was_changed_is_left_only_when_somebody_says_so(qtbot, monkeypatch, answer):
    asking = QWidget()
    qtbot.addWidget(asking)
    monkeypatch.setattr(ConfirmDialog, "exec", lambda _self: answer)
    assert may_leave_layout(asking, is_changed=True) is answer
    assert may_leave_layout(asking, is_changed=False)
