"""Why a file or a list does not come in."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.errors.families import Refused


@dataclass(eq=False)
class FileUnreadable(Refused):
    """The file cannot be read as what it should be."""

    path: str
    why: str


@dataclass(eq=False)
class FileHostile(Refused):
    """The file would unfold into more than any honest list holds."""

    path: str
    why: str


@dataclass(eq=False)
class LayoutUnknown(Refused):
    """The columns of the file are not understood; a mapping is needed."""

    path: str
    columns: tuple[str, ...]


@dataclass(eq=False)
class DocumentUnknown(Refused):
    """No list that came in, or more than one, answers to this digest, name or file."""

    text: str


@dataclass(eq=False)
class ProfileShipped(Refused):
    """A layout that comes with the program keeps its name: one of the site's own needs another."""

    name: str
