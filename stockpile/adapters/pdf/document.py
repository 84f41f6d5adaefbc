"""A PDF written page by page: what is drawn goes to the file at once, so memory stays flat.

ReportLab keeps a whole document in memory until it is saved. Here its objects are formatted and
written as soon as they are complete; fonts, page tree and cross-references follow at the end. The
bytes depend on nothing but what is drawn: no clock, no chance, no font that is not embedded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from reportlab.pdfbase import pdfdoc

from stockpile.adapters.pdf.archive import ZIPPED, About, Stream, describe
from stockpile.adapters.pdf.embedding import EmbeddedFont
from stockpile.adapters.pdf.shaping import Run

_PDF_VERSION = (1, 5)
_FONTS = "BasicFonts"
"""The name under which ReportLab keeps the document's font dictionary."""


class StreamedDocument:
    """A PDF of equal pages, growing in a file."""

    def __init__(
        self,
        out: BinaryIO,
        width: float,
        height: float,
        title: str,
        subject: str,
        about: About | None = None,
    ) -> None:
        """Begin a document; width and height of its pages are in points.

        ``about`` makes it one for the archive; a label sheet is printed and thrown away.
        """
        self.pages = 0
        self._width, self._height = width, height
        self._fonts: dict[str, EmbeddedFont] = {}
        self._images: dict[str, Any] = {}
        # Any: ReportLab's stubs leave out most of what makes a document.
        self._document = cast("Any", pdfdoc.PDFDocument(invariant=1, pdfVersion=_PDF_VERSION))
        self._document.Catalog.Outlines = None
        self._document.setTitle(title)
        self._document.setSubject(subject)
        self._document.setAuthor("")
        self._document.setCreator("Stockpile")
        if about is not None:
            describe(self._document, about)
        self._file = cast("Any", pdfdoc.PDFFile(_PDF_VERSION))
        out.write(self._file.format(self._document))
        self._file.write = out.write

    def show(self, run: Run, size: float) -> str:
        """Return the operators that draw a run of glyphs; its font will be embedded."""
        font = self._fonts.get(run.font)
        if font is None:
            font = self._fonts[run.font] = EmbeddedFont(run.font, f"F{len(self._fonts)}")
        return font.show(run, size)

    def add_jpeg(self, jpeg: bytes, width: int, height: int, *, grey: bool = False) -> str:
        """Put a JPEG of so many pixels into the file and return the name it is drawn by."""
        space = pdfdoc.PDFName("DeviceGray" if grey else "DeviceRGB")
        entries = {
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Image"),
            "Width": width,
            "Height": height,
            "ColorSpace": space,
            "BitsPerComponent": 8,
            "Filter": pdfdoc.PDFName("DCTDecode"),
        }
        stream = Stream(pdfdoc.PDFDictionary(entries), jpeg, filters=[])
        name = f"I{len(self._images)}"
        self._images[name] = self._document.Reference(stream)
        self._document.updateSignature(jpeg)
        self._write(self._images[name].name)
        return name

    def add_page(self, operators: str, images: Sequence[str] = ()) -> None:
        """Write a finished page; ``images`` names the pictures that it draws."""
        content = operators.encode("ascii")
        self._document.updateSignature(content)
        page = cast("Any", pdfdoc.PDFPage())
        page.pagewidth, page.pageheight = self._width, self._height
        resources: dict[str, object] = {"Font": pdfdoc.PDFObjectReference(_FONTS)}
        if images:
            resources["XObject"] = pdfdoc.PDFDictionary({one: self._images[one] for one in images})
        page.Resources = pdfdoc.PDFDictionary(resources)
        page.Contents = Stream(content=content, filters=[ZIPPED])
        name = self._document.thisPageName()
        self._document.addPage(page)
        self._document.Pages.pages[-1] = pdfdoc.PDFObjectReference(name)
        self._write(name)
        self._write(page.Contents.__InternalName__)
        self.pages += 1

    def finish(self) -> None:
        """Write the fonts and the rest."""
        document = self._document
        fonts = document.idToObject[_FONTS].dict
        for font in self._fonts.values():
            fonts[font.resource_name] = document.Reference(font.into(document.Reference))
        document.info.digest(document.signature)
        document.Reference(document.Catalog)
        document.Reference(document.info)
        self._write_rest()
        self._write_trailer()

    def _write_rest(self) -> None:
        # Formatting an object may add the objects it refers to, at the end of the numbers.
        number = 1
        while name := self._document.numberToId.get(number):
            if name not in self._document.idToOffset:
                self._write(name)
            number += 1

    def _write(self, name: str) -> None:
        document = self._document
        whole = pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document)
        document.idToOffset[name] = self._file.add(whole)
        document.idToObject[name] = _WRITTEN

    def _write_trailer(self) -> None:
        document = self._document
        names = [document.numberToId[number] for number in sorted(document.numberToId)]
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, names)
        start = self._file.add(table.format(document))
        trailer = pdfdoc.PDFTrailer(
            startxref=start,
            Size=len(names) + 1,
            Root=document.Reference(document.Catalog),
            Info=document.Reference(document.info),
            ID=document.ID(),
        )
        self._file.add(trailer.format(document))


_WRITTEN = pdfdoc.PDFObject()
"""Stands for an object that is in the file already and need not be remembered."""
