"""The plan of a room: tiles where they stand, walked by arrow keys, carried with Ctrl."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from ui.theme import Tone, tokens
from ui.widgets.floor_plan import FloorPlan, Tile

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def tile(number, across, down, **said):
    look = {"said": "2 free", "share": 0.9, "tone": Tone.GREY} | said
    return Tile(f"r{number}", f"Rack {number}", "rows-3", "18 / 20", across=across, down=down,
                **look)  # fmt: skip


@pytest.fixture
def plan(light, qtbot):
    plan = FloorPlan("Plan")
    qtbot.addWidget(plan)
    plan.resize(600, 400)
    plan.show_tiles([tile(1, 1, 1), tile(2, 2, 1), tile(3, 3, 1), tile(4, 1, 2)])
    with qtbot.waitActive(plan):
        plan.show()
        plan.activateWindow()
    plan.choose("r1")
    plan.focus_tile()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is plan._tiles["r1"])
    return plan


def press(plan, qtbot, key, modifier=Modifier.NoModifier):
    qtbot.keyClick(plan._tiles[plan.current], key, modifier)


def test_arrows_walk_to_the_next_tile_that_way(plan, qtbot):
    walked = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Left,
                Key.Key_Up):  # fmt: skip
        press(plan, qtbot, key)
        walked.append(plan.current)
    assert walked == ["r2", "r3", "r3", "r4", "r4", "r1"]
    assert plan._tiles["r1"].hasFocus()


def test_where_reading_starts_right_the_left_arrow_goes_on(plan, qtbot):
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        press(plan, qtbot, Key.Key_Left)
        assert plan.current == "r2"
        with qtbot.waitSignal(plan.moved) as told:
            press(plan, qtbot, Key.Key_Left, Modifier.ControlModifier)
        assert told.args == ["r2", 3, 1]
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_ctrl_carries_a_tile_but_not_off_the_plan(plan, qtbot):
    with qtbot.waitSignal(plan.moved) as told:
        press(plan, qtbot, Key.Key_Down, Modifier.ControlModifier)
    assert told.args == ["r1", 1, 2]
    with qtbot.assertNotEmitted(plan.moved):
        press(plan, qtbot, Key.Key_Up, Modifier.ControlModifier)


def test_enter_and_a_press_open_and_letters_go_to_the_scanner(plan, qtbot):
    with qtbot.waitSignal(plan.opened) as told:
        press(plan, qtbot, Key.Key_Return)
    assert told.args == ["r1"]
    with qtbot.waitSignal(plan.opened) as told:
        plan._tiles["r4"].click()
    assert told.args == ["r4"]
    heard = []
    plan.keyPressEvent = lambda event: heard.append(event.text())
    press(plan, qtbot, Key.Key_K)
    assert plan.current == "r1"


def test_tiles_that_stay_are_the_same_and_say_what_is_new(plan):
    before = plan._tiles["r1"]
    plan.show_tiles([tile(1, 1, 1, said="full"), tile(2, 2, 1), tile(3, 3, 1), tile(4, 1, 2)])
    assert plan._tiles["r1"] is before
    assert before.accessibleName() == "Rack 1. 18 / 20. full"
    plan.show_tiles([tile(2, 1, 1)])
    assert (plan.current, [one.key for one in plan.tiles]) == ("r2", ["r2"])
    plan.choose("nowhere")
    assert plan.current == "r2"


def test_a_rack_that_is_too_full_is_seen_by_its_ground_and_its_words(plan):
    def colours(one):
        image = plan._tiles[one].grab().toImage()
        return {image.pixelColor(x, 60).name() for x in range(4, image.width() - 4)}

    calm = colours("r2")
    plan.show_tiles([tile(1, 1, 1), tile(2, 2, 1, share=1.2, tone=Tone.BAD, said="4 too many"),
                     tile(3, 3, 1), tile(4, 1, 2)])  # fmt: skip
    assert tokens().bad_soft.lower() in colours("r2") - calm
    assert "4 too many" in plan._tiles["r2"].accessibleName()


def test_tiles_share_the_width_and_leave_none_that_a_tile_would_fit_in(plan):
    for width in (300, 520, 700, 1000):
        plan.resize(width, 400)
        fields, tile_ = plan.fields_across, plan._tiles["r1"]
        taken = fields * (tile_.width() + 8)
        assert taken <= width
        assert width - taken < 168
