"""The colours of the program by their work, light and dark, with the contrast they must keep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_SRGB_KNEE = 0.04045
_TEXT = 4.5
_SHAPE = 3.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour for each work, as #RRGGBB."""

    bg: str
    surface: str
    raised: str
    inset: str
    hover: str
    border: str
    strong: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    select: str
    focus: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    violet: str
    violet_soft: str
    grey: str
    grey_soft: str
    chart1: str
    chart2: str
    chart3: str
    chart4: str
    chart5: str
    chart6: str
    grid: str
    thumb: str
    scrim: str
    plate: str
    plate_border: str
    plate_text: str
    toast: str
    toast_text: str
    toast_accent: str


LIGHT = Tokens(
    bg="#ECEFF3",
    surface="#FFFFFF",
    raised="#FFFFFF",
    inset="#F4F6F8",
    hover="#F0F3F7",
    border="#E0E5EB",
    strong="#7A8594",
    text="#121922",
    text2="#465262",
    text3="#5F6B7B",
    accent="#1D56C9",
    accent_hover="#1747A8",
    on_accent="#FFFFFF",
    accent_soft="#E7EEFC",
    select="#E7EEFC",
    focus="#1D56C9",
    ok="#106B3B",
    ok_soft="#E0F3E8",
    warn="#855000",
    warn_soft="#FCF0D9",
    bad="#AE2219",
    bad_soft="#FBE6E4",
    violet="#6236B5",
    violet_soft="#EFE8FB",
    grey="#4A5668",
    grey_soft="#EBEEF2",
    chart1="#1D56C9",
    chart2="#1A936F",
    chart3="#BD7A00",
    chart4="#C2410C",
    chart5="#7C4DD6",
    chart6="#8793A3",
    grid="#E8ECF1",
    thumb="#C5CCD5",
    scrim="#6E090C11",
    plate="#D9DCE1",
    plate_border="#A5ADB8",
    plate_text="#15181D",
    toast="#121922",
    toast_text="#FFFFFF",
    toast_accent="#8FB4FF",
)

DARK = Tokens(
    bg="#090C11",
    surface="#11161D",
    raised="#171E27",
    inset="#0D1218",
    hover="#1A222C",
    border="#232C37",
    strong="#6B7A8F",
    text="#E9EEF4",
    text2="#B1BCC9",
    text3="#8D9AAA",
    accent="#7DA9FF",
    accent_hover="#9BBDFF",
    on_accent="#08152F",
    accent_soft="#15284D",
    select="#172B50",
    focus="#7DA9FF",
    ok="#57CF96",
    ok_soft="#0F2E20",
    warn="#F2BB4B",
    warn_soft="#33260A",
    bad="#FF8A80",
    bad_soft="#3A1513",
    violet="#BBA0FF",
    violet_soft="#271C45",
    grey="#B1BCC9",
    grey_soft="#1F2833",
    chart1="#6C9CFF",
    chart2="#3CC79A",
    chart3="#EDB13C",
    chart4="#F4804E",
    chart5="#B08CFF",
    chart6="#738196",
    grid="#1C242E",
    thumb="#36424F",
    scrim="#96090C11",
    plate="#D9DCE1",
    plate_border="#A5ADB8",
    plate_text="#15181D",
    toast="#171E27",
    toast_text="#E9EEF4",
    toast_accent="#7DA9FF",
)


class Ink(StrEnum):
    """What colour a word, a line or an icon is drawn in; each value names a token."""

    TEXT = "text"
    SECONDARY = "text2"
    MUTED = "text3"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    STRONG = "strong"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    VIOLET = "violet"
    GREY = "grey"
    CHART1 = "chart1"
    CHART2 = "chart2"
    CHART3 = "chart3"
    CHART4 = "chart4"
    CHART5 = "chart5"
    CHART6 = "chart6"
    PLATE = "plate_text"
    TOAST_TEXT = "toast_text"
    TOAST_ACCENT = "toast_accent"


class Tone(StrEnum):
    """What a status means; the word beside it says the same, for those who see no colour."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    VIOLET = "violet"
    GREY = "grey"

    @property
    def ink(self) -> Ink:
        """Return the ink of the word and the dot."""
        return Ink.ACCENT if self is Tone.INFO else Ink(self.value)

    def fill(self, tokens: Tokens) -> str:
        """Return the soft colour behind the word."""
        return str(getattr(tokens, f"{self.ink.value}_soft"))


PAIRS: tuple[tuple[str, str, float], ...] = (
    ("text", "surface", _TEXT),
    ("text", "bg", _TEXT),
    ("text2", "surface", _TEXT),
    ("text2", "bg", _TEXT),
    ("text3", "surface", _TEXT),
    ("text3", "bg", _TEXT),
    ("text3", "inset", _TEXT),
    ("text3", "hover", _TEXT),
    ("text2", "select", _TEXT),
    ("accent", "surface", _TEXT),
    ("accent", "accent_soft", _TEXT),
    ("on_accent", "accent", _TEXT),
    ("on_accent", "accent_hover", _TEXT),
    ("ok", "ok_soft", _TEXT),
    ("warn", "warn_soft", _TEXT),
    ("bad", "bad_soft", _TEXT),
    ("bad", "surface", _TEXT),
    ("violet", "violet_soft", _TEXT),
    ("grey", "grey_soft", _TEXT),
    ("strong", "surface", _SHAPE),
    ("strong", "bg", _SHAPE),
    ("focus", "surface", _SHAPE),
    ("focus", "bg", _SHAPE),
    *((f"chart{number}", "surface", _SHAPE) for number in range(1, 7)),
    ("plate_text", "plate", _TEXT),
    ("toast_text", "toast", _TEXT),
    ("toast_accent", "toast", _TEXT),
)
"""Each pair that meets on the screen, and its least contrast (WCAG 2.2, 1.4.3 and 1.4.11)."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _SRGB_KNEE else float(((part + 0.055) / 1.055) ** 2.4)
