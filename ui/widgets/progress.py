# ruff: noqa: N802 — Qt names what is overridden
"""How far the work has come: a thin bar, its words, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from stockpile.language import _
from ui.theme import Ink, Text, colour, tokens
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.button import IconButton
from ui.widgets.drawing import rounded, smooth
from ui.widgets.text import Label, ShortLabel

_WHOLE = 1000
_CANCEL = 28


def percent(share: float) -> str:
    """Return a share from 0 to 1 as the language in use writes it."""
    return _("{percent} %").format(percent=round(100 * share))


class Meter(QProgressBar):
    """A share of a whole as a bar that fills from where reading starts."""

    def __init__(
        self,
        share: float = 0.0,
        ink: Ink = Ink.CHART1,
        *,
        height: int = 8,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ink = ink
        self.setRange(0, _WHOLE)
        self.setTextVisible(False)
        self.setFixedHeight(height)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.show_share(share)

    def show_share(self, share: float, ink: Ink | None = None) -> None:
        """Show a share from 0 to 1."""
        self._ink = ink or self._ink
        self.setValue(round(_WHOLE * min(1.0, max(0.0, share))))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a useful width."""
        return QSize(120, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the trough and the part that is done."""
        del event
        painter = smooth(self)
        whole = QRectF(self.rect())
        round_off = whole.height() / 2
        rounded(painter, whole, round_off, tokens().grey_soft)
        if not self.value():
            return
        width = max(whole.height(), whole.width() * self.value() / _WHOLE)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = whole.width() - width if mirrored else 0.0
        done = QRectF(left, 0, width, whole.height())
        rounded(painter, done, round_off, colour(self._ink).name())


class Progress(QWidget):
    """A work that takes time: what it is, how far it is, and Cancel.

    Signals:
        cancelled: the person wants it stopped; the bar stays until the work has stopped.
    """

    cancelled = Signal()

    def __init__(
        self, label: str, *, can_cancel: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label = ShortLabel(label, Text.SECONDARY, Ink.SECONDARY)
        self._percent = Label("", Text.SECONDARY_STRONG, Ink.SECONDARY)
        self._meter = Meter(height=4, name=label)
        self._cancel = IconButton("x", _("Cancel"), size=_CANCEL)
        self._cancel.clicked.connect(self._stop)
        text = row(self._label, self._percent)
        self.setLayout(row(column(STRETCH, text, self._meter, STRETCH, gap=4), self._cancel))
        self._cancel.setVisible(can_cancel)  # not sooner: without a parent it would be a window

    def show_step(self, done: int, total: int, label: str = "") -> None:
        """Show that `done` of `total` steps are done; with no total yet, only how many."""
        if label:
            self._label.setText(label)
            self._meter.setAccessibleName(label)
        share = done / total if total else 0.0
        self._meter.show_share(share)
        self._percent.setText(percent(share) if total else str(done or ""))

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._label.setText(_("Stopping…"))
        self.cancelled.emit()
