# ruff: noqa: N802 — Qt names what is overridden
"""A list and what is known of one of its rows: side by side, or one after the other when narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from ui.widgets.arrange import Share, row, rule
from ui.widgets.aside import NARROW

_DETAIL = 300
_WIDEST = 16_777_215  # Qt's word for no limit
_GAP = 18


class ListAndDetail(QWidget):
    """The list, and at its end the detail; a narrow page shows the one that is wanted.

    Signals:
        narrowed: there is room for one of them only (True), or for both again.
    """

    narrowed = Signal(bool)

    def __init__(self, list_: QWidget, detail: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list, self._detail = list_, detail
        self._wanted, self._turned_to, self._offered = True, False, True
        self._narrow: bool | None = None
        self._between = rule(upright=True)
        detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        whole = row(Share(list_, 1), self._between, Share(detail, 0), gap=_GAP)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(whole)
        self._place()

    @property
    def is_narrow(self) -> bool:
        """Return whether only one of the two has room."""
        return bool(self._narrow)

    @property
    def shows_detail(self) -> bool:
        """Return whether the detail is in sight."""
        return self._offered and (self._turned_to if self._narrow else self._wanted)

    def offer_detail(self, *, offered: bool) -> None:
        """Say whether there is anything to show a detail of."""
        self._offered = offered
        self._place()

    def show_detail(self, *, shown: bool) -> None:
        """Show the detail, beside the list or in its place; or put it away."""
        self._turned_to = shown
        if shown or not self._narrow:  # going back to a list that was hidden closes nothing
            self._wanted = shown
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: the list alone."""
        return QSize(self._list.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two side by side or one after the other, by the room there is."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow, self._turned_to = narrow, False
            self._place()
            self.narrowed.emit(narrow)

    def _place(self) -> None:
        narrow = bool(self._narrow)
        self._detail.setMinimumWidth(0 if narrow else _DETAIL)
        self._detail.setMaximumWidth(_WIDEST if narrow else _DETAIL)
        self._detail.setVisible(self.shows_detail)
        self._between.setVisible(self.shows_detail and not narrow)
        self._list.setVisible(not (narrow and self.shows_detail))
