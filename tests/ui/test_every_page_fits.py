"""Every page in the real window at its smallest usual size, in the languages of the longest words.

What a page's own test shows alone stands here beside the sidebar, filled as a depot fills it.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget  # noqa: TID251 — a test looks at widgets

from stockpile.language import LANGUAGES, is_right_to_left, use_language
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.nightly import NIGHTLY
from tests.helpers.readable import faults

SPOKEN = sorted(LANGUAGES) if NIGHTLY else ["fr", "ru"]


@pytest.fixture(params=SPOKEN)
def spoken(request, light):
    """A language that is shipped; put back by ``light``."""
    use_language(request.param)
    if is_right_to_left(request.param):
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return request.param


@pytest.fixture
def window(spoken, desktop, qtbot):
    desktop.resize(1024, 700)
    return sign_in(desktop, qtbot)


def test_nothing_is_cut_and_everything_has_a_name(window, desktop, qtbot):
    found = {}
    for key, argument in [*pages(window, desktop, qtbot), *sections(window)]:
        window.open(key, argument)
        desktop.desk.wait()
        page = window.page(key)
        wrong = [*faults(page), *unnamed(page)]
        if wrong:
            found[f"{key} {argument}".strip()] = wrong
    assert found == {}
    assert [*faults(window), *unnamed(window)] == []


def pages(window, desktop, qtbot):
    """Each page, and one weapon beside the list and on its page."""
    hits = []
    tracing = desktop.session.stockpile.tracing
    desktop.desk.ask(desktop, lambda: tracing.find("A", 1), hits.extend)
    qtbot.waitUntil(lambda: bool(hits), timeout=PATIENCE)
    keys = [one for one in window._entries if one != "weapon"]
    return [*((one, "") for one in keys), ("register", hits[0].row.id), ("weapon", hits[0].row.id)]


def sections(window):
    return [("settings", one) for one in window.page("settings")._rows]


def unnamed(window):
    """What can have the focus and tells nobody what it is."""
    reached = (
        one for one in window.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    )  # fmt: skip
    return [f"unnamed: {one}" for one in reached if not one.accessibleName()]
