"""The weapon at the bench, its plate, and the one button that starts the machine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import SchemeSet, SchemeWord
from stockpile.domain.laying_out import lay_out
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.language import plain
from stockpile.services.marking import WorkOrder
from stockpile.services.ports import RegisterRow
from stockpile.services.scanning import Scanned
from tests.helpers.readable import bare, displayed, faults
from ui.pages.marking_hero import MarkingHero
from ui.view_models.marking_bench import Bench, Plan, Preview
from ui.view_models.marking_state import Stage, State

Key = Qt.Key
WEAPON = RegisterRow(
    "w1", "N-7", "KB4471902", "", "ASR", "Izhmash", "AKM", "7.62x39 mm", "serviceable",
    "in_store", "Rack 01", "", 0,
)  # fmt: skip
NEXT = "UG 26 000124"
READY = State(Stage.READY, WEAPON, text=NEXT)
SCHEME = SchemeSet("Import mark", "{iso2} {yy} {seq}")
PLAN = Plan("Bench 1", words=(SchemeWord("force", "POL", "Police"),), position="left")


def shown(qtbot, state=READY, *, may_mark=True, left=876, **how):
    hero = MarkingHero()
    hero.show_plan(PLAN, Bench(scheme=SCHEME, left=left))
    displayed(hero, qtbot, 770, 320)
    hero.show_state(state, may_mark=may_mark, **how)
    return hero


def drawn(text=NEXT):
    layout = STANDARD_LAYOUT
    return Preview(text, lay_out(layout, text), layout)


def words(hero):
    return [
        plain(one.text())
        for one in (hero._caption, hero._serial, hero._about, hero._plate_caption, hero._plate)
    ]


def test_what_is_wrong_with_the_label_stands_above_the_weapon(light, qtbot):
    void = Scanned("weapon", "K5RET0H2MCPZ0", label="void", replaced=1_790_000_000_000)
    hero = shown(qtbot, replace(READY, wrong_label=void))
    assert "take it off and destroy it" in plain(hero.label.accessibleName())
    hero.show_state(READY, may_mark=True)
    assert not hero.label.isVisible()


def test_before_the_start_the_weapon_and_the_next_mark_are_shown(light, qtbot):
    hero = shown(qtbot)
    assert words(hero) == [
        "At the bench", "KB4471902", "AKM · 7.62x39 mm · Izhmash · Rack 01", "Next mark", NEXT,
    ]  # fmt: skip
    assert hero._condition.text == "Serviceable"
    assert plain(hero._how.text()) == "Bench 1 · Import mark · Police · Receiver · On the left"
    assert plain(hero._left.text()) == "876 numbers are left."
    assert hero.mark.isEnabled()


def test_while_nothing_is_at_the_bench_nothing_is_shown(light, qtbot):
    assert shown(qtbot, State()).isHidden()


def test_what_is_not_known_of_a_weapon_is_not_made_up(light, qtbot):
    bare_row = replace(
        WEAPON, serial="", calibre="", make="", model="", type="", place="", condition="unknown"
    )
    hero = shown(qtbot, State(Stage.READY, bare_row, text=NEXT))
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
    assert not hero.setup.isEnabled()
    qtbot.mouseClick(hero.mark, Qt.MouseButton.LeftButton)
    qtbot.keyClick(hero.mark, Key.Key_Return)
    assert started == []


@pytest.mark.parametrize("stage", [Stage.DOUBT, Stage.WRONG, Stage.READ_BACK, Stage.VERIFIED])
def test_after_the_run_there_is_no_start_in_sight(light, qtbot, stage):
    hero = shown(qtbot, State(stage, WEAPON, "j1", "UG 26 000123"))
    assert words(hero)[3:] == ["Mark", "UG 26 000123"]
    assert not hero.mark.isVisible()


@pytest.mark.parametrize(("text", "may_mark"), [("", True), (NEXT, False)])
def test_without_a_number_or_the_right_it_cannot_be_started(light, qtbot, text, may_mark):
    hero = shown(qtbot, replace(READY, text=text), may_mark=may_mark)
    assert not hero.mark.isEnabled()
    assert plain(hero._plate.text()) == (text or "–")


def test_the_drawing_stands_beside_its_own_text_alone(light, qtbot):
    hero = shown(qtbot)
    assert not hero._preview.isVisible()
    hero.show_preview(drawn())
    assert hero._preview.isVisible()
    hero.show_state(State(Stage.READY, WEAPON, text="UG 26 000125"), may_mark=True)
    assert not hero._preview.isVisible()
    hero.show_state(READY, may_mark=True, drawn=False)
    assert not hero._preview.isVisible()
    hero.show_state(READY, may_mark=True)
    hero.show_preview(None)
    assert not hero._preview.isVisible()


def test_who_reads_the_metal_unseen_is_shown_no_text(light, qtbot):
    hero = shown(qtbot, State(Stage.BLIND, WEAPON, "j1", NEXT), hidden=True)
    hero.show_preview(drawn())
    assert NEXT not in words(hero)
    assert words(hero)[3] == "Read the metal, not the screen"
    assert not hero._preview.isVisible()


def test_a_work_order_says_what_to_type_at_the_machine(light, qtbot):
    order = WorkOrder(NEXT, "", "receiver", "")
    hero = shown(qtbot, State(Stage.READ_BACK, WEAPON, "j1", NEXT, work_order=order))
    assert words(hero)[3:] == ["Type this at the machine", NEXT]


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


def test_another_set_up_is_asked_for(light, qtbot):
    hero = shown(qtbot)
    with qtbot.waitSignal(hero.setup_pressed):
        qtbot.mouseClick(hero.setup, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("state", [READY, State(Stage.MARKING, WEAPON, "j1", NEXT)])
def test_everybody_can_use_it(tongue, qtbot, state):
    hero = shown(qtbot, state)
    hero.show_preview(drawn())
    assert faults(hero) == []
    assert bare(hero, "KB4471902", "7.62x39 mm", "Izhmash", "Rack 01", NEXT) == []
