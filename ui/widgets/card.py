# ruff: noqa: N802 — Qt names what is overridden
"""Grounds that things lie on: paper, card, inset, plate, and banners that say one thing."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QWidget

from ui.theme import Space, Text, Tone
from ui.widgets.arrange import STRETCH, Item, Margins, Share, column, mirrored, row
from ui.widgets.picture import Picture
from ui.widgets.text import Label


class Ground(StrEnum):
    """What a card looks like."""

    PAPER = "paper"
    CARD = "card"
    INSET = "inset"
    HERO = "hero"
    PLATE = "plate"


class Card(QFrame):
    """A bordered ground with a layout on it."""

    def __init__(
        self,
        layout: QLayout,
        ground: Ground = Ground.CARD,
        *,
        margins: Margins = (Space.L, Space.L, Space.L, Space.L),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", ground.value)
        layout.setContentsMargins(*mirrored(margins))
        self.setLayout(layout)
        if ground is Ground.PLATE:  # what will stand on the metal is never mirrored
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


class Banner(QFrame):
    """One message across the page: an icon, a title, a sentence and what to do about it.

    A loud banner is for the result of a scan: letters of 24 pixels and a border, to be read
    from across the bench.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        tone: Tone = Tone.INFO,
        *actions: QWidget,
        loud: bool = False,
        middle: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._loud = loud
        self._picture = Picture(icon, tone.ink, 40 if loud else 24)
        self._title = Label(
            title, Text.BANNER_TITLE if loud else Text.CARD_TITLE, tone.ink, wrap=True
        )
        self._sentence = Label(sentence, Text.FIELD if loud else Text.BODY, wrap=True)
        said: tuple[Item, ...] = (
            (self._title, middle, self._sentence)
            if middle
            else (
                self._title,
                self._sentence,
            )
        )
        self.setLayout(
            row(
                self._picture,
                Share(column(STRETCH, *said, STRETCH, gap=2)),
                column(*actions, gap=Space.S),
                gap=Space.XL if loud else Space.L,
                margins=(Space.XXL, Space.XXL, Space.XL, Space.XXL)
                if loud
                else (Space.L, Space.M, Space.L, Space.M),
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.say(icon, title, sentence, tone)

    def say(self, icon: str, title: str, sentence: str, tone: Tone) -> None:
        """Say something else, in another tone."""
        self._picture.show_icon(icon, tone.ink)
        self._title.setText(title)
        self._title.set_ink(tone.ink)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setProperty("loud" if self._loud else "tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)

    def sizeHint(self) -> QSize:
        """Return the room that its words take in the width that it has: it is never taller."""
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the words now break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
