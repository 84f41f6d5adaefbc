from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.theme import Tone
from ui.widgets.button import IconButton
from ui.widgets.chip import Chip
from ui.widgets.topbar import SearchDoor, Status, Topbar


@pytest.fixture
def bar(qtbot, light):
    shown = Topbar()
    qtbot.addWidget(shown)
    shown.resize(900, 54)
    shown.show()
    return shown


def test_the_door_opens_by_press_and_by_key(qtbot, bar):
    door = bar.findChild(SearchDoor)
    assert door.accessibleName() == "Search or type a command"
    for press in (
        lambda: qtbot.mouseClick(door, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(door, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(bar.search_pressed):
            press()


def test_the_state_is_shown_in_words(qtbot, bar):
    bar.show_status([Status("Scanner ready", Tone.OK, "scan-barcode")])
    bar.show_status([Status("Offline · 14 to send", Tone.WARN, "cloud-off")])
    qtbot.waitUntil(
        lambda: (
            [c.text for c in bar.findChildren(Chip) if c.isVisible()] == ["Offline · 14 to send"]
        )
    )


def test_chips_that_are_there_say_it_anew(bar):
    bar.show_status([Status("13 to send", Tone.WARN, "cloud-off")])
    (before,) = bar.findChildren(Chip)
    bar.show_status([Status("All sent", Tone.OK, "cloud")])
    assert bar.findChildren(Chip) == [before]
    assert (before.text, before.accessibleName()) == ("All sent", "All sent")


def test_notices_and_help_are_one_press_away(qtbot, bar):
    notices, help_button = bar.findChildren(IconButton)
    with qtbot.waitSignal(bar.notices_pressed):
        qtbot.mouseClick(notices, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.help_pressed):
        qtbot.mouseClick(help_button, Qt.MouseButton.LeftButton)
