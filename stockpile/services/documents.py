"""A paper before it is drawn: a title, a code, and blocks of words, tables and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stockpile.domain.facts import MarkLayoutSet
from stockpile.domain.laying_out import LaidOut
from stockpile.domain.values import Digest


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
class Paper:
    """A whole paper; ``code`` stands on every page as text and on the first as Code 128 too.

    ``foot`` is who printed it and when, and the seal of the ledger it was drawn from.
    """

    title: str
    subject: str
    code: str
    blocks: tuple[Block, ...]
    foot: tuple[str, ...] = ()
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished paper: where it is, how many pages, its digest."""

    file: Path
    pages: int
    digest: Digest


class Press(Protocol):
    """Draws papers."""

    def draw(self, paper: Paper, file: Path) -> Drawn:
        """Draw a paper and put it in place whole; raises DiskFull, DiskTrouble.

        A character that no shipped font can draw stands as its number, never left out.
        """
        ...


def filled(pairs: Sequence[Pair]) -> Pairs:
    """Return the pairs that say something."""
    return Pairs(tuple(one for one in pairs if one.value))
