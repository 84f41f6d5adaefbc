"""The marks of a weapon and of its numbered parts, one a row, written by keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain import vocabulary
from stockpile.domain.facts import Component, Mark
from stockpile.language import _
from stockpile.terms import term
from ui.theme import Space, Tone
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.hotkeys import on_key
from ui.widgets.mark_form import MarkForm
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.text import secondary

_LEAST, _ROWS = 108, 5  # pixels of the table, and the rows after which it scrolls
_ROW, _HEAD = 32, 36
_TONES: Final = {
    "clear": Tone.OK, "restored": Tone.INFO, "partial": Tone.WARN, "doubtful": Tone.WARN,
    "obliterated": Tone.BAD,
}  # fmt: skip


_NO_PART: Final = Component("other")


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row: a mark, or the head of a numbered part; ``part`` counts parts, -1 the weapon."""

    part: int
    mark: Mark | None
    component: Component = _NO_PART


class MarksEditor(QWidget):
    """The rows, and a form for the one under the cursor.

    Signals:
        changed: the marks or parts are others now.
        photo_wanted: a photo of the mark under the cursor is wanted; answer with show_photo.
        done: Enter in the form: the cursor belongs elsewhere again.
    """

    changed = Signal()
    photo_wanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[MarkRow] = []
        self._at = -1
        self._table: PagedTable[MarkRow] = PagedTable(_("Marks"), _columns(), compact=True)
        self._none = secondary(_("No further marks yet. Ins adds one."), wrap=True)
        self.form = MarkForm()
        self.part_kind = ChoiceField(_("Which part"), _parts())
        self.part_calibre = Field(_("Calibre of this part"))
        self._part_form = boxed(row(Share(self.part_kind), Share(self.part_calibre), gap=14))
        self._add = Button(_("Add mark"), Kind.SECONDARY, "plus", hint="Ins")
        self._add_part = Button(_("Add numbered part"), Kind.SECONDARY, "wrench", hint="Alt+Ins")
        self._photo = IconButton("camera", _("Photo of this mark"))
        self._remove = IconButton("trash-2", _("Remove this row (Alt+Del)"))
        adding = boxed(FlowLayout.of(self._add, self._add_part))
        bar = row(Share(adding), self._photo, self._remove, gap=Space.S)
        parts = (self._none, self._table, self.form, self._part_form, bar)
        self.setLayout(column(*parts, gap=Space.M))
        self._listen()
        self._show(-1)

    def marks(self) -> tuple[Mark, ...]:
        """Return the weapon's own marks; rows that say nothing are left out."""
        return tuple(
            one.mark for one in self._rows if one.part < 0 and one.mark and _says(one.mark)
        )

    def components(self) -> tuple[Component, ...]:
        """Return the numbered parts with their marks."""
        heads = [one for one in self._rows if one.mark is None]
        return tuple(replace(head.component, marks=self._of(head.part)) for head in heads)

    def set_marks(self, marks: Sequence[Mark], components: Sequence[Component] = ()) -> None:
        """Show other marks and parts; nobody is told."""
        self._rows = [MarkRow(-1, mark) for mark in marks]
        for number, one in enumerate(components):
            self._rows.append(MarkRow(number, None, replace(one, marks=())))
            self._rows.extend(MarkRow(number, mark) for mark in one.marks)
        self._show(0 if self._rows else -1)

    def add_mark(self) -> None:
        """Add a mark: to the part under the cursor, else to the weapon; the cursor goes to it."""
        now = self._current()
        part = now.part if now else -1
        mark = Mark("serial", "") if part >= 0 else Mark("other", "")
        last = [at for at, one in enumerate(self._rows) if one.part == part]
        at = last[-1] + 1 if last else 0
        self._rows.insert(at, MarkRow(part, mark))
        self._tell(at)
        self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_part(self) -> None:
        """Add a numbered part; the cursor goes to which one it is."""
        part = max((one.part for one in self._rows), default=-1) + 1
        self._rows.append(MarkRow(part, None, Component("barrel")))
        self._tell(len(self._rows) - 1)
        self.part_kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Take the row under the cursor out; a part goes with its marks."""
        now = self._current()
        if now is None:
            return
        gone = self._rows[self._at]
        kept = [
            one
            for at, one in enumerate(self._rows)
            if at != self._at and not (gone.mark is None and one.part == gone.part)
        ]
        self._rows = kept
        self._tell(min(self._at, len(kept) - 1))

    def show_photo(self, digest: str) -> None:
        """Take the photo that was made of the mark under the cursor."""
        now = self._current()
        if now is not None and now.mark is not None:
            self._take(replace(now.mark, photo=digest))
            self._show(self._at)

    def fit(self, width: int) -> None:
        """Stand in as many columns as have room."""
        self.form.fit(width)

    # --- inside -----------------------------------------------------------------------------

    def _listen(self) -> None:
        self.form.changed.connect(self._take)
        self.form.done.connect(self.done)
        self.part_kind.chosen.connect(lambda _code: self._take_part())
        self.part_calibre.edited.connect(lambda _text: self._take_part())
        self.part_calibre.submitted.connect(self.done)
        self._table.current_changed.connect(self._moved)
        self._add.clicked.connect(self.add_mark)
        self._add_part.clicked.connect(self.add_part)
        self._remove.clicked.connect(self.remove)
        self._photo.clicked.connect(self.photo_wanted)
        keys = {
            "Ins": self.add_mark, "Alt+Ins": self.add_part, "Alt+Del": self.remove,
            "F3": self.form.open_signs,
        }  # fmt: skip
        for key, does in keys.items():
            on_key(self, key, does)

    def _of(self, part: int) -> tuple[Mark, ...]:
        return tuple(
            one.mark for one in self._rows if one.part == part and one.mark and _says(one.mark)
        )

    def _current(self) -> MarkRow | None:
        return self._rows[self._at] if 0 <= self._at < len(self._rows) else None

    def _moved(self, at: int) -> None:
        if at >= 0 and at != self._at:
            self._at = at
            self._show_form()

    def _take(self, mark: Mark) -> None:
        self._rows[self._at] = replace(self._rows[self._at], mark=mark)
        self._refresh()

    def _take_part(self) -> None:
        now = self._current()
        if now is None or now.mark is not None:
            return
        kind, calibre = self.part_kind.value() or "other", self.part_calibre.text().strip()
        self._rows[self._at] = replace(now, component=Component(kind, (), calibre))
        self._refresh()

    def _refresh(self) -> None:
        """Draw the rows anew; the form that is being written into stays as it is."""
        self._table.use(ListPages(list(self._rows)))
        self._table.go_to(self._at)
        self.changed.emit()

    def _tell(self, at: int) -> None:
        self._show(at)
        self.changed.emit()

    def _show(self, at: int) -> None:
        self._at = at
        self._none.setVisible(not self._rows)
        self._table.setVisible(bool(self._rows))
        height = _HEAD + _ROW * min(_ROWS, len(self._rows))
        self._table.setFixedHeight(max(_LEAST, height))
        self._table.use(ListPages(list(self._rows)))
        if at >= 0:
            self._table.go_to(at)
        self._show_form()

    def _show_form(self) -> None:
        now = self._current()
        self.form.setVisible(now is not None and now.mark is not None)
        self._part_form.setVisible(now is not None and now.mark is None)
        self._remove.setEnabled(now is not None)
        self._photo.setEnabled(now is not None and now.mark is not None)
        if now is not None and now.mark is not None:
            self.form.show_mark(now.mark, on_part=now.part >= 0)
        elif now is not None:
            calibre = now.component.calibre
            self.part_kind.set_value(now.component.kind)
            self.part_calibre.set_text(calibre)


def _says(mark: Mark) -> bool:
    return bool(mark.text.strip() or mark.symbol or mark.photo)


def _parts() -> list[Choice]:
    return [Choice(code, term("component", code)) for code in vocabulary.COMPONENTS]


def _columns() -> list[Column[MarkRow]]:
    return [
        Column(_("Kind"), 170, _kind),
        Column(_("Text"), 150, lambda one: one.mark.text if one.mark else "", Cell.MONO),
        Column(_("Sign"), 110, lambda one: term("symbol", one.mark.symbol) if one.mark else "",
               quiet=True, spare=True),
        Column(_("Where"), 160, _where, quiet=True, spare=True),
        Column(_("Legibility"), 130, _legible, Cell.CHIP, tone=_tone, spare=True),
    ]  # fmt: skip


def _kind(one: MarkRow) -> str:
    if one.mark is None:
        return term("component", one.component.kind)
    name = term("mark_kind", one.mark.kind)
    return name if one.part < 0 else _("on it: {kind}").format(kind=name)


def _where(one: MarkRow) -> str:
    if one.mark is None:
        return one.component.calibre
    parts = (term("component", one.mark.component), term("position", one.mark.position))
    return " · ".join(part for part in parts if part)


def _legible(one: MarkRow) -> str:
    return term("legibility", one.mark.legibility) if one.mark else ""


def _tone(one: MarkRow) -> Tone:
    return _TONES[one.mark.legibility] if one.mark else Tone.GREY
