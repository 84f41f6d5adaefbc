"""Areas of a part that no mark may touch: pins, proof marks, marks that are there already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _, isolated
from ui.pages.settings_lines import Line, Lines
from ui.theme import Space
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button
from ui.widgets.field import Field, State
from ui.widgets.text import secondary

Area = tuple[str, str, str, str]
_NEW: Area = ("1", "1", "2", "2")
_LOW = 32


class AreasEditor(QWidget):
    """One line of fields for each area, in millimetres.

    Signals:
        edited: an area was added, changed or taken away.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._none = secondary(
            _("No part of the zone is forbidden. Pins, proof marks and older marks are."), wrap=True
        )
        self.add = Button(_("Add an area"), icon="plus", height=_LOW)
        self._lines: Lines[AreaLine] = Lines(self._none, self.add, self.edited.emit)
        self.setLayout(
            column(self._none, boxed(self._lines.body), row(self.add, STRETCH), gap=Space.S)
        )
        self.add.clicked.connect(self._add_new)

    @property
    def lines(self) -> tuple[AreaLine, ...]:
        """The lines that are shown."""
        return tuple(self._lines.all)

    def areas(self) -> tuple[Area, ...]:
        """Return the areas as they are typed."""
        return tuple(line.area() for line in self.lines)

    def show_areas(self, areas: Sequence[Area]) -> None:
        """Show other areas; nobody is told."""
        self._lines.show(map(AreaLine, areas))

    def show_wrong(self, message: str) -> None:
        """Say under the first area what is wrong; nothing takes it away."""
        for number, line in enumerate(self.lines):
            line.show_wrong(message if number == 0 else "")

    def _add_new(self) -> None:
        line = AreaLine(_NEW)
        self._lines.append(line)
        line.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)


class AreaLine(Line):
    """Place and size of one area."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        titles = (_("From the left"), _("From below"), _("Width"), _("Height"))
        self.fields = tuple(Field(title, identifier=True) for title in titles)
        for field, text in zip(self.fields, area, strict=True):
            field.set_text(text)
            field.edited.connect(lambda _text: self.edited.emit())
        top = Qt.AlignmentFlag.AlignTop
        bottom = column(28, self.remove)  # level with the fields under their labels
        self.setLayout(
            row(*(Share(field, 1, top) for field in self.fields), Share(bottom, 0), gap=Space.S)
        )

    def area(self) -> Area:
        """Return the figures as they are typed."""
        left, low, width, height = (field.text() for field in self.fields)
        return left, low, width, height

    def name(self, number: int) -> None:
        """Say aloud which area a field belongs to."""
        title = _("Forbidden area {number}").format(number=isolated(str(number)))
        for field in self.fields:
            field.edit.setAccessibleDescription(title)
        self.name_removal(_("Take this area away"), title)

    def show_wrong(self, message: str) -> None:
        """Say what is wrong under the first field."""
        self.fields[0].show_state(State.BAD if message else State.PLAIN, message)
