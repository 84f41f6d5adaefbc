"""The printing table on a page: what prints, and weapons to be labelled."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.pages.printing import PrintingActs

LONG = 20_000
"""Milliseconds: labels are drawn and read back while a test waits."""


@pytest.fixture
def acts(seat, tongue, light, qtbot):
    page = QWidget()
    page.resize(1024, 700)
    qtbot.addWidget(page)
    page.show()
    made = PrintingActs.of(*seat.made_with, page)
    made.kept = page
    return made


@pytest.fixture
def weapons(seat):
    return tuple(seat.register(f"KB{number}") for number in range(5))


def ask(acts, qtbot, ids):
    with qtbot.waitSignal(acts.model.found, timeout=LONG):
        acts.model.offer(lambda _work: ids)
    return acts.dialog
