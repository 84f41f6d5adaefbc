# ruff: noqa: N802 — Qt names what is overridden
"""The ring round what has the focus: drawn for those who move by keys, not after a press."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

_Reason = Qt.FocusReason
_UNCHANGED = (_Reason.ActiveWindowFocusReason, _Reason.PopupFocusReason)


class KeyRing:
    """Put before a Qt class; `ringed` says whether the ring is to be drawn now."""

    ringed = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note how the focus came; coming back from another window changes nothing."""
        if event.reason() not in _UNCHANGED:
            self.ringed = event.reason() != _Reason.MouseFocusReason
        super().focusInEvent(event)  # type: ignore[misc]  # the Qt class comes after this one

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away when the focus goes elsewhere in this window."""
        if event.reason() not in _UNCHANGED:
            self.ringed = False
        super().focusOutEvent(event)  # type: ignore[misc]  # the Qt class comes after this one
