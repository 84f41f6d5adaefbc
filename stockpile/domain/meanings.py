"""What the open catalogue makes of a row's words, and how sure it has to be to be written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from stockpile.domain.normalising.answers import Normal
from stockpile.domain.receiving import Codes, Description

Meant = Literal["type", "make", "model", "calibre", "country"]
Standing = Literal["written", "proposed", "open", "nothing"]
MEANT: Final[tuple[Meant, ...]] = ("type", "make", "model", "calibre", "country")

SURE_ENOUGH: Final = 0.7
"""What is less sure is shown as a proposal, and the value stays as said without a code."""


class Meanings(Protocol):
    """Answers what written values mean; every answer is remembered."""

    def make(self, text: str) -> Normal:
        """Return the make that a text names."""
        ...

    def model(self, text: str, make: str = "") -> Normal:
        """Return the model; ``make`` is the maker as written, where known."""
        ...

    def calibre(self, text: str, type_text: str = "") -> Normal:
        """Return the calibre; the words for the type settle a bare bore."""
        ...

    def calibres(self, text: str, type_text: str = "") -> tuple[Normal, ...]:
        """Return every calibre of a text: mostly one."""
        ...

    def type(self, text: str) -> Normal:
        """Return the type of weapon."""
        ...

    def country(self, text: str) -> Normal:
        """Return the country or former State."""
        ...

    def of(self, kind: str, text: str, beside: str = "") -> Normal:
        """Return the answer of a kind; ``beside`` is a model's make or a calibre's type."""
        ...


@dataclass(frozen=True, slots=True)
class ValueMeaning:
    """One value of a column as written, in how many rows it stands, and what it means."""

    field: Meant
    value: str
    rows: int
    normal: Normal

    @property
    def standing(self) -> Standing:
        """What becomes of it: its meaning is written down, only proposed, open, or it says nothing.

        ``nothing`` is for words that say that it is not known: there is nothing to understand.
        """
        if self.normal.code:
            return "written" if is_sure(self.normal) else "proposed"
        return "nothing" if self.normal.understood else "open"


def is_sure(normal: Normal) -> bool:
    """Say whether a meaning may be written beside what was said."""
    return bool(normal.code) and normal.confidence >= SURE_ENOUGH


def sure_code(normal: Normal) -> str:
    """Return the code of a meaning that is sure enough, else nothing."""
    return normal.code if is_sure(normal) else ""


def sure_codes(normals: Iterable[Normal]) -> tuple[str, ...]:
    """Return the codes of the meanings that are sure enough, each once."""
    return tuple(dict.fromkeys(one.code for one in normals if is_sure(one)))


def codes_of(meanings: Meanings, said: Description) -> Codes:
    """Return the codes that stand beside a description's texts; none where it is not sure."""
    return Codes(
        make=sure_code(meanings.make(said.make)) if said.make else "",
        model=sure_code(meanings.model(said.model, said.make)) if said.model else "",
        calibres=sure_codes(meanings.calibres(said.calibre, said.type)) if said.calibre else (),
        country=sure_code(meanings.country(said.country)) if said.country else "",
    )
