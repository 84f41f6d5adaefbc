"""The head of a weapon's page: what it is and what can be done with it."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtGui import QGuiApplication

from tests.helpers.readable import displayed, faults
from ui.pages.weapon_head import WeaponHead
from ui.view_models.weapon_file import WeaponFileModel


@pytest.fixture
def head(tongue, seat, qtbot):
    model = WeaponFileModel(*seat.made_with)
    head = WeaponHead(model)
    model.shown.connect(head.show_file)
    displayed(head, qtbot, 760, 90)
    with qtbot.waitSignal(model.shown):
        model.show(seat.register("KB 4471902"))
    return head


def acts(head):
    return [one.text() for one in head.menu().actions() if one.text()]


def test_everything_is_read_whole(head):
    assert faults(head) == []


def test_the_serial_is_copied_plain(head):
    head.copy_serial()
    assert QGuiApplication.clipboard().text() == "KB 4471902"


def test_each_act_of_the_menu_is_told_by_its_name(head):
    told = []
    head.act_wanted.connect(told.append)
    menu = head.menu()
    for action in menu.actions():
        action.trigger()
    assert {"move", "mark", "inspect", "repair", "kit", "safety", "marks", "label",
            "label_how", "export", "merge", "withdraw", "report_loss", "deactivate",
            "destroy", "request_trace"} == set(told)  # fmt: skip


def test_a_withdrawn_record_can_only_be_put_back_or_printed(head, seat, qtbot):
    weapon, by = head._model.weapon, seat.session.officer
    withdraw = partial(seat.stockpile.correcting.withdraw, [weapon], "typed twice", by=by)
    before = len(acts(head))
    with qtbot.waitSignal(head._model.shown):
        seat.write(lambda: (withdraw(), None))
    assert len(acts(head)) == 4
    assert before > 4
    assert not head._correct.isEnabled()
