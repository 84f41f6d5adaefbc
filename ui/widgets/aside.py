# ruff: noqa: N802 — Qt names what is overridden
"""A page with a panel beside it that goes away when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from ui.theme import Space
from ui.widgets.arrange import Share, row, rule

NARROW = 930
"""A page narrower than this, in pixels, shows no panel: a window of about 1,200."""


class WithAside(QWidget):
    """The content, and at its end a panel of fixed width."""

    def __init__(
        self,
        content: QWidget,
        aside: QWidget,
        *,
        width: int = 300,
        line: bool = False,
        gap: int = Space.XXL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._content, self._aside = content, aside
        self._wanted = True
        aside.setFixedWidth(width)
        self._between = [rule(upright=True)] if line else []
        whole = row(Share(content), *self._between, aside, gap=gap if not line else 18)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(whole)

    def show_aside(self, *, shown: bool) -> None:
        """Show the panel, where there is room for it, or put it away."""
        self._wanted = shown
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: the content alone, for the panel can go."""
        least = super().minimumSizeHint()
        return QSize(self._content.minimumSizeHint().width(), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the panel or put it away by the room there is."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        shown = self._wanted and self.width() >= NARROW
        for part in (self._aside, *self._between):
            part.setVisible(shown)
