"""What one label layout is made of: its size, its logo, and its elements, in mm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from stockpile import wording
from stockpile.domain.errors import FieldMissing, PhotoUnreadable, StockpileError
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import ELEMENTS, KINDS, SIZES, in_mm
from stockpile.language import _, isolated
from stockpile.services.label_words import kind_words
from ui.pages.settings_label_element import ElementEditor, typed_length
from ui.theme import Space, Text
from ui.view_models.label_layouts import (
    LabelLayoutsModel,
    moved,
    resized,
    with_element,
    with_new,
    without_element,
)
from ui.view_models.mark_layouts import bare_mm
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.text import Label, secondary

_TOP = Qt.AlignmentFlag.AlignTop
_EDGES: Final = 44
"""What the card takes of the width: fields have the rest."""
_LOW: Final = 32
_UNDER_LABEL: Final = 28
"""What stands level with a field stands so far below its label."""


class LabelLayoutForm(Card):
    """The layout as it is typed and dragged.

    Signals:
        edited: it is another one: it, and which element is chosen.
        picked: another element is chosen: its place in the list.
    """

    edited = Signal(object, int)
    picked = Signal(int)

    def __init__(self, model: LabelLayoutsModel) -> None:
        self._model = model
        self._before: LabelLayoutSet | None = None
        self._layout = LabelLayoutSet("")
        self._at = -1
        self._is_filling = False
        self.name = Field(_("Name"), hint=_("as people call it"))
        self.kind = ChoiceField(_("Kind"), [Choice(one, kind_words(one)) for one in KINDS])
        self.sides = {
            "width": Field(_("Width of the label"), identifier=True),
            "height": Field(_("Height of the label"), identifier=True),
        }
        self.logo = Button(_("Choose a logo…"), icon="image", height=_LOW)
        self.no_logo = Button(_("Without logo"), icon="x", height=_LOW)
        self._logo_said = secondary("", wrap=True)
        self.element = ChoiceField(_("Element"))
        self.remove = IconButton("trash-2", _("Take this element away"))
        self.new = ChoiceField(
            _("New element"), [Choice(one, wording.label_element(one)) for one in ELEMENTS]
        )
        self.add = IconButton("plus", _("Add this element"))
        self.editor = ElementEditor()
        self._none = secondary(_("Nothing stands on the label yet. Add an element."), wrap=True)
        super().__init__(self._whole())
        self.new.set_value(ELEMENTS[0])
        self.setFocusProxy(self.name)
        self._listen()

    @property
    def drawn(self) -> LabelLayoutSet:
        """Return the layout as it stands in the form."""
        return self._layout

    @property
    def at(self) -> int:
        """Return which element is chosen; -1 for none."""
        return self._at

    @property
    def is_filled(self) -> bool:
        """Say whether a layout stands in the form."""
        return self._before is not None

    @property
    def is_changed(self) -> bool:
        """Say whether anything differs from what was put there."""
        return self._before is not None and self._layout != self._before

    def show_layout(self, layout: LabelLayoutSet) -> None:
        """Put a layout into the form; a new one has no name yet."""
        self._is_filling = True
        self._before = self._layout = layout
        self.name.set_text(layout.name)
        self.kind.set_value(layout.kind)
        for side, field in self.sides.items():
            field.set_text(bare_mm(getattr(layout, side)))
        self._clear_states()
        self._say_logo()
        self._is_filling = False
        self._choose(0)
        self._tell()

    def take_kept(self, layout: LabelLayoutSet) -> None:
        """Note what was kept: the form differs from it no more."""
        self._before = self._layout = layout
        self._clear_states()

    def choose(self, at: int) -> None:
        """Show another element; nobody is told."""
        self._choose(at)

    def move_element(self, across: int, down: int) -> None:
        """Move the chosen element by so many micrometres, on the label still."""
        if self._at >= 0:
            self._drag(moved(self._layout, self._layout.elements[self._at], across, down))

    def resize_element(self, across: int, down: int) -> None:
        """Make the chosen element so much wider and higher."""
        if self._at >= 0:
            self._drag(resized(self._layout, self._layout.elements[self._at], across, down))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Stand the fields in as many columns as there is room for."""
        super().resizeEvent(event)
        self.editor.grid.fit(self.width() - _EDGES)

    # --- how it is put together -------------------------------------------------------------

    def _whole(self) -> QVBoxLayout:
        named = row(Share(self.name, 3, _TOP), Share(self.kind, 2, _TOP), gap=Space.M)
        sizes = row(*(Share(one, 1, _TOP) for one in self.sides.values()), gap=Space.M)
        logo = row(self.logo, self.no_logo, Share(self._logo_said), gap=Space.S)
        away, more = (column(_UNDER_LABEL, one) for one in (self.remove, self.add))
        picked = row(
            Share(self.element, 1, _TOP), Share(boxed(away), 0, _TOP),
            Share(self.new, 1, _TOP), Share(boxed(more), 0, _TOP), gap=Space.S,
        )  # fmt: skip
        return column(
            boxed(named), Label(_("Label, in mm"), Text.HEADING), boxed(sizes), boxed(logo),
            Label(_("Elements, in mm"), Text.HEADING), boxed(picked), self._none, self.editor,
            gap=Space.M,
        )  # fmt: skip

    def _listen(self) -> None:
        self.name.edited.connect(self._change_name)
        self.kind.chosen.connect(self._change_kind)
        for side, field in self.sides.items():
            field.edited.connect(lambda _text, of=side: self._change_side(of))
        self.logo.clicked.connect(self._choose_logo)
        self.no_logo.clicked.connect(lambda: self._take_logo(""))
        self.element.chosen.connect(self._pick)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.editor.changed.connect(self._take_element)
        self._model.logo_kept.connect(self._take_logo)
        self._model.refused.connect(self._at_field)

    # --- the layout ---------------------------------------------------------------------------

    def _change_name(self, text: str) -> None:
        self.name.show_state(State.PLAIN)
        self._put(replace(self._layout, name=text.strip()))

    def _change_kind(self, kind: str) -> None:
        known = next((one for one in KINDS if one == kind), None)
        if known is not None and not self._is_filling:
            self._put(replace(self._layout, kind=known))

    def _change_side(self, side: str) -> None:
        field = self.sides[side]
        value = typed_length(field.text())
        if value is None or not SIZES[0] <= value <= SIZES[1]:
            least, most = (isolated(in_mm(one)) for one in SIZES)
            said = _("A figure from {least} to {most}.").format(least=least, most=most)
            field.show_state(State.BAD, said)
            return
        field.show_state(State.PLAIN)
        changed = (
            replace(self._layout, width=value)
            if side == "width"
            else replace(self._layout, height=value)
        )
        self._put(changed)

    def _choose_logo(self) -> None:
        kinds = _("Pictures") + " (*.png *.jpg *.jpeg)"
        chosen = QFileDialog.getOpenFileName(self, _("Choose a logo"), "", kinds)[0]
        if chosen:
            self._model.keep_logo(Path(chosen))

    def _take_logo(self, digest: str) -> None:
        """Take a kept picture as the logo, and give it a place where it has none."""
        self._layout = replace(self._layout, logo=digest)
        if digest and not any(one.what == "logo" for one in self._layout.elements):
            self._layout = with_new(self._layout, "logo")
            self._choose(len(self._layout.elements) - 1)
        self._say_logo()
        self._tell()

    def _say_logo(self, wrong: str = "") -> None:
        self.no_logo.setVisible(bool(self._layout.logo))
        self._logo_said.setText(wrong or (_("A logo is kept.") if self._layout.logo else ""))

    # --- the elements -------------------------------------------------------------------------

    def _pick(self, number: str) -> None:
        if not self._is_filling and number.isdecimal() and int(number) - 1 != self._at:
            self._choose(int(number) - 1)
            self.picked.emit(self._at)

    def _add(self) -> None:
        what = self.new.value()
        if not what:
            return
        self._layout = with_new(self._layout, what)
        self._choose(len(self._layout.elements) - 1)
        self._tell()
        first = self.editor.text if what == "text" else self.editor.places["left"]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        if self._at < 0:
            return
        self._layout = without_element(self._layout, self._at)
        self._choose(min(self._at, len(self._layout.elements) - 1))
        self._tell()

    def _take_element(self, element: LabelElement) -> None:
        self._put(with_element(self._layout, self._at, element))

    def _drag(self, element: LabelElement) -> None:
        self.editor.show_places(element)
        self._take_element(element)

    def _choose(self, at: int) -> None:
        """Show an element's figures; none where there is none."""
        elements = self._layout.elements
        self._at = at if 0 <= at < len(elements) else -1
        self._is_filling = True
        self.element.set_choices(
            [
                Choice(str(number), f"{number} {wording.label_element(one.what)}")
                for number, one in enumerate(elements, 1)
            ]
        )
        self.element.set_value(str(self._at + 1) if self._at >= 0 else "")
        self._is_filling = False
        self._none.setVisible(self._at < 0)
        self.remove.setEnabled(self._at >= 0)
        self.editor.show_element(elements[self._at] if self._at >= 0 else None)

    # --- what is said -------------------------------------------------------------------------

    def _at_field(self, error: StockpileError) -> None:
        """Say at its field what was refused."""
        if isinstance(error, PhotoUnreadable):
            self._say_logo(wording.error_sentence(error))
        elif isinstance(error, FieldMissing) and error.field == "name":
            self.name.show_state(State.BAD, _("This is needed."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, FieldMissing) and error.field == "text":
            self.editor.show_missing_text()

    def _clear_states(self) -> None:
        for field in (self.name, *self.sides.values()):
            field.show_state(State.PLAIN)

    def _put(self, layout: LabelLayoutSet) -> None:
        if layout != self._layout:
            self._layout = layout
            self._tell()

    def _tell(self) -> None:
        self.edited.emit(self._layout, self._at)
