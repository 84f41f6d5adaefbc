"""The custody chain and the components, each row whole."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication  # noqa: TID251 — a test drives widgets

from stockpile.domain.facts import Component, KitItem, Mark
from stockpile.language import _
from tests.helpers.readable import displayed, faults
from ui.pages.weapon_custody import CustodyChain, Fittings
from ui.widgets.text import Label


@pytest.fixture
def file(tongue, seat):
    weapon = seat.register("KB1", components=(Component("bolt", (Mark("part", "77"),)),))
    rack = seat.open_place("Rack 01")
    stockpile, by = seat.stockpile, seat.session.officer
    seat.on_books(partial(stockpile.receiving.move, (weapon,), rack.id, "cleaning", by=by))
    seat.on_books(partial(stockpile.correcting.remove, weapon, "bolt", "", "cracked", by=by))
    return seat.on_books(partial(stockpile.dossiers.open, weapon))


def words(card):
    QApplication.processEvents()
    labels = (one for one in card.findChildren(Label) if one.isVisible())
    return [one.text().replace("\u2066", "").replace("\u2069", "") for one in labels]


def test_the_newest_link_stands_first_with_place_and_reason(file, qtbot):
    card = CustodyChain()
    displayed(card, qtbot, 620, 260)
    card.show_chain(file.custody, file.names)
    said = words(card)
    assert said.index("Rack 01") < said.index("Kampala Central")
    assert "cleaning" in said
    assert faults(card) == []
    card.show_chain((), file.names)
    assert not card.isVisible()


def test_a_date_whose_clock_is_in_doubt_says_so(file, qtbot):
    card, parts = CustodyChain(), Fittings()
    for one in (card, parts):
        displayed(one, qtbot, 620, 260)
    card.show_chain(file.custody, file.names, {file.custody[-1].fact.hash})
    parts.show_fittings(file.fittings, file.names, (), {file.fittings[0].fitted.hash})
    for one in (card, parts):
        assert sum(_("clock in doubt") in text for text in words(one)) == 1
        assert faults(one) == []


def test_a_part_that_was_taken_off_says_by_whom_and_why(file, qtbot):
    card = Fittings()
    displayed(card, qtbot, 620, 260)
    card.show_fittings(file.fittings, file.names)
    assert any("cracked" in one and "A. Mbuyi" in one for one in words(card))
    assert faults(card) == []
    card.show_fittings(file.fittings, file.names, (KitItem("magazine", 3), KitItem("sling")))
    assert card._kit.text()
    assert not card._kit.isHidden()
    card.show_fittings((), file.names)
    assert len(words(card)) == 2  # the title, and that there is none
