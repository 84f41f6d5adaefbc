from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.helpers.readable import displayed, faults, tongue
from ui.sounds import Sound, player
from ui.theme import LIGHT
from ui.widgets.scan_result import Answer, Outcome, Result, ScanResult
from ui.widgets.text import Label

__all__ = ["tongue"]

pytestmark = pytest.mark.usefixtures("light")

MISPLACED = Result(
    Outcome.MISPLACED,
    "Belongs in another rack",
    "M70-118204",
    "On record in A12-05.",
    (Answer("move", "Move the record here", "truck", "F8"), Answer("leave", "Leave it")),
)


@pytest.fixture
def banner(qtbot):
    made = ScanResult()
    displayed(made, qtbot, 900, 140)
    return made


@pytest.fixture
def heard(qapp):
    sounds = []
    player().played.connect(sounds.append)
    yield sounds
    player().played.disconnect(sounds.append)


def test_a_result_is_told_to_eye_and_ear(banner, heard):
    banner.show_result(MISPLACED)
    assert heard == [Sound.MISPLACED]
    assert banner.accessibleName() == "Belongs in another rack. M70-118204. On record in A12-05."
    title = next(one for one in banner.findChildren(Label) if one.text() == MISPLACED.title)
    assert title.font().pixelSize() >= 24
    assert banner.grab().toImage().pixelColor(450, 8) == QColor(LIGHT.warn_soft)


def test_every_outcome_of_a_count_has_its_own_sign_and_sound():
    counting = (Outcome.FOUND, Outcome.TWICE, Outcome.MISPLACED, Outcome.UNEXPECTED)
    assert len({one.value.icon for one in counting}) == 4
    assert len({one.value.sound for one in counting}) == 4


def test_what_can_be_done_is_pressed_and_goes_with_the_next_scan(banner, qtbot):
    banner.show_result(MISPLACED)
    first, second, third = (line.button for line in banner._answers)
    assert not third.isVisible()
    assert first.isVisible()
    assert second.isVisible()
    with qtbot.waitSignal(banner.answered) as told:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told.args == ["leave"]
    banner.show_result(Result(Outcome.FOUND, "Found", "KB1"))
    assert not first.isVisible()
    assert not second.isVisible()


def test_a_wish_for_a_scan_and_what_is_shown_again_are_silent(banner, heard):
    banner.show_result(Result(Outcome.WAITING, "Scan a rack"))
    banner.show_result(MISPLACED, silent=True)
    assert heard == []
    assert banner.result is MISPLACED


def test_everybody_can_use_it(banner, tongue):
    banner.show_result(MISPLACED)
    assert faults(banner) == []
