"""Signs that have no character: each drawn, each told apart, each chosen by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.vocabulary import SYMBOLS
from ui.widgets.pictograms import NUMBERED, Pictogram, SignPalette

Key = Qt.Key


def drawn(qtbot, code, number=""):
    sign = Pictogram(code, number)
    qtbot.addWidget(sign)
    return sign.grab().toImage()


def test_every_sign_of_the_list_looks_like_no_other(light, qtbot):
    pictures = [drawn(qtbot, code) for code in ("", *SYMBOLS)]
    different = [one for at, one in enumerate(pictures) if one not in pictures[:at]]
    assert len(different) >= len(pictures)


def test_a_number_stands_inside_those_that_have_one(light, qtbot):
    assert set(SYMBOLS) >= NUMBERED
    for code in NUMBERED:
        assert drawn(qtbot, code, "26") != drawn(qtbot, code)
    assert drawn(qtbot, "star", "26") == drawn(qtbot, "star")


def test_a_sign_is_named_to_who_hears_the_screen(light, qtbot):
    sign = Pictogram("arrow_in_triangle")
    qtbot.addWidget(sign)
    assert sign.accessibleName() == "Arrow in a triangle"


@pytest.fixture
def palette(light, qtbot):
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.show()
    palette = SignPalette(anchor)
    palette.anchor = anchor  # else it goes, and the palette with it
    palette.open_at(anchor, "star")
    return palette


def focused(palette):
    return next(one.code for one in palette._buttons if one is palette.focusWidget())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_arrows_move_and_enter_chooses(palette, qtbot):
    assert focused(palette) == "star"
    qtbot.keyClick(palette, Key.Key_Right)
    assert focused(palette) == "star_in_circle"
    qtbot.keyClick(palette, Key.Key_Down)
    below = focused(palette)
    assert below == SYMBOLS[8]
    qtbot.keyClick(palette, Key.Key_Up)
    with qtbot.waitSignal(palette.chosen) as told:
        qtbot.keyClick(palette, Key.Key_Return)
    assert told.args == ["star_in_circle"]
    assert not palette.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_escape_leaves_it_as_it_was(palette, qtbot):
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.keyClick(palette, Key.Key_Escape)
    assert not palette.isVisible()
