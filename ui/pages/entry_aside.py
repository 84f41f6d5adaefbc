"""Beside fast entry: what was just entered, how fast it goes, and a way back."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLayout, QWidget

from stockpile.language import _, isolated
from ui.pages.running_list import RunningList
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.entry import EntryModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.button import IconButton
from ui.widgets.card import Card, Ground
from ui.widgets.charts import Spark
from ui.widgets.picture import Picture
from ui.widgets.text import Label, card_title, secondary

_EXACT_BELOW = 10
_LEAST = 120  # pixels: a long word is cut sooner than the panel is pushed out of sight


class EntryAside(Card):
    """The running list with its undo, the pace, and why nothing can be lost.

    Signals:
        undo_wanted: take the last act back.
    """

    undo_wanted = Signal()

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        self._model = model
        self.list = RunningList()
        self._undo = IconButton("undo-2", _("Undo the last act"))
        self._figure = Label("", Text.FIGURE)
        self._spark = Spark((), Ink.CHART2, name=_("Seconds per weapon, the last ones"))
        self._pace = boxed(self._pace_parts())
        super().__init__(self._parts(), parent=parent)
        self._undo.clicked.connect(self.undo_wanted)
        model.line_changed.connect(self.list.show_line)
        model.cleared.connect(self.list.clear)
        self.show_figures()

    def show_figures(self) -> None:
        """Show how fast it goes, and whether there is something to take back."""
        self._undo.setEnabled(any(line.state == "saved" for line in self._model.lines))
        pace = self._model.pace
        self._pace.setVisible(pace is not None)
        if pace is not None:
            digits = 1 if pace < _EXACT_BELOW else 0
            seconds = QLocale().toString(pace, ord("f"), digits)
            self._figure.setText(_("{seconds} s").format(seconds=isolated(seconds)))
            self._spark.show_values(self._model.gaps)

    def _parts(self) -> QLayout:
        words = _("Nothing is lost if power fails: each weapon is on disk before the field clears.")
        said = Label(words, Text.SECONDARY, Ink.SECONDARY, wrap=True)
        said.setMinimumWidth(_LEAST)
        safe = Card(
            row(Picture("info", Ink.ACCENT, 16), Share(said), gap=10),
            Ground.INSET,
            margins=(12, 10, 12, 10),
        )
        safe.setProperty("tone", Tone.INFO.value)
        head = row(card_title(_("Just entered")), STRETCH, self._undo)
        return column(head, Share(self.list), self._pace, safe, gap=Space.M)

    def _pace_parts(self) -> QLayout:
        figure = column(self._figure, secondary(_("per weapon, last 10"), wrap=True), gap=0)
        return column(
            rule(), Label(_("Pace"), Text.HEADING), row(figure, Share(self._spark)), gap=6
        )
