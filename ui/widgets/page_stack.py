# ruff: noqa: N802 — Qt names what is overridden
"""Pages of which one is in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget


class PageStack(QStackedWidget):
    """Pages in room that they are given, however high their words would stand in it.

    Qt would ask every one of them, in sight or not, how high it is at this width and at that one,
    whenever anything is laid out: the more pages had been opened, the slower was each change.
    """

    def hasHeightForWidth(self) -> bool:
        """Say that no page asks for height."""
        return False
