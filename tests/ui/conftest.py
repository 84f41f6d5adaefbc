"""The screens in tests: drawn in memory, in shipped letters, one theme for the whole run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.language import use_language
from tests.helpers.desktops import desktop
from tests.helpers.patience import qtbot
from tests.helpers.seats import seat
from ui.theme import Mode, Theme

__all__ = ["desktop", "qtbot", "seat"]

# The platform without a screen says what it lacks at every window; nothing is wrong.
NO_SCREEN = "This plugin does not support"


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(NO_SCREEN))


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
