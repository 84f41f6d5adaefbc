"""Labels and values in two columns: the identity of a thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from stockpile.language import plain
from ui.theme import Ink, Text
from ui.widgets.arrange import boxed, clear, column
from ui.widgets.text import Identifier, Label, secondary

_GAP = 7
_BETWEEN = 12
_LEVEL, _TOP = Qt.AlignmentFlag(0), Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Detail:
    """One row: a label, its value, whether the value is an identifier, and a quiet note under it.

    A row without a label goes on with the one before: another entry of the same thing.
    """

    label: str
    value: str
    identifier: bool = False
    ink: Ink = Ink.TEXT
    note: str = ""


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
            value.setAccessibleName(_spoken(detail, value.text()))
            label = secondary(detail.label, wrap=True)
            self._grid.addWidget(label, number, 0, _TOP if detail.note else _LEVEL)
            self._grid.addWidget(_noted(value, detail.note), number, 1)


def _value(detail: Detail) -> Label:
    if not detail.value:
        return Label("–", Text.STRONG, Ink.MUTED)  # noqa: RUF001 — a dash, as it is printed
    if detail.identifier:
        is_path = any(sign in detail.value for sign in "/\\")  # it goes on in the next line
        return Identifier(detail.value, Text.IDENTIFIER, detail.ink, wrap=is_path)
    return Label(detail.value, Text.STRONG, detail.ink, wrap=True)


def _noted(value: Label, note: str) -> QWidget:
    return boxed(column(value, secondary(note, wrap=True), gap=1)) if note else value


def _spoken(detail: Detail, value: str) -> str:
    said = f"{detail.label}: {value}" if detail.label else value
    return plain(f"{said}. {detail.note}" if detail.note else said)
