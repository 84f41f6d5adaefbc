# ruff: noqa: N802 — Qt names what is overridden
"""What can be done with all chosen weapons at once, in a bar under the list while some are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from stockpile.domain.people import Act
from stockpile.language import _, isolated, ngettext
from ui.theme import Ink, Space, Text
from ui.view_models.bulk import BulkModel
from ui.widgets.arrange import STRETCH, row
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.text import ShortLabel

_ACTS: Final[dict[str, Act]] = {
    "label": "label", "how": "label", "move": "move", "withdraw": "withdraw",
    "mark": "order_marking",
    "gate": "pass_gate", "destroy": "order_destruction",
}  # fmt: skip
_SHORTENED: Final = ("gate", "destroy", "mark", "copy", "move")
"""Acts whose icons stand alone where words have no room: these first."""


class BulkBar(QWidget):
    """How many are chosen, and what can be done with them.

    Signals:
        wanted: the act: label, how (labels are printed), move, copy, withdraw, mark,
            gate or destroy.
        let_go: nothing is to be chosen any more.
    """

    wanted = Signal(str)
    let_go = Signal()

    def __init__(self, model: BulkModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.count = ShortLabel("", Text.HEADING, Ink.TEXT)
        self.acts: dict[str, Button | IconButton] = {
            "label": Button(_("Labels"), icon="printer", hint="Ctrl+P"),
            "how": IconButton("sliders-horizontal", _("How labels are printed (Alt+P)")),
            "move": Button(_("Move"), icon="map-pin"),
            "mark": Button(_("Order marking"), icon="stamp"),
            "gate": Button(_("Gate pass"), icon="log-out"),
            "destroy": Button(_("Order destruction"), icon="flame"),
            "copy": Button(_("Copy out"), icon="file-down"),
            "withdraw": Button(_("Withdraw"), Kind.DANGER, "archive"),
        }
        self.none = IconButton("x", _("Choose none"))
        self._words = {name: self.acts[name].text() for name in _SHORTENED}
        for name, said in self._words.items():
            self.acts[name].setToolTip(said)
        for act, button in self.acts.items():
            button.clicked.connect(lambda _on=False, act=act: self.wanted.emit(act))
        self.none.clicked.connect(self.let_go)
        self.setLayout(row(self.count, STRETCH, *self.acts.values(), self.none, gap=Space.XS))
        self.hide()

    def show_chosen(self, chosen: int, of: int) -> None:
        """Show how many are chosen; nothing of it for one or none, which the detail is for."""
        number = isolated(QLocale().toString(chosen))
        words = ngettext("{count} chosen", "{count} chosen", chosen)
        every = ngettext("All {count} chosen", "All {count} chosen", chosen)
        self.count.setText((every if chosen == of else words).format(count=number))
        for act, button in self.acts.items():
            allowed = act not in _ACTS or self._model.may(_ACTS[act])
            button.setEnabled(allowed and not self._model.is_busy)
        self.setVisible(chosen > 1)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: icons alone where they say enough."""
        spared = sum(
            self.acts[name].sizeHint().width() - self.acts[name].height()
            for name in _SHORTENED
            if self.acts[name].text()
        )
        least = super().minimumSizeHint()
        return QSize(least.width() - spared, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in words what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say every act in words, then leave out one after the other until all have room."""
        for name, said in self._words.items():
            self.acts[name].setText(said)
        parts = (self.count, *self.acts.values(), self.none)
        for name in _SHORTENED:
            needed = sum(one.sizeHint().width() for one in parts) + Space.XS * len(parts)
            if needed <= self.width():
                return
            self.acts[name].setText("")
