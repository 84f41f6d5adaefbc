"""Fonts inside a PDF: glyph ids as they are, a subset of each font, and what each glyph says.

A composite font with the encoding Identity-H takes the shaper's glyph ids without a detour over
characters. Runs that are more than one glyph for one character carry their text beside them
(ActualText), so that a search and a screen reader find what stands on the label.
"""

from __future__ import annotations

from collections.abc import Callable

from reportlab.pdfbase import pdfdoc

from stockpile.adapters.pdf.archive import Stream
from stockpile.adapters.pdf.shaping import Run, Word, typeface
from stockpile.adapters.pdf.typefaces import EM

Refer = Callable[[pdfdoc.PDFObject], pdfdoc.PDFObject]
"""Adds an object to the document and returns a reference to it."""

_KEPT = 10_000
_SYMBOLIC = 4
_STEM = 80
"""A stem's width, which no table of a TrueType font tells and only a substitute font would use."""

_PER_BLOCK = 100
"""The longest block of a ToUnicode map (Adobe technical note 5411)."""

_MAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_MAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class EmbeddedFont:
    """A font as one document uses it: the glyphs drawn so far, and the text each one shows."""

    def __init__(self, name: str, resource_name: str) -> None:
        self.resource_name = resource_name
        self._typeface = typeface(name)
        self._says: dict[int, str] = {}
        self._drawn: dict[float, dict[Word, tuple[str, bool]]] = {}

    def show(self, run: Run, size: float) -> str:
        """Return the operators that draw the run from the current point at a size in points."""
        drawn, parts, speaks = self._drawn.setdefault(size, {}), [], True
        for word in run.words:  # most were drawn before, two digits at a time
            known = drawn.get(word) or self._word(word, size)
            parts.append(known[0])
            speaks = speaks and known[1]
        glyphs = "".join(parts).replace("><", "")
        shown = f"/{self.resource_name} {size:g} Tf [{glyphs}] TJ"
        if speaks:
            return shown
        spoken = run.text.encode("utf-16-be").hex()
        return f"/Span <</ActualText <feff{spoken}>>> BDC {shown} EMC"

    def _word(self, word: Word, size: float) -> tuple[str, bool]:
        """Return the word's glyphs for TJ, and whether they say its text by themselves."""
        kept = self._drawn[size]
        if len(kept) >= _KEPT:
            kept.clear()
        drawn = kept[word] = self._glyphs(word, size), self._learn(word)
        return drawn

    def _learn(self, word: Word) -> bool:
        """Note what each glyph says; false if one of them says something else elsewhere."""
        says = self._says
        if not word.is_letter_by_letter:
            for glyph in word.glyphs:
                says.setdefault(glyph.id, "")
            return False
        for glyph, letter in zip(word.glyphs, word.text, strict=True):
            says[glyph.id] = says.get(glyph.id) or letter
        return "".join([says[glyph.id] for glyph in word.glyphs]) == word.text

    def _glyphs(self, word: Word, size: float) -> str:
        parts = ["<"]
        drift = height = 0.0  # how far the viewer's pen is ahead of the shaper's
        width = self._typeface.width
        for glyph, _, advance, x, y in word.glyphs:
            if y != height:
                height = y
                parts.append(f">] TJ {height * size / EM:.3f} Ts [<")
            if back := round(drift - x):
                parts.append(f">{back}<")
            parts.append(f"{glyph:04x}")
            drift += width(glyph) - advance - back
        parts.append(f">{round(drift)}" if round(drift) else ">")
        if height:
            parts.append("] TJ 0 Ts [")
        return "".join(parts)

    def into(self, refer: Refer) -> pdfdoc.PDFObject:
        """Return the font's dictionary; its parts are handed to `refer`."""
        name = pdfdoc.PDFName(f"STOCKP+{self._typeface.name}")
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([refer(self._letters(refer, name))]),
                "ToUnicode": refer(_stream(self._map())),
            }
        )

    def _letters(self, refer: Refer, name: str) -> pdfdoc.PDFDictionary:
        system = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(system),
                "CIDToGIDMap": pdfdoc.PDFName("Identity"),
                "DW": EM,
                "W": self._widths(),
                "FontDescriptor": refer(self._descriptor(refer, name)),
            }
        )

    def _widths(self) -> pdfdoc.PDFArray:
        widths: list[object] = []
        for glyph in sorted(self._says):
            widths += [glyph, pdfdoc.PDFArray([round(self._typeface.width(glyph))])]
        return pdfdoc.PDFArray(widths)

    def _descriptor(self, refer: Refer, name: str) -> pdfdoc.PDFDictionary:
        metrics = self._typeface.metrics
        program = self._typeface.subset(self._says)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": name,
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(side) for side in metrics.box]),
                "ItalicAngle": 0,
                "Ascent": round(metrics.ascent),
                "Descent": round(metrics.descent),
                "CapHeight": round(metrics.cap_height),
                "StemV": _STEM,
                "FontFile2": refer(_stream(program, Length1=len(program))),
            }
        )

    def _map(self) -> bytes:
        """Return the ToUnicode map."""
        known = sorted((glyph, says) for glyph, says in self._says.items() if says)
        lines = [_MAP_HEAD]
        for start in range(0, len(known), _PER_BLOCK):
            block = known[start : start + _PER_BLOCK]
            lines.append(f"{len(block)} beginbfchar")
            lines += [f"<{glyph:04x}> <{says.encode('utf-16-be').hex()}>" for glyph, says in block]
            lines.append("endbfchar")
        return "\n".join([*lines, _MAP_TAIL]).encode("ascii")


def _stream(content: bytes, **entries: int) -> Stream:
    dictionary = pdfdoc.PDFDictionary(dict(entries))
    return Stream(dictionary, content, filters=[pdfdoc.PDFZCompress])
