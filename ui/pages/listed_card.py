"""A list on a card of its own, as boards have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.theme import Space
from ui.widgets.arrange import Share, column
from ui.widgets.card import Card
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary

_LEAST: Final = 44
"""How low a list may become where a window has little room."""


class ListedCard(Card):
    """A list under its name and how many lines it has, or what it means that it has none."""

    def __init__(self, listed: LineList, nothing: str) -> None:
        title, said = card_title(""), secondary(nothing, wrap=True)
        super().__init__(column(title, said, Share(listed), gap=Space.S))
        listed.setMinimumHeight(_LEAST)
        self._listed, self._title, self._nothing = listed, title, said

    def show_lines(self, lines: Sequence[LiveLine]) -> None:
        """Show these lines, and how many they are."""
        self._listed.show_lines(lines)
        self._nothing.setVisible(not lines)
        name = self._listed.accessibleName()
        self._title.setText(joined(name, figure(len(lines))) if lines else name)
