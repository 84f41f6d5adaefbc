"""What is open about a weapon, each with the one button that closes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.matters import Matter
from stockpile.language import _, ngettext
from stockpile.record_words import closing_words, matter_words
from ui.theme import Space, Text, Tone
from ui.widgets.arrange import Share, boxed, clear, column, row
from ui.widgets.button import Button
from ui.widgets.card import Card, Ground
from ui.widgets.picture import Tile
from ui.widgets.text import Label, card_title, secondary

_GRAVE = frozenset({"remnant", "conflict", "lost", "mark_unknown", "readings_differ", "unfit"})
_TILE = 30


class OpenMatters(Card):
    """The list; it goes away when nothing is open.

    Signals:
        wanted: somebody wants to close one: the matter.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._title = card_title("")
        self._rows = column(gap=Space.S)
        super().__init__(column(self._title, self._rows, gap=Space.M), Ground.INSET, parent=parent)
        self.hide()

    def show_matters(self, matters: Sequence[Matter]) -> None:
        """Show what is open."""
        clear(self._rows)
        words = ngettext("{count} thing is open", "{count} things are open", len(matters))
        self._title.setText(words.format(count=len(matters)))
        for matter in matters:
            self._rows.addWidget(self._line(matter))
        self.setVisible(bool(matters))

    def _line(self, matter: Matter) -> QWidget:
        title, sentence = matter_words(matter)
        tone = Tone.BAD if matter.kind in _GRAVE else Tone.WARN
        icon = "circle-alert" if matter.kind in _GRAVE else "circle-dot"
        button = Button(closing_words(matter.closing))
        button.setAccessibleName(_("{act}: {matter}").format(act=button.text(), matter=title))
        button.clicked.connect(partial(self.wanted.emit, matter))
        said = column(Label(title, Text.STRONG, wrap=True), secondary(sentence, wrap=True), gap=0)
        return boxed(row(Tile(icon, tone, _TILE, 16), Share(said), button, gap=Space.M))
