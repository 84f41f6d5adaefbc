"""Labels and values in two columns: the identity of a thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from stockpile.language import plain
from ui.theme import Ink, Text
from ui.widgets.arrange import clear
from ui.widgets.text import Identifier, Label, secondary

_GAP = 7
_BETWEEN = 12


@dataclass(frozen=True, slots=True)
class Detail:
    """One row: a label, its value, and whether the value is an identifier."""

    label: str
    value: str
    identifier: bool = False
    ink: Ink = Ink.TEXT


class DetailList(QWidget):
    """The rows, values aligned; an empty value is shown as a dash."""

    def __init__(self, details: Sequence[Detail] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(_GAP)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.show_details(details)

    def show_details(self, details: Sequence[Detail]) -> None:
        """Show other rows."""
        clear(self._grid)
        for number, detail in enumerate(details):
            value = _value(detail)
            value.setAccessibleName(f"{detail.label}: {plain(value.text())}")
            self._grid.addWidget(secondary(detail.label, wrap=True), number, 0)
            self._grid.addWidget(value, number, 1)


def _value(detail: Detail) -> Label:
    if not detail.value:
        return Label("–", Text.STRONG, Ink.MUTED)  # noqa: RUF001 — a dash, as it is printed
    if detail.identifier:
        return Identifier(detail.value, Text.IDENTIFIER, detail.ink)
    return Label(detail.value, Text.STRONG, detail.ink, wrap=True)
