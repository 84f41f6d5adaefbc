from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.theme import Tone
from ui.widgets.status_line import LOUD, QUIET, StatusLine


@pytest.fixture
def line(light, qtbot):
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(500, QUIET)
    made.show()
    return made


def test_it_says_its_sentence_and_whoever_hovers_reads_more(line):
    line.say("The centre has heard up to no. 3.", "cloud-check", Tone.OK, "No route.")
    assert line.accessibleName() == "The centre has heard up to no. 3."
    assert line.toolTip().endswith("\nNo route.")
    assert (line.height(), line.tone) == (QUIET, Tone.OK)


def test_what_is_wrong_has_room_for_two_lines_and_another_ground(line):
    line.say("Quiet", "database", Tone.GREY)
    before = line.grab().toImage()
    line.say("This stockpile is an old copy of itself. " * 3, "shield-alert", Tone.BAD)
    assert line.height() == LOUD
    assert line.grab().toImage().pixelColor(250, 2) != before.pixelColor(250, 2)


def test_it_is_pressed_by_mouse_and_by_key(line, qtbot):
    pressed = []
    line.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert pressed == [1, 1]
