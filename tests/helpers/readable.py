"""What everybody must be able to use: named controls with room for a finger, words not cut."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (  # noqa: TID251 — a test looks at widgets
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from stockpile.language import PSEUDO, is_right_to_left, use_language
from tests.helpers.nightly import NIGHTLY
from ui.widgets.chip import Chip
from ui.widgets.text import ShortLabel

LEAST = 24
"""Pixels: the least width and height of what is pressed or typed into."""

_LONG = ("es", "fr", "pt", "ru")
_ROUNDS = 4  # a line that grows in a box in a card is given its room a round after the other
_ISOLATED = re.compile("[\u2066\u2067][^\u2069]*\u2069")


@pytest.fixture(params=["en", "ar", PSEUDO, *(_LONG if NIGHTLY else ())])
def tongue(request, light):
    """English, Arabic laid out from the right, and words a third longer; put back by ``light``.

    By night also the languages whose words are longer still, here and there.
    """
    use_language(request.param)
    if is_right_to_left(request.param):
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return request.param


def displayed(widget: QWidget, qtbot, width: int, height: int) -> None:
    """Put a widget before the desktop in a size, active, with everything where it stands."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    QApplication.processEvents()


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


def faults(page: QWidget) -> list[str]:
    """Return everything in sight that somebody could not use or read, in words."""
    for _round in range(_ROUNDS):
        QApplication.processEvents()
    pressed = [one for one in page.findChildren(QWidget) if one.isVisible() and _is_control(one)]
    nameless = [f"nameless: {one}" for one in pressed if not one.accessibleName()]
    small = [f"small: {one}" for one in pressed if min(one.width(), one.height()) < LEAST]
    cut = [f"cut: {words}" for words in (*cut_words(page), *_cut_lines(page), *_squeezed(page))]
    wide = [f"pushed out: {one}" for one in pushed_out(page)]
    if page.minimumSizeHint().width() > page.width():
        wide.append(f"wider than its place: {page}")
    return [*nameless, *small, *cut, *wide]


def bare(page: QWidget, *identifiers: str) -> list[str]:
    """Return the words in sight in which an identifier stands without isolates around it.

    An identifier that stands nowhere is told as well: nothing would have been looked at.
    """
    said = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    said += [one.text for one in page.findChildren(Chip) if one.isVisible()]
    unprotected = [
        words for words in said if any(one in _ISOLATED.sub("", words) for one in identifiers)
    ]
    missing = [one for one in identifiers if not any(one in words for words in said)]
    return [*unprotected, *missing]


def _is_control(one: QWidget) -> bool:
    part = isinstance(one.parentWidget(), QComboBox)  # the line in a list is one with the list
    return isinstance(one, QAbstractButton | QLineEdit | QComboBox) and not part


def _cut_lines(page: QWidget) -> list[str]:
    """Return the texts of several lines that have not the height for all of them."""
    labels = (one for one in page.findChildren(QLabel) if one.isVisible() and one.wordWrap())
    return [one.text() for one in labels if one.height() < one.heightForWidth(one.width())]


def _squeezed(page: QWidget) -> list[str]:
    """Return the words of buttons and chips that are narrower than their words."""
    words = []
    for one in page.findChildren(QWidget):
        if one.isVisible() and isinstance(one, QPushButton | Chip):
            text = one.text if isinstance(one, Chip) else one.text()
            words += [text] if one.width() < one.sizeHint().width() else []
    return words
