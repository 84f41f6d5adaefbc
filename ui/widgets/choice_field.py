# ruff: noqa: N802 — Qt names what is overridden
"""A field with a list that is typed into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Height, Ink, Text, colour, paint_icon, style_font
from ui.widgets.arrange import is_mirrored
from ui.widgets.drawing import smooth, text_width
from ui.widgets.field_frame import FieldFrame, leading_side
from ui.widgets.typed_offers import Source, TypedOffers


class ComboBox(QComboBox):
    """A list that is also typed into: what is typed anywhere in a choice finds it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFixedHeight(Height.FIELD)
        self.setFont(style_font(Text.FIELD))
        self.setAccessibleName(plain(name))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = QLineEdit()
        line.setAccessibleName(plain(name))
        line.setFont(style_font(Text.FIELD))
        line.setAlignment(leading_side())
        self.setLineEdit(line)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.popup().setProperty("popup", "true")
        self.setCompleter(completer)
        line.editingFinished.connect(self._take_typed)
        line.editingFinished.connect(self.show_start)
        self._line = line

    def show_start(self) -> None:
        """Show the words from where they begin, unless somebody is typing in them."""
        if not self._line.hasFocus():
            self._line.setCursorPosition(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and the chevron of the theme; words that are cut are told under the hand."""
        super().paintEvent(event)
        text = self._line.text()
        fits = text_width(style_font(Text.FIELD), text) <= self._line.width()
        self.setToolTip("" if fits else text)
        x = 10 if is_mirrored() else self.width() - 10 - 16
        place = QRectF(x, (self.height() - 16) / 2, 16, 16)
        paint_icon(smooth(self), place, "chevron-down", colour(Ink.MUTED).name())

    def _take_typed(self) -> None:
        """Choose what was typed as nobody types isolates: the box itself compares every sign."""
        typed = self.currentText()
        texts = [plain(self.itemText(at)).casefold() for at in range(self.count())]
        known = self.findText(typed, Qt.MatchFlag.MatchFixedString) >= 0
        if not known and typed.casefold() in texts:
            chosen = texts.index(typed.casefold())
            self.setCurrentIndex(chosen)
            self.activated.emit(chosen)


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: the value that is kept and the words that are shown."""

    value: str
    text: str


class ChoiceField(FieldFrame):
    """A labelled list that is typed into.

    Signals:
        chosen: another value than before, "" when the typed text is none of the choices.
        taken: an offer was chosen while typing: its key.
    """

    chosen = Signal(str)
    taken = Signal(str)

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice] = (),
        *,
        hint: str = "",
        lockable: bool = False,
        free: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.box = ComboBox(label)
        super().__init__(label, self.box, hint=hint, lockable=lockable, parent=parent)
        self._free, self._last = free, ""
        self.offers: TypedOffers | None = None
        self._choices: tuple[Choice, ...] = ()
        self.set_choices(choices)
        self.box.currentTextChanged.connect(self._tell)
        self.setFocusProxy(self.box)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; what stands in the field stays."""
        kept = self.value()
        self._choices = tuple(choices)
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItems([choice.text for choice in choices])
            self.box.setCurrentIndex(-1)
        self.set_value(kept)

    def offer_from(self, source: Source) -> None:
        """Offer while typing what the source knows, in place of the choices themselves."""
        line = self.box.lineEdit()
        assert line is not None  # the box is made to be typed into
        self.box.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none for no completer
        self.offers = TypedOffers(line, source)
        self.offers.taken.connect(self.taken)

    def value(self) -> str:
        """Return the value chosen; a typed text when any text may stand here; else nothing."""
        typed = plain(self.box.currentText()).strip()
        same = (c.value for c in self._choices if plain(c.text).casefold() == typed.casefold())
        return next(same, typed if self._free else "")

    def set_value(self, value: str) -> None:
        """Choose a value; an unknown one empties the field, or is typed where any may stand."""
        known = next((c.text for c in self._choices if c.value == value), "")
        self.box.setCurrentText(known or (value if self._free else ""))
        self.box.show_start()

    def _tell(self) -> None:
        if self.value() != self._last:
            self._last = self.value()
            self.chosen.emit(self._last)
