"""What holds for everything that is handed over at once: when it is due, what for, which patrol."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable
from stockpile.language import _
from ui.theme import Space
from ui.view_models.counter import Header
from ui.widgets.arrange import Share, row
from ui.widgets.field import Choice, ChoiceField, Field, State


class HeaderFields(QWidget):
    """Four fields in a row; each is read as it is typed.

    Signals:
        edited: something else is said: the whole header.
    """

    edited = Signal(object)

    def __init__(self, header: Header) -> None:
        super().__init__()
        self.due = Field(_("Due back"), placeholder=_("18:00 or 2026-12-31"))
        self.purpose = Field(_("Purpose"))
        self.patrol = Field(_("Patrol"))
        self.use = ChoiceField(
            _("Handed out as"),
            [Choice("checkout", _("Checkout")), Choice("assignment", _("Assignment"))],
        )
        self.setLayout(
            row(
                Share(self.due, 4), Share(self.purpose, 4), Share(self.patrol, 4),
                Share(self.use, 3), gap=Space.M,
            )
        )  # fmt: skip
        self.show_header(header)
        for field in (self.due, self.purpose, self.patrol):
            field.edited.connect(self._tell)
        self.use.chosen.connect(self._tell)

    @property
    def header(self) -> Header:
        """What is said."""
        use = "assignment" if self.use.value() == "assignment" else "checkout"
        return Header(self.due.text(), self.purpose.text(), self.patrol.text(), use)  # type: ignore[arg-type]  # one of two

    def show_header(self, header: Header) -> None:
        """Show what holds; a field that says so already is left alone."""
        said = (
            (self.due, header.due), (self.purpose, header.purpose), (self.patrol, header.patrol),
        )  # fmt: skip
        for field, text in said:
            if field.text() != text:
                field.set_text(text)
        if self.use.value() != header.use:
            self.use.set_value(header.use)

    def refuse(self, error: FieldUnreadable) -> None:
        """Say at the field that what is typed there cannot be read."""
        self.due.show_state(State.BAD, wording.error_sentence(error))
        self.due.setFocus()
        self.due.edit.selectAll()

    def _tell(self, _text: str) -> None:
        self.due.show_state(State.PLAIN)
        self.edited.emit(self.header)
