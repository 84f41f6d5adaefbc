# ruff: noqa: N802 — Qt names what is overridden
"""Fields side by side, in as many columns as their words have room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import Space
from ui.widgets.field_frame import FieldFrame

GAP = 14
_WIDE, _NARROW, _ALONE = 3, 2, 1


class FieldGrid(QWidget):
    """Fields in three columns, or in fewer where those have no room; tall ones stand at the top.

    A pair ``fits_itself``: it looks by itself whether there is room for both in one row.
    """

    def __init__(
        self,
        fields: Sequence[QWidget],
        *,
        fits_itself: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields, self._columns = tuple(fields), 0
        self._fits_itself = fits_itself
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(Space.M)
        self._set_columns(_NARROW if fits_itself else _WIDE)

    @property
    def columns(self) -> int:
        """Return in how many columns the fields stand."""
        return self._columns

    def fit(self, width: int) -> None:
        """Stand in three columns where all their words fit into the pixels there are, else in two.

        Where not even their names fit beside each other, they stand one below the other.
        """
        if not self._fits_itself and self._needed(_WIDE, _whole) <= width:
            self._set_columns(_WIDE)
        else:
            self._set_columns(_NARROW if self._needed(_NARROW, _least) <= width else _ALONE)

    def minimumSizeHint(self) -> QSize:
        """Return the least room; a pair can stand one below the other."""
        least = super().minimumSizeHint()
        return QSize(self._needed(_ALONE, _least), least.height()) if self._fits_itself else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again whether a pair has room in one row."""
        super().resizeEvent(event)
        if self._fits_itself:
            self.fit(event.size().width())

    def _needed(self, columns: int, measure: Callable[[QWidget], int]) -> int:
        widths = [[measure(one) for one in self._fields[at::columns]] for at in range(columns)]
        return sum(max(each, default=0) for each in widths) + (columns - 1) * GAP

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


def _whole(field: QWidget) -> int:
    least = field.minimumSizeHint().width()
    return max(least, field.whole_width()) if isinstance(field, FieldFrame) else least


def _least(field: QWidget) -> int:
    return field.minimumSizeHint().width()
