"""A field of several boxes to tick: which of a short closed list apply."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.arrange import boxed, column
from ui.widgets.choice_field import Choice
from ui.widgets.field_frame import FieldFrame
from ui.widgets.tick import Tick


class TicksField(FieldFrame):
    """A labelled list of boxes, any of which may be ticked.

    Signals:
        chosen: other boxes are ticked than before: their values with commas between.
    """

    chosen = Signal(str)

    def __init__(
        self, label: str, choices: Sequence[Choice], *, parent: QWidget | None = None
    ) -> None:
        self._ticks = {one.value: Tick(one.text) for one in choices}
        boxes = boxed(column(*self._ticks.values(), gap=0))
        boxes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        super().__init__(label, boxes, parent=parent)
        for tick in self._ticks.values():
            tick.toggled.connect(lambda _on: self.chosen.emit(self.value()))
        self.setFocusProxy(next(iter(self._ticks.values())))

    def value(self) -> str:
        """Return the values ticked, with commas between, in the order of the list."""
        return ",".join(one for one, tick in self._ticks.items() if tick.isChecked())

    def set_value(self, value: str) -> None:
        """Tick the values named, with commas between, and no others; nobody is told."""
        named = value.split(",")
        for one, tick in self._ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(one in named)
