"""The description of a weapon as a bound book: as written first, as it stands, or every entry."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from stockpile.domain.views import BookView, FieldBook, Version
from stockpile.language import _
from stockpile.record_words import dated, field_name, value_words
from stockpile.services.weapon_files import WeaponFile
from stockpile.terms import classes
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.card import Card
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import card_title, secondary

_SHOWN_ELSEWHERE = frozenset({"marks", "components"})
_ALWAYS = frozenset({"serial", "type", "make", "model", "calibre", "country", "year"})
_IDENTIFIERS = frozenset({"serial", "case"})


class WeaponBook(Card):
    """The fields with their entries, in one of three views."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._view: BookView = "corrected"
        self._file: WeaponFile | None = None
        self._switch = Segments(
            [
                Segment("corrected", _("As it stands")),
                Segment("original", _("As first written")),
                Segment("both", _("Every entry")),
            ]
        )
        self._switch.setAccessibleName(_("View of the description"))
        self._switch.chosen.connect(self.show_view)
        self._said = secondary("", wrap=True)
        self._fields = DetailList()
        head = row(card_title(_("Description")), STRETCH, self._switch)
        super().__init__(column(head, self._said, self._fields, gap=Space.M), parent=parent)

    @property
    def view(self) -> BookView:
        """Return the view that is shown."""
        return self._view

    def show_file(self, file: WeaponFile) -> None:
        """Show a weapon's book in the view that was chosen."""
        self._file = file
        self._refresh()

    def show_view(self, view: str) -> None:
        """Show the book in another view."""
        views: tuple[BookView, ...] = ("original", "corrected", "both")
        self._view = next(one for one in views if one == view)
        self._switch.choose(view)
        self._refresh()

    def _refresh(self) -> None:
        if self._file is None:
            return
        self._said.setText(_SENTENCES[self._view]())
        details: list[Detail] = []
        for book in self._file.book:
            if book.name not in _SHOWN_ELSEWHERE and self._is_said(book):
                details += self._details(book)
        self._fields.show_details(details)

    def _is_said(self, book: FieldBook) -> bool:
        if book.name in _ALWAYS:
            return True
        return any(one.value not in ("", "unknown", (), None) for one in book.seen(self._view))

    def _details(self, book: FieldBook) -> list[Detail]:
        details = [
            Detail(
                field_name(book.name) if number == 0 else "",
                value_words(book.name, entry.value),
                identifier=book.name in _IDENTIFIERS,
                ink=Ink.TEXT if entry is book.current or self._view != "both" else Ink.MUTED,
                note=self._note(book, entry),
            )
            for number, entry in enumerate(book.seen(self._view))
        ]
        if book.rivals:
            details.append(_fork(book))
        if book.name == "type":
            details += self._classes(book)
        return details

    def _note(self, book: FieldBook, entry: Version) -> str:
        """Return who wrote an entry, when and why, where that is asked for or was corrected."""
        if self._view == "corrected" and not book.is_corrected:
            return ""
        if self._view == "original" and not book.is_corrected:
            return ""
        assert self._file is not None
        when = joined(dated(entry.fact, self._file.doubted), self._file.names.of(entry.fact.by))
        why = _("without knowing of the entry before") if entry.blind else entry.reason
        if self._view == "both" and entry is not book.current:
            return joined(_("no longer stands"), when, why)
        return joined(when, why)

    def _classes(self, book: FieldBook) -> list[Detail]:
        (entry, *_rest) = reversed(book.seen(self._view))
        iti, unroca = classes(str(entry.value))
        return [
            Detail(_("Tracing Instrument"), iti),
            Detail(_("UN Register"), unroca),
        ] if iti else []  # fmt: skip


def _fork(book: FieldBook) -> Detail:
    """Return the row that says what contends: no clock decides which one is right."""
    sides = " / ".join(value_words(book.name, one) or _("nothing") for one in book.rivals)
    note = _("Two people wrote without knowing of each other. A correction settles it.")
    return Detail("", sides, ink=Ink.WARN, note=note)


_SENTENCES = {
    "corrected": lambda: _("What the record says now, corrections included."),
    "original": lambda: _("What was written when the weapon came on record."),
    "both": lambda: _("Nothing is ever erased: each entry with who wrote it, when and why."),
}
