from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from ui.theme.colours import DARK, LIGHT, Ink, Tone
from ui.theme.sheet import palette, style_sheet


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_sheet_is_whole(tokens):
    sheet = style_sheet(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert all(f'QLabel[ink="{ink.value}"]' in sheet for ink in Ink)
    assert all(f'QFrame[tone="{tone.value}"]' in sheet for tone in Tone)


def test_the_two_themes_differ():
    assert style_sheet(LIGHT) != style_sheet(DARK)


def test_the_palette_says_the_same_as_the_tokens(qapp):
    made = palette(DARK)
    assert made.color(QPalette.ColorRole.Window) == QColor(DARK.bg)
    assert made.color(QPalette.ColorRole.Highlight) == QColor(DARK.accent)
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(DARK.text3)
