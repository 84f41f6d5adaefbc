"""A short table of words that wrap: rows that are read, not scrolled through by thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from stockpile.language import plain
from ui.theme import Ink, Text, Tone
from ui.widgets.arrange import STRETCH, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.chip import Chip
from ui.widgets.text import Identifier, Label, secondary
from ui.widgets.timeline import warned

_BETWEEN, _GAP = 12, 6
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, whether they are an identifier, and a tone that makes it a chip.

    ``link`` is what is told when the button beneath the words is pressed, ``link_text`` its words;
    ``warning`` what speaks against what is said.
    """

    text: str
    identifier: bool = False
    tone: Tone | None = None
    ink: Ink = Ink.TEXT
    link: str = ""
    link_text: str = ""
    warning: str = ""


class DetailTable(QWidget):
    """Rows under their titles, parted by lines; a column gets room by its share.

    Signals:
        followed: the button in a cell was pressed: the cell's link.
    """

    followed = Signal(str)

    def __init__(
        self, titles: Sequence[str], shares: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._titles, self._is_away = tuple(titles), False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(_GAP)
        for number, share in enumerate(shares):
            self._grid.setColumnStretch(number, share)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show other rows; without any, the titles go too."""
        clear(self._grid)
        if bool(rows) is self._is_away:  # not sooner: shown before it has a place, it is a window
            self._is_away = not rows
            self.setVisible(bool(rows))
        for number, title in enumerate(self._titles):
            self._grid.addWidget(secondary(title, wrap=True), 0, number, _TOP)
        for number, cells in enumerate(rows):
            self._grid.addWidget(rule(), 2 * number + 1, 0, 1, len(self._titles))
            for place, cell in enumerate(cells):
                made = self._linked(cell, _made(cell, self._titles[place]))
                self._grid.addWidget(made, 2 * number + 2, place, _TOP)

    def _linked(self, cell: Cell, said: QWidget) -> QWidget:
        if not cell.link:
            return said
        button = Button(cell.link_text, Kind.GHOST, "image", height=28)
        button.setAccessibleName(plain(f"{cell.link_text}: {cell.text}"))
        button.clicked.connect(partial(self.followed.emit, cell.link))
        return boxed(column(said, row(button, STRETCH, gap=0), gap=2))


def _made(cell: Cell, title: str) -> QWidget:
    if cell.tone is not None and cell.text:
        whole = Chip(cell.text, cell.tone)
        whole.setMinimumWidth(whole.sizeHint().width())
        chip = boxed(row(whole, STRETCH, gap=0))
        chip.setAccessibleName(plain(f"{title}: {cell.text}"))
        return chip
    if cell.identifier and cell.text:
        code = Identifier(cell.text, Text.IDENTIFIER, cell.ink)
        code.setWordWrap(True)
        code.setAccessibleName(plain(f"{title}: {cell.text}"))
        return code
    said = Label(cell.text, Text.BODY, cell.ink, wrap=True)
    said.setAccessibleName(plain(f"{title}: {cell.text}") if cell.text else "")
    return boxed(column(said, warned(cell.warning), gap=2)) if cell.warning else said
