# ruff: noqa: N802 — Qt names what is overridden
"""Fields: a label above, the control, and what is wrong with it said underneath, at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from stockpile.language import plain
from ui.theme import Height, Text, style_font
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.field_frame import FieldFrame, LineEdit, State

_NOTE_LINES = 4

__all__ = [
    "Choice",
    "ChoiceField",
    "Field",
    "FieldFrame",
    "LineEdit",
    "NoteField",
    "ScanField",
    "SearchField",
    "State",
]


class Field(FieldFrame):
    """A labelled line of text.

    Signals:
        edited: each change that the person makes, with the whole text.
        left: the person has gone on to something else.
        submitted: Enter.
    """

    edited = Signal(str)
    left = Signal()
    submitted = Signal()

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        placeholder: str = "",
        identifier: bool = False,
        lockable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        style = Text.IDENTIFIER_FIELD if identifier else Text.FIELD
        self.edit = LineEdit(label, style=style)
        super().__init__(label, self.edit, hint=hint, lockable=lockable, parent=parent)
        self.edit.setPlaceholderText(placeholder)
        self.edit.textEdited.connect(self.edited)
        self.edit.editingFinished.connect(self.left)
        self.edit.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """Return what stands in the field."""
        return plain(self.edit.text())

    def set_text(self, text: str) -> None:
        """Put a text into the field."""
        self.edit.setText(text)

    def _show_on_control(self, state: State) -> None:
        self.edit.show_state(state)


class ScanField(Field):
    """The large field for what is scanned or typed from metal: 52 pixels high, equal letters."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, placeholder=placeholder, identifier=True, parent=parent)
        self.edit.setFont(style_font(Text.IDENTIFIER_TITLE))
        self.edit.setFixedHeight(Height.SCAN)
        self.edit.say_small()
        # An input method would swallow the first keys of a scanner.
        self.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)


class NoteField(FieldFrame):
    """A labelled text of several lines: reasons and remarks.

    Signals:
        edited: each change.
    """

    edited = Signal()

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.edit = QPlainTextEdit()
        super().__init__(label, self.edit, hint=hint, parent=parent)
        self.edit.setFont(style_font(Text.FIELD))
        self.edit.setAccessibleName(plain(label))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * _NOTE_LINES + 20)
        self.edit.textChanged.connect(self.edited)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """Return what stands in the field."""
        return plain(self.edit.toPlainText())

    def set_text(self, text: str) -> None:
        """Put a text into the field."""
        self.edit.setPlainText(text)


class SearchField(LineEdit):
    """A line that searches as it is typed into; Esc empties it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, icon="search", style=Text.BODY, parent=parent)
        self.setPlaceholderText(name)
        self.setFixedHeight(Height.CONTROL)
        self.setClearButtonEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a width that shows a whole mark."""
        return QSize(320, Height.CONTROL)
