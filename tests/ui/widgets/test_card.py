from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.helpers.readable import faults
from ui.theme import LIGHT, Text, Tone
from ui.widgets.arrange import STRETCH, boxed, column
from ui.widgets.button import Button
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.text import Identifier, Label

pytestmark = pytest.mark.usefixtures("light")


def test_a_card_lies_on_its_ground(qtbot):
    card = Card(column(Label("x")), Ground.INSET)
    qtbot.addWidget(card)
    card.resize(200, 100)
    assert card.grab().toImage().pixelColor(100, 6) == QColor(LIGHT.inset)


def test_a_plate_is_never_mirrored(qtbot, mirrored):
    mark = Identifier("CD 2026", Text.IDENTIFIER_STATION)
    plate = Card(column(mark), Ground.PLATE)
    card = Card(column(Label("x")))
    for widget in (plate, card):
        qtbot.addWidget(widget)
        widget.show()
    assert plate.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert mark.alignment() & Qt.AlignmentFlag.AlignLeft
    assert card.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_a_banner_says_its_message_to_eye_and_ear(qtbot):
    banner = Banner("circle-check", "Marked", "It reads back.", Tone.OK, loud=True)
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "Marked. It reads back."
    title = next(label for label in banner.findChildren(Label) if label.text() == "Marked")
    assert title.font().pixelSize() >= 24


def test_a_banner_changes_its_tone(qtbot):
    banner = Banner("info", "Scan", "", Tone.INFO, Button("Type it"), loud=True)
    qtbot.addWidget(banner)
    banner.resize(400, 100)
    banner.say("triangle-alert", "Wrong weapon", "Nothing was changed.", Tone.BAD)
    assert banner.accessibleName() == "Wrong weapon. Nothing was changed."
    assert banner.grab().toImage().pixelColor(200, 8) == QColor(LIGHT.bad_soft)


@pytest.mark.parametrize("width", [280, 400, 900])
def test_a_banner_has_the_height_of_what_it_says_where_it_stands(qtbot, width):
    banner = Banner("info", "", "", Tone.INFO)
    page = boxed(column(banner, Label("below"), STRETCH))
    qtbot.addWidget(page)
    page.resize(width, 600)
    page.show()
    banner.say("triangle-alert", "Assumed pace", "Nothing was measured here yet. " * 5, Tone.WARN)
    qtbot.waitUntil(lambda: faults(page) == [])
    assert banner.height() <= banner.heightForWidth(banner.width())
    banner.say("triangle-alert", "Assumed pace", "Nothing yet.", Tone.WARN)
    qtbot.waitUntil(lambda: banner.height() <= 70)
