"""What makes a PDF last: its colours, its language and what it says of itself (ISO 19005-2, B).

Everything here depends on what the paper says and on nothing else: no clock, no chance, and of the
colour profile, which names the second it was made in, the same bytes each time. The declaration of
PDF/A-2b says what this program does: all letters embedded, no encryption, no transparency, one
colour space for all, metadata that agrees. A validator (veraPDF) was never run on it.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase import pdfdoc

PRODUCER: Final = "Stockpile"
_CONDITION: Final = "sRGB IEC61966-2.1"
_DATED = slice(24, 36)
"""Where an ICC profile says when it was made (ICC.1, 7.2)."""
_A_DAY: Final = bytes.fromhex("07d000010001000000000000")
"""1 January 2000, as such a date is written."""


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself.

    ``at`` is when it was made, in milliseconds, on a clock ``zone`` minutes east of Greenwich; 0
    tells of no time. ``content`` is the digest of what it says, whoever printed it.
    """

    title: str
    subject: str = ""
    author: str = ""
    language: str = "en"
    at: int = 0
    zone: int = 0
    content: str = ""


class _Zipped(pdfdoc.PDFStreamFilterZCompress):
    """Zips a little less than it could, which takes half the time and a twentieth more room."""

    def encode(self, text: bytes) -> bytes:
        """Return the bytes as they stand in the file."""
        return zlib.compress(text, _LEVEL)


ZIPPED: Final = _Zipped()
_LEVEL: Final = 5


class Stream(pdfdoc.PDFStream):
    """A stream whose last byte is told from its end: PDF/A-2, 6.1.7.1, wants a line break there."""

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - ReportLab's document
        """Return the stream as it stands in the file; one without filters names none."""
        content, names = bytes(self.content), []
        for one in self.filters:
            content = one.encode(content)
            names.append(pdfdoc.PDFName(one.pdfname))
        entries = {**self.dictionary.dict, "Length": len(content)}
        entries |= {"Filter": pdfdoc.PDFArray(names)} if names else {}
        head = bytes(pdfdoc.PDFDictionary(entries).format(document))
        return b"%s\nstream\n%s\nendstream\n" % (head, content)


class _Catalog(pdfdoc.PDFCatalog):
    """A catalogue that also knows the colours that pages were meant in."""

    def __init__(self) -> None:
        self.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]
        self.__Refs__ = self.__NoDefault__


class _Info(pdfdoc.PDFInfo):
    """The older of the two places where a PDF says what it is; both must agree."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self._about = about
        self.title, self.subject, self.author = about.title, about.subject, about.author

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - ReportLab's document
        """Return the dictionary as it stands in the file."""
        said = {"Title": self.title, "Producer": PRODUCER, "Creator": PRODUCER}
        said |= {"Author": self.author} if self.author else {}
        said |= {"Subject": self.subject} if self.subject else {}
        if self._about.at:
            said["CreationDate"] = said["ModDate"] = _pdf_date(_when(self._about))
        values = {name: pdfdoc.PDFString(value) for name, value in said.items()}
        return bytes(pdfdoc.PDFDictionary(values).format(document))


def describe(document: Any, about: About) -> None:  # noqa: ANN401 - ReportLab's document
    """Write into a document, before its pages, what lets it be read in fifty years."""
    pages = document.Pages
    catalog: Any = _Catalog()
    document.Catalog = document._catalog = catalog  # noqa: SLF001 - there is no other way in
    catalog.Pages = pages
    catalog.Outlines = None
    catalog.Lang = pdfdoc.PDFString(about.language.replace("_", "-"))
    # No /Direction /R2L: it only says on which side the first of two facing pages lies, and PDFium
    # (Chrome, Edge) then turns every serial round that is copied or searched for.
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalog.Metadata = _stream(
        _packet(about), Type=pdfdoc.PDFName("Metadata"), Subtype=pdfdoc.PDFName("XML")
    )
    catalog.OutputIntents = pdfdoc.PDFArray([document.Reference(_intent(document))])
    document.info = _Info(about)


def _intent(document: Any) -> pdfdoc.PDFDictionary:  # noqa: ANN401 - ReportLab's document
    profile = Stream(pdfdoc.PDFDictionary({"N": 3}), srgb_profile(), filters=[pdfdoc.PDFZCompress])
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString(_CONDITION),
            "Info": pdfdoc.PDFString(_CONDITION),
            "DestOutputProfile": document.Reference(profile),
        }
    )


@lru_cache
def srgb_profile() -> bytes:
    """Return the ICC profile of sRGB, the same bytes whenever it is made."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATED] = _A_DAY
    return bytes(profile)


def _packet(about: About) -> bytes:
    """Return the metadata as XMP (ISO 16684-1), of the schemas that PDF/A-2 knows by itself."""
    language = escape(about.language.replace("_", "-"))
    parts = [
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{_alternative(about.title)}</dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>",
        f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>",
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
    ]
    if about.subject:
        parts.append(f"<dc:description>{_alternative(about.subject)}</dc:description>")
    if about.author:
        author = _clean(about.author)
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>")
    if about.at:
        when = _when(about).isoformat(timespec="seconds")
        parts += [f"<xmp:{name}>{when}</xmp:{name}>" for name in ("CreateDate", "ModifyDate")]
    if about.content:
        # what the paper says is one version of a document, each print of it an instance
        parts.append(f"<xmpMM:DocumentID>{_name(about.content)}</xmpMM:DocumentID>")
        print_ = hashlib.sha256(repr(about).encode()).hexdigest()
        parts.append(f"<xmpMM:InstanceID>{_name(print_)}</xmpMM:InstanceID>")
    inner = "\n".join(parts)
    return (_HEAD + inner + _TAIL).encode()


_HEAD: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
"""
_TAIL: Final = """
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _alternative(text: str) -> str:
    said = f'<rdf:li xml:lang="x-default">{_clean(text)}</rdf:li>'
    return f"<rdf:Alt>{said}</rdf:Alt>"


def _clean(text: str) -> str:
    """Return a text that XML can hold: typed values may have any character in them."""
    return escape("".join(one for one in text if one.isprintable() or one == " "))


def _name(digest: str) -> str:
    return f"urn:sha256:{digest}"


def _when(about: About) -> datetime:
    zone = timezone(timedelta(minutes=about.zone))
    return datetime.fromtimestamp(about.at // 1000, UTC).astimezone(zone)


def _pdf_date(at: datetime) -> str:
    offset = at.strftime("%z")
    return f"D:{at:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'"


def _stream(content: bytes, **entries: object) -> Stream:
    """Return a stream that any text editor can read: metadata are found without a PDF reader."""
    return Stream(pdfdoc.PDFDictionary(dict(entries)), content, filters=[])
