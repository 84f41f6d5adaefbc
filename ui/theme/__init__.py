"""How the program looks: colours, measures, letters and icons, in light and in dark."""

from __future__ import annotations

from ui.theme.colours import DARK, LIGHT, Ink, Tokens, Tone
from ui.theme.icons import icon, paint_icon, pixmap
from ui.theme.letters import Letters, Text, TextStyle, font, load_fonts, style_font
from ui.theme.measures import SMALLEST_WINDOW, USUAL_WINDOW, Height, Radius, Space
from ui.theme.mode import Mode, Theme, colour, tokens

__all__ = [
    "DARK",
    "LIGHT",
    "SMALLEST_WINDOW",
    "USUAL_WINDOW",
    "Height",
    "Ink",
    "Letters",
    "Mode",
    "Radius",
    "Space",
    "Text",
    "TextStyle",
    "Theme",
    "Tokens",
    "Tone",
    "colour",
    "font",
    "icon",
    "load_fonts",
    "paint_icon",
    "pixmap",
    "style_font",
    "tokens",
]
