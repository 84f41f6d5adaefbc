from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.theme import LIGHT, Tone
from ui.widgets.chip import Chip, chip_width

pytestmark = pytest.mark.usefixtures("light")


def _shown(qtbot, chip, width=None):
    qtbot.addWidget(chip)
    chip.resize(width or chip.sizeHint().width(), 24)
    return chip.grab().toImage()


@pytest.mark.parametrize("tone", list(Tone))
def test_a_chip_has_the_soft_fill_of_its_tone_and_a_dot_of_its_ink(qtbot, tone):
    picture = _shown(qtbot, Chip("In store", tone))
    assert picture.pixelColor(picture.width() // 2, 2) == QColor(tone.fill(LIGHT))
    dot = QColor(getattr(LIGHT, tone.ink.value))
    assert any(picture.pixelColor(x, 12) == dot for x in range(8, 15))


def test_the_dot_stands_where_reading_starts(qtbot, mirrored):
    picture = _shown(qtbot, Chip("صالح", Tone.OK))
    ink, width = QColor(LIGHT.ok), picture.width()
    assert any(picture.pixelColor(x, 12) == ink for x in range(width - 15, width - 8))


def test_a_chip_says_its_word_and_all_of_it_when_it_is_short(qtbot):
    chip = Chip("\u2066A12-04\u2069 not found anywhere", Tone.BAD)
    _shown(qtbot, chip, 60)
    assert chip.accessibleName() == "A12-04 not found anywhere"
    assert chip.toolTip() == chip.accessibleName()
    _shown(qtbot, chip)
    assert chip.toolTip() == ""


def test_another_status_takes_another_width(qtbot):
    chip = Chip("OK", Tone.OK, icon="scan-barcode")
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()
    chip.show_status("Scanner lost", Tone.BAD)
    assert chip.text == "Scanner lost"
    assert chip.sizeHint().width() > before
    assert chip_width("x", icon=True, dot=False) > chip_width("x", dot=False)
