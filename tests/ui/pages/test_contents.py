"""The table of contents: every page stands in it once, and can be made."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.paths import resource
from ui.pages.contents import entries
from ui.pages.page import Page
from ui.widgets.button import Button, Kind

KEYS = (
    "register",
    "entry",
    "import",
    "marking",
    "issuing",
    "collecting",
    "counting",
    "holders",
    "gate",
    "transfers",
    "places",
    "today",
    "confirming",
    "losses",
    "trace_requests",
    "destruction",
    "conflicts",
    "sync",
    "settings",
    "officers",
    "weapon",
    "campaign",
    "practice",
    "investigations",
)


@pytest.fixture
def contents(seat, light):
    return entries(*seat.made_with, light)


def test_keys_and_shortcuts_are_each_used_once(contents):
    assert tuple(one.key for one in contents) == KEYS
    assert len({one.shortcut for one in contents}) == len(contents)


def test_every_page_has_its_icon(contents):
    assert all(resource("icons", f"{one.icon}.svg").is_file() for one in contents)


@pytest.mark.parametrize("key", KEYS)
def test_every_page_can_be_made_and_has_one_loud_button_at_most(contents, qtbot, key):
    page = next(one for one in contents if one.key == key).make()
    qtbot.addWidget(page)
    assert isinstance(page, Page)
    page.resize(1110, 660)
    page.show()
    page.entered("")
    QApplication.processEvents()
    loud = [
        one for one in page.findChildren(Button) if one.kind is Kind.PRIMARY and one.isVisible()
    ]
    assert len(loud) <= 1
