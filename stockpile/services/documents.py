"""A paper before it is drawn: a title, a code, and blocks of words, tables and pictures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Literal, Protocol

from stockpile.domain.facts import MarkLayoutSet
from stockpile.domain.laying_out import LaidOut
from stockpile.domain.paper_digits import Digits
from stockpile.domain.values import Digest, Instant
from stockpile.language import current_language
from stockpile.services.ports import Progress, silent

PaperSize = Literal["A4", "Letter"]


@dataclass(frozen=True, slots=True)
class Style:
    """What is set on this computer for all its papers; no digits are those of the language."""

    digits: str = ""
    size: PaperSize = "A4"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or remark of its own; a loud one is what must not be overlooked."""

    text: str
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and its value; ``code`` writes the value letter by letter, all equally wide."""

    name: str
    value: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and values, two pairs a line where there is room."""

    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, whether it holds identifiers."""

    title: str
    share: float = 1.0
    code: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns; the titles are repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with what it shows."""

    jpeg: bytes
    title: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures side by side, three a line."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """Where somebody signs: as whom, their printed name, what stands there already.

    ``jpeg`` is a drawn signature; ``said`` the words in its place (signed with PIN, at what time).
    """

    role: str
    name: str = ""
    said: str = ""
    jpeg: bytes = b""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Boxes for signatures side by side, kept together on one page."""

    boxes: tuple[SignatureBox, ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Rows with an empty box to tick before each, for a count on paper; titles as in a table."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MarkFigure:
    """A mark in its zone, so many times as large as it is cut; never mirrored."""

    layout: MarkLayoutSet
    laid: LaidOut
    scale: float


Block = Heading | Words | Pairs | Table | Pictures | Signatures | Ticks | MarkFigure


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below each page, and of whom and when: all in which two prints differ.

    ``at`` is an instant on a clock ``zone`` minutes east of Greenwich; 0 tells of no time.
    ``entry`` and ``head`` are the ledger's last entry then and its hash.
    """

    lines: tuple[str, ...] = ()
    by: str = ""
    at: Instant = 0
    zone: int = 0
    entry: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; ``code`` stands on every page as text and on the first as Code 128 too.

    ``foot`` is who printed it and when, and the seal of the ledger it was drawn from. The language
    is the one in use where the paper is made. ``copies`` are drawn two on a sheet, with a line to
    cut along, where both fit. ``size`` and ``digits`` are empty for what is set on this computer.
    ``seal_qr`` is drawn as a QR Code beside the bar code; empty for the house's own seal.
    """

    title: str
    subject: str
    code: str
    blocks: tuple[Block, ...]
    foot: Foot | tuple[str, ...] = ()
    rtl: bool = False
    language: str = field(default_factory=current_language)
    size: PaperSize | Literal[""] = ""
    copies: int = 1
    digits: Digits = ""
    seal_qr: str = ""

    @property
    def bottom(self) -> Foot:
        """The foot, whichever way it was given."""
        return self.foot if isinstance(self.foot, Foot) else Foot(self.foot)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished paper: where it is, how many pages, the digest of its bytes.

    ``content`` is the digest of what the paper says, its foot left out: it stays the same however
    often, and by whomever, the same record is printed.
    """

    file: Path
    pages: int
    digest: Digest
    content: Digest | None = None


class Press(Protocol):
    """Draws papers."""

    def draw(self, paper: Paper, file: Path, progress: Progress = silent) -> Drawn:
        """Draw a paper, read its codes back from its first page, and put it in place whole.

        A character that no shipped font can draw stands as its number, never left out. Progress
        counts the rows of its tables; it may raise Cancelled at any, and then no file and no part
        of one is left. Raises PaperMisread, DiskFull, DiskTrouble.
        """
        ...


def filled(pairs: Sequence[Pair]) -> Pairs:
    """Return the pairs that say something."""
    return Pairs(tuple(one for one in pairs if one.value))


def content_digest(paper: Paper) -> Digest:
    """Return the digest of what a paper says, without who printed it and when (its foot)."""
    said = (paper.language, paper.title, paper.subject, paper.code, paper.blocks)
    text = json.dumps(_as_values(said), ensure_ascii=False, separators=(",", ":"))
    return Digest(hashlib.sha256(text.encode()).hexdigest())


def _as_values(said: object) -> object:
    """Return what JSON can say; pictures by their digests."""
    if is_dataclass(said) and not isinstance(said, type):
        parts = [_as_values(getattr(said, one.name)) for one in fields(said)]
        return [type(said).__name__, *parts]
    if isinstance(said, bytes):
        return hashlib.sha256(said).hexdigest()
    if isinstance(said, tuple | list):
        return [_as_values(one) for one in said]
    return said if said is None or isinstance(said, str | int | float) else repr(said)
