"""A weapon by its serial: asked for where no record names it, and none is said in a word."""

from __future__ import annotations

import pytest

from ui.pages.collecting_weapons import WeaponsPane
from ui.view_models.collecting import CollectingModel
from ui.view_models.entry_patterns import offered
from ui.view_models.offers import OffersModel


@pytest.fixture
def pane(seat, qtbot):
    pane = WeaponsPane(CollectingModel(*seat.made_with), OffersModel(*seat.made_with))
    qtbot.addWidget(pane)
    return pane


def test_an_empty_serial_goes_on_unless_a_weapon_is_described(pane, qtbot):
    with qtbot.waitSignal(pane.done):
        pane.serial.submitted.emit()
    pane.fields.model.set_value("AKM")
    pane.condition.set_value("repairable")
    assert (pane.described().model, pane.described().condition) == ("AKM", "repairable")
    with qtbot.assertNotEmitted(pane.done):
        pane.serial.submitted.emit()
    assert "none" in pane.serial.message
    pane.clear()
    assert pane.serial.message == ""
    assert pane.condition.value() == ""


def test_what_it_is_is_asked_where_no_record_names_it(pane, seat, qtbot):
    weapon = seat.register("KB1")
    pane.offer(seat.on_books(lambda: offered(seat.stockpile)), "")
    assert pane.place is not None
    pane.serial.set_text("TT-1951")
    with qtbot.waitSignal(pane._model.wanted):
        pane.serial.submitted.emit()
    assert "On no record" in pane.serial.message
    assert pane._model.table.is_empty
    pane.serial.set_text("KB1")
    with qtbot.waitSignal(pane._model.came):
        pane.serial.submitted.emit()
    assert pane._model.table.known == (weapon,)
