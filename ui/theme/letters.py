"""The letters of the program: shipped fonts only, one scale of sizes, digits of equal width."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from stockpile.paths import resource

FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Medium.ttf",
    "NotoSansArabicUI-Regular.ttf",
    "NotoSansArabicUI-Bold.ttf",
    "NotoSansSC-subset.ttf",
)
FAMILIES = ["Inter", "Noto Sans Arabic UI", "Noto Sans SC"]
MONO_FAMILIES = ["JetBrains Mono", *FAMILIES]
_TIGHT_FROM = 20


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One step of the scale: size in pixels, weight, and whether every letter is as wide."""

    size: int
    weight: int = 400
    mono: bool = False


class Text(Enum):
    """The styles a page may use; a new one needs a reason."""

    CAPTION = TextStyle(11)
    SECTION = TextStyle(11, 600)
    SECONDARY = TextStyle(12)
    SECONDARY_STRONG = TextStyle(12, 500)
    BODY = TextStyle(13)
    STRONG = TextStyle(13, 500)
    HEADING = TextStyle(13, 600)
    FIELD = TextStyle(14)
    SENTENCE = TextStyle(15)
    CARD_TITLE = TextStyle(15, 600)
    EMPTY_TITLE = TextStyle(18, 600)
    PAGE_TITLE = TextStyle(20, 600)
    BANNER_TITLE = TextStyle(24, 600)
    FIGURE = TextStyle(26, 600)
    STATION_FIGURE = TextStyle(32, 600)
    IDENTIFIER_SMALL = TextStyle(12, 400, mono=True)
    IDENTIFIER = TextStyle(13, 500, mono=True)
    IDENTIFIER_FIELD = TextStyle(14, 500, mono=True)
    IDENTIFIER_TITLE = TextStyle(20, 500, mono=True)
    IDENTIFIER_STATION = TextStyle(32, 500, mono=True)
    IDENTIFIER_DISPLAY = TextStyle(44, 500, mono=True)


class Letters(QFont):
    """A shared font that remembers its step, so that what was measured with it can be kept."""

    def __init__(self, step: TextStyle) -> None:
        super().__init__()
        self.step = step


class FontMissing(RuntimeError):
    """A shipped font is not where it should be: the installation is broken."""


def load_fonts() -> None:
    """Give the shipped fonts to Qt; raise `FontMissing` when one is lacking."""
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(resource("fonts", name))) < 0:
            raise FontMissing(name)


@cache
def font(size: int, weight: int = 400, *, mono: bool = False) -> Letters:
    """Return the font of a size in pixels and a weight; it is shared, so copy before changing."""
    chosen = Letters(TextStyle(size, weight, mono))
    chosen.setFamilies(MONO_FAMILIES if mono else FAMILIES)
    chosen.setPixelSize(size)
    chosen.setWeight(QFont.Weight(weight))
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    chosen.setFeature(QFont.Tag("zero" if mono else "tnum"), 1)
    if size >= _TIGHT_FROM and not mono:
        chosen.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return chosen


def style_font(text: Text) -> Letters:
    """Return the font of a style."""
    style = text.value
    return font(style.size, style.weight, mono=style.mono)
