"""One element of a label: where it stands, how large it is, and what it says, in mm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import LabelElement
from stockpile.domain.label_layouts import FONT_SIZES, WORDS
from stockpile.language import LANGUAGES, _, isolated
from ui.theme import Space
from ui.view_models.mark_layouts import bare_mm, length_typed
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.tick import Tick

_TOP = Qt.AlignmentFlag.AlignTop
_OTHERS: Final = (("ps", "پښتو"), ("fa", "فارسی"), ("ur", "اردو"))
"""Languages that the program does not speak, by their own names: the site says its own words."""
_TENTHS: Final = 10
_TENTH_UM: Final = 100
"""What a tenth is of a figure that was read as thousandths."""
_OWN_NAMES: Final = "ASR = …; PST = …"


class ElementEditor(QWidget):
    """The figures of the chosen element.

    Signals:
        changed: the element as it is typed now.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._element: LabelElement | None = None
        self._is_filling = False
        self.places = {
            "left": Field(_("From the left"), identifier=True),
            "top": Field(_("From the top"), identifier=True),
            "width": Field(_("Width"), identifier=True),
            "height": Field(_("Height"), identifier=True),
        }
        self.letters = Field(_("Letters, points"), hint=_("0: as the box"), identifier=True)
        self.grid = FieldGrid([*self.places.values(), self.letters])
        self.language = ChoiceField(_("Language"), _languages())
        self.text = Field(_("Text"))
        self.bold = Tick(_("Bold letters"))
        self._words = boxed(
            row(Share(self.language, 2, _TOP), Share(self.text, 3, _TOP), gap=Space.M)
        )
        body = column(self.grid, self._words, boxed(row(self.bold, STRETCH)), gap=Space.M)
        self.setLayout(body)
        self._listen()

    def show_element(self, element: LabelElement | None) -> None:
        """Show another element, or none; nobody is told."""
        self._element = element
        self.setVisible(element is not None)
        if element is None:
            return
        self._is_filling = True
        is_words = element.what in WORDS
        self.letters.setVisible(is_words)
        self.bold.setVisible(is_words and element.what != "tag")
        self._words.setVisible(element.what in ("text", "type"))
        self.language.setVisible(element.what == "type")
        self.language.set_value(element.language)
        self.letters.set_text(f"{element.size / _TENTHS:g}")
        self.letters.show_state(State.PLAIN)
        self.text.name(_("Names of your own") if element.what == "type" else _("Text"))
        self.text.edit.setPlaceholderText(_OWN_NAMES if element.what == "type" else "")
        self.text.set_text(element.text)
        self.text.show_state(State.PLAIN)
        self.bold.setChecked(element.bold)
        self._is_filling = False
        self.show_places(element)

    def show_places(self, element: LabelElement) -> None:
        """Show where the element stands now: it was dragged."""
        self._element = element
        for name, field in self.places.items():
            field.set_text(bare_mm(getattr(element, name)))
            field.show_state(State.PLAIN)

    def show_missing_text(self) -> None:
        """Say that a text of one's own needs words."""
        self.text.show_state(State.BAD, _("This is needed."))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _listen(self) -> None:
        for name, field in self.places.items():
            field.edited.connect(lambda _text, of=name: self._change_place(of))
        self.letters.edited.connect(lambda _text: self._change_letters())
        self.language.chosen.connect(
            lambda code: self._change(lambda one: replace(one, language=code))
        )
        self.text.edited.connect(lambda text: self._change(lambda one: replace(one, text=text)))
        self.bold.toggled.connect(lambda on: self._change(lambda one: replace(one, bold=on)))

    def _change(self, change: Callable[[LabelElement], LabelElement]) -> None:
        if self._element is None or self._is_filling:
            return
        after = change(self._element)
        if after != self._element:
            self._element = after
            self.changed.emit(after)

    def _change_place(self, name: str) -> None:
        field = self.places[name]
        value = typed_length(field.text())
        if value is None:
            field.show_state(State.BAD, _("Millimetres, such as 2.5."))
            return
        field.show_state(State.PLAIN)
        self._change(lambda one: _placed(one, name, value))

    def _change_letters(self) -> None:
        value = typed_length(self.letters.text())
        size = -1 if value is None else value // _TENTH_UM
        if size and not FONT_SIZES[0] <= size <= FONT_SIZES[1]:
            least, most = (isolated(f"{one / _TENTHS:g}") for one in FONT_SIZES)
            said = _("0, or from {least} to {most}.").format(least=least, most=most)
            self.letters.show_state(State.BAD, said)
            return
        self.letters.show_state(State.PLAIN)
        self._change(lambda one: replace(one, size=size))


def typed_length(text: str) -> int | None:
    """Return micrometres for millimetres as typed; None for what is no length."""
    try:
        return length_typed("length", text)
    except FieldUnreadable:
        return None


def _placed(element: LabelElement, name: str, value: int) -> LabelElement:
    match name:
        case "left":
            return replace(element, left=value)
        case "top":
            return replace(element, top=value)
        case "width":
            return replace(element, width=value)
        case _:
            return replace(element, height=value)


def _languages() -> list[Choice]:
    """Return the languages in which a type may be said, each by its own name."""
    own = [Choice(code, name) for code, name in (*LANGUAGES.items(), *_OTHERS)]
    return [Choice("", _("As the program")), *own]
