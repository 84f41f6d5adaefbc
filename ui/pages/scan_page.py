# ruff: noqa: N802 — Qt names what is overridden
"""A page at which one scans: a code does the page's thing, whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.pages.page import Page
from ui.widgets.field import Field


class ScanPage(Page):
    """A page whose scan field takes every key that nothing else wants.

    A scanner types like a hand and ends with Enter: its keys must never press a button.
    """

    def scan_field(self) -> Field:
        """Return the field that takes what is scanned now; every child says which."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give what is scanned to the scan field."""
        field = self.scan_field()
        if field.isVisible() and field.isEnabled() and is_typed(event):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.edit.insert(event.text())
            return
        super().keyPressEvent(event)


def is_typed(event: QKeyEvent) -> bool:
    """Say whether a key writes a character, as a scanner does; a command it is not."""
    writing = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    return text.isprintable() and bool(text.strip()) and not event.modifiers() & ~writing


def takes_back(event: QEvent, field: Field) -> bool:
    """Say whether a key is undo while the field is empty: that takes the last scan back."""
    if event.type() != QEvent.Type.KeyPress or field.text():
        return False
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
