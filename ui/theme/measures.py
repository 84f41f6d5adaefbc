"""The few distances that every page uses, in pixels at 100 %."""

from __future__ import annotations

from typing import Final


class Space:
    """Gaps between things and inside them."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 20
    XXL: Final = 24


class Radius:
    """How round the corners are."""

    CHIP: Final = 6
    CONTROL: Final = 8
    CARD: Final = 10
    PAPER: Final = 12
    HERO: Final = 14


class Height:
    """How high a control stands; 24 is the least that a finger or a shaking hand may be given."""

    CHIP: Final = 24
    COMPACT_ROW: Final = 32
    CONTROL: Final = 36
    FIELD: Final = 40
    ROW: Final = 42
    GLOVE: Final = 48
    SCAN: Final = 52


SMALLEST_WINDOW = (1024, 640)
USUAL_WINDOW = (1366, 768)
