"""The drawing board: layouts of marks on record, and a mark laid out as it will be cut."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stockpile.domain import laying_out, mark_layouts, people
from stockpile.domain.facts import MarkLayoutSet, SchemeSet
from stockpile.domain.laying_out import LaidOut
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.domain.schemes import matrix_text
from stockpile.services.documents import Press
from stockpile.services.mark_layout_papers import layout_sheet
from stockpile.services.mark_layout_words import said
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, MatrixMaker, Recorded

__all__ = ["STANDARD_LAYOUT", "MarkLayouts"]


@dataclass(frozen=True, slots=True)
class MarkLayouts:
    """Where marks stand on parts, and how they will look."""

    books: Books
    matrices: MatrixMaker
    press: Press

    def all(self) -> tuple[MarkLayoutSet, ...]:
        """Return every layout by name, the one that ships with the program among them."""
        return mark_layouts.standing(self.books.references(MarkLayoutSet))

    def layout(self, name: str) -> MarkLayoutSet:
        """Return a layout by name, the standard one for no name; raises MarkLayoutUnknown."""
        return mark_layouts.layout_named(name, self.all())

    def set(self, layout: MarkLayoutSet, *, by: SignedIn) -> Recorded:
        """Put a layout on record, as its next version; the same again changes nothing.

        Raises OfficerNotAuthorised, FieldMissing without a name, FieldUnreadable for a figure that
        no layout can have.
        """
        people.authorise(by.officer, "set_mark_layout")
        reference = self.books.reference(mark_layouts.layout_subject(layout.name))
        known = reference.now if reference is not None else None
        stands = known if isinstance(known, MarkLayoutSet) else None
        draft = mark_layouts.set_layout(layout, stands, reference.heads if reference else ())
        if stands is not None and mark_layouts.is_same(layout, stands):
            return Recorded((), ())
        return self.books.record([draft], by=by.id)

    def laid_out(
        self, layout: MarkLayoutSet, text: str, scheme: SchemeSet | None = None
    ) -> LaidOut:
        """Return a text as a layout cuts it, with the problems in words.

        The least height and the signs are the scheme's; without one, what the law asks for.
        """
        modules = self.matrices.modules(matrix_text(text)) if layout.module > 0 else ()
        least = scheme.min_height_um if scheme is not None else laying_out.MIN_HEIGHT_UM
        glyphs = scheme.glyphs if scheme is not None else ()
        return said(laying_out.lay_out(layout, text, modules, min_height_um=least, glyphs=glyphs))

    def print(
        self, layout: MarkLayoutSet, text: str, file: Path, scheme: SchemeSet | None = None
    ) -> Path:
        """Draw a mark on paper, true to scale and enlarged, with its limits and their sources.

        The same mark gives the same bytes. Raises DiskFull, DiskTrouble.
        """
        laid = self.laid_out(layout, text, scheme)
        return self.press.draw(layout_sheet(layout, text, laid, scheme), file).file
