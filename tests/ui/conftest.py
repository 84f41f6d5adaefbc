"""The screens in tests: drawn in memory, in shipped letters, one theme for the whole run."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.language import PSEUDO, use_language
from tests.helpers.desktops import desktop
from tests.helpers.nightly import NIGHTLY
from tests.helpers.patience import qtbot
from tests.helpers.seats import seat
from ui.theme import Mode, Theme

__all__ = ["desktop", "qtbot", "seat"]

# The platform without a screen says what it lacks at every window; nothing is wrong.
NO_SCREEN = "This plugin does not support"


TONGUES = ("en", "ar", PSEUDO)


def pytest_collection_modifyitems(config, items):
    """Try each thing in one of the three tongues that are tried of it, all three at night.

    Its name says which: each tongue is tried of a third of all things.
    """
    ours = [one for one in items if one.path.is_relative_to(Path(__file__).parent)]
    for item in ours:
        item.add_marker(pytest.mark.qt_log_ignore(NO_SCREEN))
    if not NIGHTLY:
        tried = {(test_of(one), tongue_of(one)) for one in ours}
        others = (one for one in ours if tongue_of(one) not in {"", its_turn(one)})
        left_out = {one for one in others if (test_of(one), its_turn(one)) in tried}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [one for one in items if one not in left_out]


def test_of(item):
    return item.path, item.originalname


def tongue_of(item):
    """The tongue that a test is tried in; empty where it has none."""
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return next((one for one in given if isinstance(one, str) and one in TONGUES), "")


def its_turn(item):
    return TONGUES[crc32(item.originalname.encode()) % len(TONGUES)]


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
