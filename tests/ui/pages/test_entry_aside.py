"""Beside fast entry: the pace, the way back."""

from __future__ import annotations

import pytest

from stockpile.domain.receiving import Description
from ui.pages.entry_aside import EntryAside
from ui.view_models.entry import EntryModel


@pytest.fixture
def aside(seat, qtbot):
    aside = EntryAside(EntryModel(*seat.made_with))
    qtbot.addWidget(aside)
    aside.resize(300, 600)
    aside.show()
    return aside


def test_with_nothing_entered_there_is_nothing_to_take_back(aside):
    assert not aside._undo.isEnabled()
    assert not aside._pace.isVisible()


def test_it_follows_what_is_entered_and_offers_to_take_it_back(aside, seat, qtbot):
    rack = seat.open_place("Rack 01")
    for number in range(2):
        aside._model.submit(Description(type="ASR", serial=f"KB{number}"), rack)
    qtbot.waitUntil(lambda: aside._model.waiting == 0)
    aside.show_figures()
    assert "KB1. saved" in aside.list.words_of(2)
    assert aside._pace.isVisible()
    with qtbot.waitSignal(aside.undo_wanted):
        aside._undo.click()
