"""What everybody must be able to use: named controls, words that are not cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget  # noqa: TID251 — a test looks at widgets

from ui.widgets.text import ShortLabel


def controls(page: QWidget) -> list[QWidget]:
    """Return what can have the focus and is in sight."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and hasattr(one, "text")
    ]  # fmt: skip


def pushed_out(page: QWidget) -> list[QWidget]:
    """Return what scrolls up and down only, and yet is wider than its frame."""
    areas = (one for one in page.findChildren(QScrollArea) if one.isVisible())
    return [one for one in areas if one.widget().minimumSizeHint().width() > one.viewport().width()]


def cut_words(page: QWidget) -> list[str]:
    """Return the words of labels in sight that do not fit where they stand."""
    labels = (one for one in page.findChildren(QLabel) if one.isVisible())
    return [
        one.text()
        for one in labels
        if not isinstance(one, ShortLabel)
        and not one.wordWrap()
        and one.width() < one.fontMetrics().horizontalAdvance(one.text())
    ]
