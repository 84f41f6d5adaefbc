"""The layouts of labels: those that ship, those of this site, and how a label looks by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from stockpile.domain import label_layouts, people
from stockpile.domain.errors import LabelLayoutUnknown
from stockpile.domain.facts import Box, Draft, LabelLayoutSet
from stockpile.domain.label_layouts import Problem
from stockpile.domain.usual_label_layouts import usual_layout
from stockpile.services.label_words import sample, stock_words
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    GreyPicture,
    LabelPictures,
    Photos,
    Recorded,
    StockFace,
)

USUAL_DOTS = 203
"""The dots an inch of a layout that no stock of ours is as large as: the coarsest printer's."""
_NEAR = 1_000


@dataclass(frozen=True, slots=True)
class LabelLayouts:
    """What stands where on labels, and a look at one before it is printed."""

    books: Books
    pictures: LabelPictures
    photos: Photos

    def faces(self) -> tuple[StockFace, ...]:
        """Return the label stocks that ship."""
        return self.pictures.faces()

    def all(self) -> tuple[LabelLayoutSet, ...]:
        """Return every layout by name, retired ones too, and the usual one of each stock."""
        return label_layouts.standing(self.books.references(LabelLayoutSet), self.shipped())

    def shipped(self) -> tuple[LabelLayoutSet, ...]:
        """Return the usual layout of each stock, called as the stock is in English."""
        return tuple(
            usual_layout(one.width, one.height, one.kind, one.free, one.name)
            for one in self.faces()
        )

    def layout(self, name: str) -> LabelLayoutSet:
        """Return a layout by name; raises LabelLayoutUnknown."""
        return label_layouts.layout_named(name, self.all())

    def fitting(self, stock: str) -> tuple[LabelLayoutSet, ...]:
        """Return the site's own layouts in use that a stock's labels have room for."""
        face = next((one for one in self.faces() if one.name == stock), None)
        if face is None:
            return ()
        own = label_layouts.standing(self.books.references(LabelLayoutSet))
        return label_layouts.fitting(own, face.width, face.height)

    def set(self, layout: LabelLayoutSet, *, by: SignedIn) -> Recorded:
        """Put a layout on record in the place of the one of its name; the same changes nothing.

        Raises OfficerNotAuthorised, FieldMissing, FieldUnreadable, LabelElementMisfit, and
        PhotoMissing for a logo that is not kept.
        """
        people.authorise(by.officer, "set_label_layout")
        reference = self.books.reference(label_layouts.layout_subject(layout.name))
        draft = label_layouts.set_layout(layout, reference.heads if reference else ())
        if reference is not None and reference.now == draft.body:
            return Recorded((), ())
        if layout.logo:
            self.photos.read(layout.logo)
        return self.books.record([draft], by=by.id)

    def retire(self, name: str, *, by: SignedIn) -> Recorded:
        """Offer a layout of this site no more; labels that bear it stay good.

        One that came from elsewhere and cannot be printed may be retired, too. Raises
        OfficerNotAuthorised, LabelLayoutUnknown, also for one that only ships.
        """
        people.authorise(by.officer, "set_label_layout")
        reference = self.books.reference(label_layouts.layout_subject(name))
        if reference is None or not isinstance(reference.now, LabelLayoutSet):
            raise LabelLayoutUnknown(name)
        if reference.now.retired:
            return Recorded((), ())
        body = replace(reference.now, retired=True)
        return self.books.record([Draft(reference.subject, body, reference.heads)], by=by.id)

    def keep_logo(self, file: Path | bytes) -> str:
        """Keep a picture (PNG, JPEG) as a logo and return its digest; on any lane.

        What pretends to be a picture, or would unfold into more than a photo holds, is refused:
        PhotoUnreadable. Raises DiskFull, DiskTrouble.
        """
        return self.photos.keep(file).digest

    def logo(self, layout: LabelLayoutSet) -> bytes:
        """Return a layout's logo as JPEG; nothing where it has none, or it has not come yet.

        Raises PhotoDamaged.
        """
        held = self.photos.held([layout.logo]) if layout.logo else frozenset()
        return self.photos.read(layout.logo) if held else b""

    def problems(self, layout: LabelLayoutSet) -> tuple[Problem, ...]:
        """Return what cannot be printed of a layout on the stock that it is as large as."""
        face = self._face(layout)
        free: tuple[Box, ...] = face.free if face is not None else ()
        return label_layouts.problems_of(layout, self._dots(face), free)

    def shown(self, layout: LabelLayoutSet) -> GreyPicture:
        """Return an example of a label as it will be printed.

        Raises LabelUnprintable, LabelElementMisfit, PhotoDamaged.
        """
        dots = self._dots(self._face(layout))
        return self.pictures.picture(sample(layout), layout, dots, self.logo(layout))

    def title(self, layout: LabelLayoutSet) -> str:
        """Return what people call a layout: its name, or its stock's for one that ships."""
        face = next((one for one in self.faces() if one.name == layout.name), None)
        return stock_words(face) if face is not None else layout.name

    def free(self, layout: LabelLayoutSet) -> tuple[Box, ...]:
        """Return the areas on which nothing is printed, on the stock it is as large as."""
        face = self._face(layout)
        return face.free if face is not None else ()

    def _face(self, layout: LabelLayoutSet) -> StockFace | None:
        """Return the stock that a layout is for: as large as it, of its kind where there is one."""
        near = [
            one
            for one in self.faces()
            if 0 <= one.width - layout.width <= _NEAR and 0 <= one.height - layout.height <= _NEAR
        ]
        return min(near, key=lambda one: (one.kind != layout.kind, one.name), default=None)

    @staticmethod
    def _dots(face: StockFace | None) -> int:
        return face.dots_per_inch if face is not None else USUAL_DOTS
