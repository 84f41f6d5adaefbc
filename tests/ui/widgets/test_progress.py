from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.theme import LIGHT, Ink
from ui.widgets.button import IconButton
from ui.widgets.progress import Meter, Progress, percent
from ui.widgets.text import Label

pytestmark = pytest.mark.usefixtures("light")


def _filled(meter):
    picture = meter.grab().toImage()
    done = QColor(LIGHT.chart1)
    return [x for x in range(picture.width()) if picture.pixelColor(x, 4) == done]


def test_a_meter_fills_from_where_reading_starts(qtbot):
    meter = Meter(0.25, name="Batch")
    qtbot.addWidget(meter)
    meter.resize(100, 8)
    assert max(_filled(meter)) == pytest.approx(24, abs=2)
    meter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert min(_filled(meter)) == pytest.approx(75, abs=2)


@pytest.mark.parametrize(("share", "value"), [(-1, 0), (0.5, 500), (7, 1000)])
def test_a_share_stays_within_the_whole(qtbot, share, value):
    meter = Meter(share)
    qtbot.addWidget(meter)
    assert meter.value() == value
    meter.show_share(1.0, Ink.CHART2)
    assert meter.value() == 1000


def test_a_work_says_how_far_it_is(qtbot):
    progress = Progress("Printing labels")
    qtbot.addWidget(progress)
    progress.show_step(30, 120)
    texts = {label.text() for label in progress.findChildren(Label)}
    assert texts == {"Printing labels", percent(0.25)}
    progress.show_step(31, 0, "Counting")
    assert {label.text() for label in progress.findChildren(Label)} == {"Counting", "31"}


def test_a_work_can_be_stopped_once(qtbot):
    progress = Progress("Printing labels")
    qtbot.addWidget(progress)
    progress.show()
    button = progress.findChild(IconButton)
    with qtbot.waitSignal(progress.cancelled):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isEnabled()
    assert "Stopping…" in {label.text() for label in progress.findChildren(Label)}


def test_what_cannot_be_stopped_offers_nothing(qtbot):
    progress = Progress("Sealing", can_cancel=False)
    qtbot.addWidget(progress)
    progress.show()
    assert not progress.findChild(IconButton).isVisible()
