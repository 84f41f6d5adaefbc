"""The screens in tests: drawn in memory, in shipped letters, one theme for the whole run."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.language import use_language
from ui.theme import Mode, Theme


@pytest.fixture(scope="session")
def theme(qapp):
    """The look, put on once: putting it on costs a tenth of a second for a full window."""
    return Theme(qapp, Mode.LIGHT)


@pytest.fixture
def light(theme):
    """The light theme, in English, read from the left; put back afterwards."""
    if theme.is_dark:
        theme.use(Mode.LIGHT)
    yield theme
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    use_language("en")


@pytest.fixture
def mirrored(light):
    """Everything laid out from the right."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return light
