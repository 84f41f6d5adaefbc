"""The weapon at the bench, its plate, and the one button that starts the machine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.language import plain
from stockpile.services.ports import RegisterRow
from tests.helpers.readable import bare, displayed, faults
from ui.pages.marking_hero import MarkingHero
from ui.view_models.marking import Stage, State

Key = Qt.Key
WEAPON = RegisterRow(
    "w1", "N-7", "KB4471902", "", "ASR", "Izhmash", "AKM", "7.62x39 mm", "serviceable",
    "in_store", "Rack 01", "", 0,
)  # fmt: skip
READY = State(Stage.READY, WEAPON)
NEXT = "UG 26 000124"


def shown(qtbot, state=READY, *, next_text=NEXT, may_mark=True, left=1876):
    hero = MarkingHero()
    hero.show_machines(["Bench 1", "Bench 2"], "Bench 1")
    hero.show_left(left)
    displayed(hero, qtbot, 770, 320)
    hero.show_state(state, next_text, may_mark=may_mark)
    return hero


def words(hero):
    return [
        plain(one.text())
        for one in (hero._caption, hero._serial, hero._about, hero._plate_caption, hero._plate)
    ]


def test_before_the_start_the_weapon_and_the_next_mark_are_shown(light, qtbot):
    hero = shown(qtbot)
    assert words(hero) == [
        "At the bench", "KB4471902", "AKM · 7.62x39 mm · Izhmash · Rack 01", "Next mark", NEXT,
    ]  # fmt: skip
    assert hero._condition.text == "Serviceable"
    assert "1,876 numbers are left" in plain(hero._left.text())
    assert hero.mark.isEnabled()


def test_while_nothing_is_at_the_bench_nothing_is_shown(light, qtbot):
    assert shown(qtbot, State()).isHidden()


def test_what_is_not_known_of_a_weapon_is_not_made_up(light, qtbot):
    bare_row = replace(
        WEAPON, serial="", calibre="", make="", model="", type="", place="", condition="unknown"
    )
    hero = shown(qtbot, State(Stage.READY, bare_row))
    assert words(hero)[1:3] == ["N-7", "Model unknown"]
    assert hero._condition.text


def test_a_run_under_way_shows_what_is_being_marked_and_cannot_be_started_again(light, qtbot):
    hero = shown(qtbot, State(Stage.MARKING, WEAPON, "j1", NEXT))
    started = []
    hero.mark_pressed.connect(lambda: started.append(1))
    assert words(hero)[0] == "Now marking"
    assert words(hero)[3:] == ["Mark", NEXT]
    assert hero.mark.is_busy
    assert hero.mark.accessibleName() == "Marking…"
    assert not hero.machine.isEnabled()
    qtbot.mouseClick(hero.mark, Qt.MouseButton.LeftButton)
    qtbot.keyClick(hero.mark, Key.Key_Return)
    assert started == []


@pytest.mark.parametrize("stage", [Stage.DOUBT, Stage.WRONG, Stage.READ_BACK, Stage.VERIFIED])
def test_after_the_run_there_is_no_start_in_sight(light, qtbot, stage):
    hero = shown(qtbot, State(stage, WEAPON, "j1", "UG 26 000123"))
    assert words(hero)[3:] == ["Mark", "UG 26 000123"]
    assert not hero.mark.isVisible()


@pytest.mark.parametrize(("next_text", "may_mark"), [("", True), (NEXT, False)])
def test_without_a_number_or_the_right_it_cannot_be_started(light, qtbot, next_text, may_mark):
    hero = shown(qtbot, next_text=next_text, may_mark=may_mark)
    assert not hero.mark.isEnabled()
    assert plain(hero._plate.text()) == (next_text or "–")


def test_one_number_left_is_said_as_one(light, qtbot):
    assert "1 number is left" in plain(shown(qtbot, left=1)._left.text())


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_the_start_goes_by_key(light, qtbot, key):
    hero = shown(qtbot)
    hero.mark.setFocus()
    with qtbot.waitSignal(hero.mark_pressed):
        qtbot.keyClick(hero.mark, key)


def test_the_start_goes_by_click(light, qtbot):
    hero = shown(qtbot)
    with qtbot.waitSignal(hero.mark_pressed):
        qtbot.mouseClick(hero.mark, Qt.MouseButton.LeftButton)


def test_another_machine_is_chosen_by_key(light, qtbot):
    hero = shown(qtbot)
    assert hero.machine.value() == "Bench 1"
    line = hero.machine.box.lineEdit()
    line.selectAll()
    with qtbot.waitSignal(hero.machine_chosen) as said:
        qtbot.keyClicks(line, "Bench 2")
    assert said.args == ["Bench 2"]
    line.selectAll()
    told = []
    hero.machine_chosen.connect(told.append)
    qtbot.keyClicks(line, "Bench")
    assert told == []  # what names no machine chooses none


@pytest.mark.parametrize("state", [READY, State(Stage.MARKING, WEAPON, "j1", NEXT)])
def test_everybody_can_use_it(tongue, qtbot, state):
    hero = shown(qtbot, state)
    assert faults(hero) == []
    assert bare(hero, "KB4471902", "7.62x39 mm", "Izhmash", "Rack 01", NEXT) == []
