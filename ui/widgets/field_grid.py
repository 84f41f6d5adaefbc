"""Fields side by side, in as many columns as their words have room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import Space

GAP = 14
_WIDE, _NARROW = 3, 2


class FieldGrid(QWidget):
    """Fields in three columns, or in two where three have no room; tall ones stand at the top."""

    def __init__(self, fields: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields, self._columns = tuple(fields), 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(Space.M)
        self._set_columns(_WIDE)

    @property
    def columns(self) -> int:
        """Return in how many columns the fields stand."""
        return self._columns

    def fit(self, width: int) -> None:
        """Stand in three columns where their words fit into the pixels there are, else in two."""
        columns = [self._fields[at::_WIDE] for at in range(_WIDE)]
        needed = sum(
            max((one.minimumSizeHint().width() for one in each), default=0) for each in columns
        )
        self._set_columns(_WIDE if needed + (_WIDE - 1) * GAP <= width else _NARROW)

    def _set_columns(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, field in enumerate(self._fields):
            row, column = divmod(number, columns)
            last = number == len(self._fields) - 1
            span = columns - column if last else 1
            self._grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(_WIDE):
            self._grid.setColumnStretch(column, int(column < columns))
