"""A machine is tried out step by step before it cuts a weapon, and the coupon is measured."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.errors import OfficerNotAuthorised
from stockpile.domain.facts import CommissionCheck, Commissioning, MachineSet
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.settings_commissioning import CommissioningView
from ui.view_models.settings import SettingsModel

Key = Qt.Key
NARROW = 520
BENCH = MachineSet("Bench 1", "tl07", "COM4", "STOCKPILE.tml")


@pytest.fixture
def view(seat, qtbot):
    return shown(seat, qtbot)


def shown(seat, qtbot, machine=BENCH, *, may=True):
    by = seat.session.officer
    seat.on_books(lambda: seat.stockpile.marking.set_machine(machine, by=by))
    model = SettingsModel(*seat.made_with)
    with qtbot.waitSignal(model.came):
        model.start()
    view = CommissioningView(model.machines)
    view.settings = model
    displayed(view, qtbot, NARROW, 3000)
    view.open(machine, may=may)
    return view


def press(view, qtbot, step, result):
    row = next(one for one in view.rows if one.step == step)
    qtbot.keyClick(row.result._parts[result], Key.Key_Space)
    return row


def test_a_machine_that_was_not_tried_begins_with_ten_open_steps(view):
    assert [row.step for row in view.rows] == list(range(1, 11))
    assert {row.result.current for row in view.rows} == {"not_done"}
    assert view.on.text()
    assert "0 of 10" in plain(view.verdict.accessibleName())


@pytest.mark.parametrize(
    ("driver", "steps"),
    [("sic", 9), ("couth", 9), ("by_hand", 4), ("keyence", 10)],
)
def test_a_machine_is_not_asked_for_what_it_cannot_say(seat, qtbot, driver, steps):
    assert len(shown(seat, qtbot, replace(BENCH, driver=driver)).rows) == steps


def test_all_that_was_found_out_is_put_on_record(view, seat, qtbot):
    for step in range(1, 11):
        press(view, qtbot, step, "passed")
    row = press(view, qtbot, 4, "failed")
    qtbot.keyClicks(row.seen, "it marked twice")
    for field, text in (
        (view.firmware, "2.12"), (view.material, "steel"), (view.gauge, "Mitutoyo 5512"),
        (view.letter_height, "1,8"), (view.cut_depth, "0.09"),
    ):  # fmt: skip
        qtbot.keyClicks(field.edit, text)
    view.remarks.set_text("dry")
    assert "A step failed" in view.verdict.accessibleName()
    with qtbot.waitSignal(view.ended):
        qtbot.keyClick(view.save, Key.Key_Space)
    kept = seat.on_books(lambda: seat.stockpile.marking.machine("Bench 1"))
    said = kept.commissioning
    assert (said.firmware, said.material, said.gauge, said.remarks) == (
        "2.12", "steel", "Mitutoyo 5512", "dry",
    )  # fmt: skip
    assert (said.height_um, said.depth_nm) == (1800, 90_000)
    assert said.checks[3] == CommissionCheck(4, "failed", "it marked twice")
    assert kept.witness_proven


def test_what_is_on_record_is_gone_on_with(seat, qtbot):
    said = Commissioning(
        "2026-11-20", "2.12", (CommissionCheck(2, "passed", "cleared"),), "steel", 1800, 76_200
    )
    view = shown(seat, qtbot, replace(BENCH, commissioning=said))
    assert (view.on.text(), view.firmware.text(), view.material.text()) == (
        "2026-11-20", "2.12", "steel",
    )  # fmt: skip
    assert (view.letter_height.text(), view.cut_depth.text()) == ("1.8", "0.0762")
    assert view.rows[1].result.current == "passed"
    assert view.rows[1].seen.text() == "cleared"
    assert view.said().checks[1] == said.checks[0]


@pytest.mark.parametrize(
    ("height", "depth", "low", "shallow"),
    [("1.59", "0.0761", True, True), ("1.6", "0.0762", False, False)],
)
def test_a_mark_below_the_law_is_said_as_it_is_typed(view, qtbot, height, depth, low, shallow):
    qtbot.keyClicks(view.letter_height.edit, height)
    qtbot.keyClicks(view.cut_depth.edit, depth)
    assert ("2019/68" in view.letter_height.message) is low
    assert ("2019/68" in view.cut_depth.message) is shallow
    assert ("too small" in view.verdict.accessibleName()) is (low or shallow)


@pytest.mark.parametrize("name", ["letter_height", "cut_depth"])
def test_a_length_that_is_none_is_said_and_nothing_is_recorded(view, qtbot, name):
    field = getattr(view, name)
    qtbot.keyClicks(field.edit, "deep")
    assert "millimetres" in field.message
    view.save.click()
    assert field.edit.hasFocus()
    assert not view.save.is_busy


def test_f5_puts_it_on_record(view, qtbot):
    view.remarks.setFocus(Qt.FocusReason.OtherFocusReason)
    with qtbot.waitSignal(view.ended):
        qtbot.keyClick(view.remarks.edit, Key.Key_F5)


def test_without_the_right_it_can_be_read_and_not_recorded(seat, qtbot):
    view = shown(seat, qtbot, may=False)
    assert not view.save.isEnabled()
    qtbot.keyClick(view.remarks.edit, Key.Key_F5)
    assert not view.save.is_busy


def test_a_refusal_is_said_at_the_top(view):
    view.settings.machines.commission_refused.emit(OfficerNotAuthorised("C", "set_machine"))
    assert "Not on record" in view.verdict.accessibleName()


def test_everybody_can_use_it(seat, tongue, qtbot):
    view = shown(seat, qtbot)
    qtbot.keyClicks(view.letter_height.edit, "1.5")
    press(view, qtbot, 3, "failed")
    assert faults(view) == []
