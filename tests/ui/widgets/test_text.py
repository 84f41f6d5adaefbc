from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from ui.theme import LIGHT, Ink, Text
from ui.widgets.text import Identifier, Label, ShortLabel, card_title, page_title, secondary

pytestmark = pytest.mark.usefixtures("light")


def _ink(label):
    label.ensurePolished()
    return label.palette().color(QPalette.ColorRole.WindowText).name().upper()


def test_a_label_is_drawn_in_its_ink_and_in_another(qtbot):
    label = Label("Make", Text.SECONDARY, Ink.MUTED)
    qtbot.addWidget(label)
    assert _ink(label) == LIGHT.text3
    label.set_ink(Ink.BAD)
    assert _ink(label) == LIGHT.bad
    assert label.font().pixelSize() == 12


def test_a_label_never_reads_markup(qtbot):
    label = Label("<b>KB</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_latin_words_stand_where_reading_starts(qtbot):
    label = Label("Izhmash")
    qtbot.addWidget(label)
    assert label.alignment() & Qt.AlignmentFlag.AlignLeft
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert label.alignment() & Qt.AlignmentFlag.AlignRight
    assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_a_centred_label_stays_centred(qtbot, mirrored):
    label = Label("x", alignment=Qt.AlignmentFlag.AlignHCenter)
    qtbot.addWidget(label)
    assert label.alignment() & Qt.AlignmentFlag.AlignHCenter


def test_an_identifier_is_isolated_for_the_eye_only(qtbot):
    serial = Identifier("7.62x39")
    qtbot.addWidget(serial)
    assert serial.text() == "\u20667.62x39\u2069"
    assert serial.accessibleName() == "7.62x39"
    serial.show_text("KB1")
    assert serial.accessibleName() == "KB1"


def test_a_short_label_gives_way_and_tells_the_rest(qtbot):
    label = ShortLabel("A place with a very long name indeed", Text.BODY, Ink.TEXT)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert label.minimumSizeHint().width() <= 24
    assert label.toolTip() == "A place with a very long name indeed"
    before = label.grab().toImage()
    label.set_ink(Ink.BAD)
    assert label.grab().toImage() != before
    label.resize(600, 20)
    label.grab()
    assert label.toolTip() == ""


def test_titles_have_their_sizes(qtbot):
    sizes = []
    for label in (page_title("a"), card_title("b"), secondary("c")):
        qtbot.addWidget(label)
        sizes.append(label.font().pixelSize())
    assert sizes == [20, 15, 12]
