"""The label is drawn to scale on white paper, is chosen by hand, and says what is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from stockpile.domain.facts import Box, LabelElement, LabelLayoutSet
from stockpile.language import plain
from stockpile.services.ports import GreyPicture
from ui.theme import Mode
from ui.widgets.label_preview import LabelPreview

SERIAL = LabelElement("serial", 2_000, 2_000, 40_000, 20_000)
MARK = LabelElement("mark", 10_000, 5_000, 10_000, 5_000)
LAYOUT = LabelLayoutSet("One", "weapon", 60_000, 30_000, (SERIAL, MARK))
BLACK = GreyPicture(60, 30, bytes(1_800))


@pytest.fixture
def preview(light, qtbot):
    made = LabelPreview()
    qtbot.addWidget(made)
    made.resize(500, 240)
    made.show()
    made.show_layout(LAYOUT, 0)
    return made


def test_it_is_to_scale_and_says_its_size_and_what_is_chosen(preview):
    paper = preview._sheet().paper
    assert paper.width() / paper.height() == pytest.approx(2)
    assert plain(preview.accessibleName()) == "Drawing of the label, 60 x 30 mm"
    assert preview.accessibleDescription() == "Serial at 2 mm, 2 mm"


def test_the_smallest_that_lies_under_the_hand_is_chosen(preview, qtbot):
    where = preview._sheet().box(MARK).center().toPoint()
    with qtbot.waitSignal(preview.picked) as told:
        qtbot.mouseClick(preview, Qt.MouseButton.LeftButton, pos=where)
    assert told.args == [1]
    with qtbot.assertNotEmitted(preview.picked):
        qtbot.mouseClick(preview, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))


def test_its_corner_makes_it_larger_in_half_millimetres(preview, qtbot):
    start = preview._handle().center().toPoint()
    qtbot.mousePress(preview, Qt.MouseButton.LeftButton, pos=start)
    with qtbot.waitSignal(preview.resized) as told:
        qtbot.mouseMove(preview, start + QPoint(30, 0))
    assert told.args[0] > 0
    assert told.args[0] % 500 == 0
    assert told.args[1] == 0
    qtbot.mouseRelease(preview, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(preview.resized):
        qtbot.mouseMove(preview, start)


def test_the_print_is_on_white_paper_in_the_dark_too(preview, light):
    light.use(Mode.DARK)
    preview.show_print(None, [], [])
    at = preview._sheet().paper.bottomRight().toPoint() - QPoint(6, 6)
    assert preview.grab().toImage().pixelColor(at).lightness() > 250
    preview.show_print(BLACK, [1], [Box(0, 0, 5_000, 30_000)])
    assert preview.has_picture
    assert preview.grab().toImage().pixelColor(at).lightness() < 60


def test_another_size_takes_the_old_print_away(preview):
    preview.show_print(BLACK, [], [])
    preview.show_layout(LabelLayoutSet("Two", "weapon", 50_000, 30_000), -1)
    assert not preview.has_picture
    assert preview.chosen == -1
    assert preview.accessibleDescription() == ""
