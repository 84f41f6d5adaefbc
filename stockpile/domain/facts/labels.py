"""Labels, their layouts, and papers that left the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stockpile.domain.values import Digest


@dataclass(frozen=True, slots=True)
class TagBound:
    """Our own opaque code was given to the weapon (a label's payload)."""

    tag: str


@dataclass(frozen=True, slots=True)
class LabelPrinted:
    """A label left the program; copy 2 and later are reprints that void the ones before.

    ``run`` names the print run and ``place`` the label's number in it, counted from 1; ``printer``
    is the label printer that said it was done, empty for a sheet.
    """

    tag: str
    stock: str
    copy: int = 1
    sheet: Digest | None = None
    run: str = ""
    place: int = 0
    printer: str = ""


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A numbered paper left the program: what it is about, and the digest of its file."""

    number: str
    kind: Literal["voucher", "dossier", "extract", "deactivation"]
    about: tuple[str, ...] = ()
    digest: Digest | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class LabelElement:
    """One thing on a label, in a box of micrometres from the label's top left corner.

    ``size`` is the font size in tenths of a point; ``text`` the words of a fixed text;
    ``language`` the one in which a term is said, empty for the program's.
    """

    what: Literal[
        "headline", "serial", "mark", "number", "model", "type", "calibre", "place", "site", "text",
        "tag", "matrix", "code128", "code39", "qr", "logo",
    ]  # fmt: skip
    left: int
    top: int
    width: int
    height: int
    size: int = 0
    text: str = ""
    language: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class LabelLayoutSet:
    """What stands where on a label of one size, in micrometres; made here, shared by all nodes.

    ``logo`` is the digest of a picture; a retired layout is offered no more.
    """

    name: str
    kind: Literal["weapon", "rack", "crate", "location", "tie_on", "trigger_guard"] = "weapon"
    width: int = 0
    height: int = 0
    elements: tuple[LabelElement, ...] = ()
    logo: str = ""
    retired: bool = False
