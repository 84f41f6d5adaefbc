"""A piece of long work as a page shows it: a bar that comes with the work and goes with it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Work
from ui.widgets.arrange import clear, column
from ui.widgets.progress import Progress


class WorkBar(QWidget):
    """How far the work is, and Cancel; nothing while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._slot: QVBoxLayout = column()
        self.setLayout(self._slot)
        self.hide()

    def follow(self, work: Work, label: str, *, can_cancel: bool = True) -> Progress:
        """Show a work that has begun, and return how it is shown."""
        clear(self._slot)
        progress = Progress(label, can_cancel=can_cancel)
        work.progressed.connect(progress.show_step)
        progress.cancelled.connect(work.cancel)
        self._slot.addWidget(progress)
        self.show()
        return progress

    def end(self) -> None:
        """Show that there is none any more."""
        clear(self._slot)
        self.hide()
