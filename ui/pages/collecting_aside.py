"""Beside the hand-in table: what lies on it, and what came in today."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _, ngettext
from ui.pages.collecting_words import brought_lines, day_line, rounds_words, weapons_words
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.collecting import Day, Table
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.card import Card
from ui.widgets.line_list import LineList
from ui.widgets.text import Label, card_title, secondary

_LEAST = 84
_EDGES = (Space.L, Space.M, Space.L, Space.S)  # both lists have room in the lowest window


class BroughtCard(Card):
    """What lies on the table, the newest first."""

    def __init__(self) -> None:
        self.lines = LineList(_("On the table"))
        self._none = secondary(_("Nothing yet. Weapons and rounds that are put down stand here."),
                               wrap=True)  # fmt: skip
        self._count = Label("", Text.SECONDARY, Ink.SECONDARY)
        head = row(card_title(_("On the table")), STRETCH, self._count)
        super().__init__(
            column(
                head, Share(self._none, 1, Qt.AlignmentFlag.AlignTop), Share(self.lines),
                gap=Space.XS,
            ),
            margins=_EDGES,
        )  # fmt: skip
        self.setMinimumHeight(_LEAST)
        self.lines.setMinimumHeight(0)

    def show_table(self, table: Table) -> None:
        """Show what lies there."""
        self.lines.show_lines(brought_lines(table))
        self.lines.setVisible(not table.is_empty)
        self._none.setVisible(table.is_empty)
        self._count.setText(figure(len(table.pieces)) if table.pieces else "")


class CollectingAside(QWidget):
    """The panel.

    Signals:
        opened: a receipt of today is to be printed again: its id.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.brought = BroughtCard()
        self._figures = Label("", Text.BODY, Ink.SECONDARY, wrap=True)
        self.today = LineList(_("Handed in today"))
        self._none = secondary(
            _("Nothing was handed in today. Each receipt stands here; Enter prints it again."),
            wrap=True,
        )
        day = column(
            card_title(_("Handed in today")), self._figures,
            Share(self._none, 1, Qt.AlignmentFlag.AlignTop), Share(self.today),
            gap=Space.S,
        )  # fmt: skip
        self.setLayout(
            column(Share(self.brought, 2), Share(Card(day, margins=_EDGES), 3), gap=Space.M)
        )
        self.today.opened.connect(self.opened)
        self.show_day(Day())
        self.brought.show_table(Table())

    def show_day(self, day: Day) -> None:
        """Show what came in today."""
        self.today.show_lines([day_line(one) for one in day.lines])
        self._none.setVisible(not day.lines)
        self.today.setVisible(bool(day.lines))
        self._figures.setVisible(bool(day.lines))
        tally = day.tally
        people = ngettext("{count} person", "{count} people", tally.people)
        said = (
            people.format(count=figure(tally.people)),
            weapons_words(tally.weapons),
            rounds_words(tally.rounds),
        )
        self._figures.setText(joined(*said))
