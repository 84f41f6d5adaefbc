"""Lists that come in, and extracts that go out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from stockpile.domain.layouts import Profile
from stockpile.domain.values import Digest, Instant
from stockpile.services.ports.machine import Progress, silent

Form = Literal["xlsx", "csv", "json", "pdf"]


@dataclass(frozen=True, slots=True)
class ExtractColumn:
    """A column: its code, title and width in letters; ``is_code`` sets letters of one width."""

    code: str
    title: str
    width: int
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class ExtractTable:
    """What an extract says: its rows come one by one, so that a million need no memory.

    ``notes`` say what it is, who took it and when; ``seal`` is the code of the ledger's end at that
    moment. ``is_mirrored`` begins at the right. ``has_bom`` and ``is_guarded`` are for CSV only.
    ``number`` is that of the paper, ``by`` who takes it out, ``at`` when; ``boxes`` are where it is
    signed at its end, each a role and a name.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[ExtractColumn, ...]
    rows: Iterable[tuple[str, ...]] = field(repr=False)
    count: int
    seal: str = ""
    is_mirrored: bool = False
    has_bom: bool = True
    is_guarded: bool = False
    number: str = ""
    language: str = "en"
    by: str = ""
    at: Instant = 0
    zone: int = 0
    boxes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A finished extract: where it is, how many weapons it names, its digest and its number."""

    file: Path
    weapons: int
    digest: Digest
    number: str = ""


class ExtractWriter(Protocol):
    """Writes extracts in every form; a file is whole or not there."""

    def write(
        self, table: ExtractTable, form: Form, file: Path, progress: Progress = silent
    ) -> Extracted:
        """Write the table; raises DiskFull, DiskTrouble, Cancelled, with no file left behind."""
        ...


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it was said (``text``; a formula as its formula) and as it reads (``value``)."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: its number in the file (1 is the first) and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in a file: its digest, its header row's number and columns, its lines."""

    name: str
    digest: Digest
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    columns: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)


class Listings(Protocol):
    """Reads lists that nobody made for us, and writes what became of them."""

    def read(self, file: Path, *, sheet: str = "", progress: Progress = silent) -> Listing:
        """Read a CSV or XLSX; raises FileUnreadable, FileHostile, Cancelled."""
        ...

    def digest(self, file: Path) -> Digest:
        """Return the digest by which the list in a file is known; raises as ``read`` does."""
        ...

    def write(self, file: Path, rows: Iterable[Sequence[str]]) -> None:
        """Write a table as CSV for a spreadsheet program, whole or not at all.

        No cell is taken for a formula. Raises DiskFull and DiskTrouble.
        """
        ...


class Profiles(Protocol):
    """The layouts of known lists: those that ship, and this site's own."""

    def known(self) -> tuple[Profile, ...]:
        """Return all that can be read, this site's own first."""
        ...

    def shipped(self) -> frozenset[str]:
        """Return the names of those that ship."""
        ...

    def broken(self) -> tuple[str, ...]:
        """Return the files of this site's own that are no profiles."""
        ...

    def keep(self, profile: Profile) -> None:
        """Keep a profile of this site's own, in the place of one of the same name.

        Raises DiskFull and DiskTrouble.
        """
        ...
