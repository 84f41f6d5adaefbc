"""The shipped fonts: what each can draw, and the glyphs it draws it with."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import uharfbuzz

from stockpile.paths import resource

EM = 1000
"""Every length of a glyph is in thousandths of the font size, as PDF counts."""

_SUBSET_FLAGS = (
    uharfbuzz.SubsetFlags.RETAIN_GIDS
    | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
)
# An identifier shows each of its characters: no ligatures in left-to-right text.
_LETTER_BY_LETTER = {"liga": False, "clig": False, "dlig": False, "calt": False}


class Glyph(NamedTuple):
    """A glyph to draw: its id in the font, where its character stands, its advance and offset."""

    id: int
    cluster: int
    advance: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a PDF wants to know of a font, in thousandths of the font size."""

    box: tuple[float, float, float, float]
    ascent: float
    descent: float
    cap_height: float


class Typeface:
    """One shipped TrueType font."""

    def __init__(self, name: str) -> None:
        self.name = name
        blob = uharfbuzz.Blob.from_file_path(str(resource("fonts", f"{name}.ttf")))
        self._face = uharfbuzz.Face(blob)
        self._font = uharfbuzz.Font(self._face)
        self._scale: float = EM / self._face.upem
        self._widths: dict[int, float] = {}
        # A name in bold has its zero slashed, so that nobody reads the letter O.
        self._latin = {**_LETTER_BY_LETTER, "zero": name.endswith("-Bold")}

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that the font shows; a glyph for a control character shows nothing."""
        named = map(chr, self._face.unicodes)
        return frozenset(letter for letter in named if unicodedata.category(letter) != "Cc")

    def width(self, glyph: int) -> float:
        """Return the glyph's own advance."""
        width = self._widths.get(glyph)
        if width is None:
            width = self._widths[glyph] = self._font.get_glyph_h_advance(glyph) * self._scale
        return width

    def shaped(self, text: str, *, rtl: bool) -> tuple[Glyph, ...]:
        """Return the glyphs of the text, joined and placed, from left to right.

        Glyph 0 stands for what the font cannot draw.
        """
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = "und"  # else the surroundings of the process would choose the letters
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer, None if rtl else self._latin)
        scale = self._scale
        return tuple(
            [
                Glyph(
                    what.codepoint,
                    what.cluster,
                    where.x_advance * scale,
                    where.x_offset * scale,
                    where.y_offset * scale,
                )
                for what, where in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
            ]
        )

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """Return a TrueType file with these glyphs only, each under its own id."""
        chosen = uharfbuzz.SubsetInput()
        chosen.glyph_set.update(glyphs)
        chosen.flags = _SUBSET_FLAGS
        return bytes(uharfbuzz.subset(self._face, chosen).blob.data)

    @cached_property
    def metrics(self) -> Metrics:
        """The measures of the whole font (OpenType tables head, hhea and OS/2)."""
        box = struct.unpack_from(">4h", self._face.reference_table("head").data, 36)
        ascent, descent = struct.unpack_from(">2h", self._face.reference_table("hhea").data, 4)
        (capital,) = struct.unpack_from(">h", self._face.reference_table("OS/2").data, 88)
        left, bottom, right, top = (side * self._scale for side in box)
        scale = self._scale
        return Metrics((left, bottom, right, top), ascent * scale, descent * scale, capital * scale)
