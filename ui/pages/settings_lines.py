"""Lines of fields of which there are as many as somebody wants: added at the end, taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Space
from ui.widgets.arrange import column
from ui.widgets.button import Button, IconButton


class Line(QWidget):
    """A line of fields, with the button that takes it away.

    Signals:
        edited: one of its fields was changed.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.remove = IconButton("trash-2", "")

    def name(self, number: int) -> None:
        """Say aloud which line its fields belong to."""
        raise NotImplementedError

    def name_removal(self, away: str, title: str) -> None:
        """Say what its button takes away."""
        self.remove.setToolTip(away)
        self.remove.setAccessibleName(f"{away}: {title}")


Kind = TypeVar("Kind", bound=Line)


class Lines(Generic[Kind]):
    """The lines of an editor; it shows ``none`` where there is no line, ``add`` asks for one."""

    def __init__(self, none: QWidget, add: Button, edited: Callable[[], None]) -> None:
        self.all: list[Kind] = []
        self.body: QVBoxLayout = column(gap=Space.S)
        self._none = none
        self._add = add
        self._edited = edited

    def show(self, lines: Iterable[Kind]) -> None:
        """Show these lines in the place of those before; nobody is told."""
        for line in list(self.all):
            self._drop(line)
        for line in lines:
            self._take(line)
        self._tidy()

    def append(self, line: Kind) -> None:
        """Add a line that somebody asked for."""
        self._take(line)
        self._tidy()
        self._edited()

    def _take(self, line: Kind) -> None:
        line.edited.connect(self._edited)
        line.remove.clicked.connect(partial(self._remove, line))
        self.all.append(line)
        self.body.addWidget(line)

    def _remove(self, line: Kind) -> None:
        self._drop(line)
        self._tidy()
        self._edited()
        last = self.all[-1].remove if self.all else self._add
        last.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, line: Kind) -> None:
        self.all.remove(line)
        self.body.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _tidy(self) -> None:
        self._none.setVisible(not self.all)
        for number, line in enumerate(self.all, 1):
            line.name(number)
