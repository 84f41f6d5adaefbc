# ruff: noqa: N802 — Qt names what is overridden
"""Words on the screen: labels in the program's styles, and identifiers that nothing reorders."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from stockpile.language import isolated, plain
from ui.theme import Ink, Letters, Text, colour, style_font
from ui.widgets.drawing import smooth, words

_LEADING = Qt.AlignmentFlag.AlignLeft
_SHORTEST = 24


class Label(QLabel):
    """A text in one style and one ink, at the side where reading starts."""

    def __init__(
        self,
        text: str = "",
        style: Text = Text.BODY,
        ink: Ink = Ink.TEXT,
        *,
        wrap: bool = False,
        alignment: Qt.AlignmentFlag = _LEADING,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text)
        self._alignment, self._letters = alignment, style_font(style)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(self._letters)
        self.setProperty("ink", ink.value)
        self.setWordWrap(wrap)
        self._align()
        if parent is not None:  # only now: a parent sends events that need all of the above
            self.setParent(parent)

    def set_ink(self, ink: Ink) -> None:
        """Draw the text in another ink; the same one costs nothing."""
        if self.property("ink") == ink.value:
            return
        self.setProperty("ink", ink.value)
        self.style().unpolish(self)
        self.style().polish(self)

    def use_letters(self, letters: Letters) -> None:
        """Write the text in other letters."""
        self._letters = letters
        self.setFont(letters)

    def changeEvent(self, event: QEvent) -> None:
        """Move to the other side when the direction of reading changes, and keep the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()
        # A new sheet puts back the letters of the first polishing.
        elif self._lost_letters(event):
            self.setFont(self._letters)

    def _lost_letters(self, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            return False
        now, wanted = self.font(), self._letters
        return (now.pixelSize(), now.weight()) != (wanted.pixelSize(), wanted.weight())

    def _align(self) -> None:
        # A label takes its side from its own letters, so Latin text would stay at the left.
        side = self._alignment
        if side == _LEADING:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            side |= Qt.AlignmentFlag.AlignAbsolute
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)


class ShortLabel(Label):
    """A label that may be narrower than its text: it ends in an ellipsis and tells the rest."""

    def __init__(
        self,
        text: str = "",
        style: Text = Text.BODY,
        ink: Ink = Ink.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, style, ink, parent=parent)
        self._ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_ink(self, ink: Ink) -> None:
        """Draw the text in another ink."""
        self._ink = ink
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: a few letters."""
        return QSize(_SHORTEST, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        del event
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else plain(self.text()))
        ink = colour(self._ink).name()
        words(smooth(self), self.rect(), self.text(), self._letters, ink)


class Identifier(Label):
    """A serial number, a mark or a code: letters of equal width, in its own order always."""

    def __init__(
        self,
        text: str = "",
        style: Text = Text.IDENTIFIER,
        ink: Ink = Ink.TEXT,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", style, ink, wrap=wrap, parent=parent)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another identifier; a screen reader is given it without the isolates."""
        self.setText(isolated(text))
        self.setAccessibleName(plain(text))


def secondary(text: str, *, wrap: bool = False) -> Label:
    """Return a quieter, smaller label for what explains."""
    return Label(text, Text.SECONDARY, Ink.MUTED, wrap=wrap)


def page_title(text: str) -> Label:
    """Return the one title of a page."""
    return Label(text, Text.PAGE_TITLE)


def card_title(text: str) -> Label:
    """Return the title of a card."""
    return Label(text, Text.CARD_TITLE)
