from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.offers import Offer, OfferList, offer_height

pytestmark = pytest.mark.usefixtures("light")
OFFERS = (
    Offer("a", "Start marking", "station 2", "stamp", "Alt+4", "Commands"),
    Offer("b", "Print labels", group="Commands"),
    Offer("c", "\u2066KB4471902\u2069", "AKM", group="Weapons"),
)


def _list(qtbot):
    shown = OfferList()
    qtbot.addWidget(shown)
    shown.resize(600, 300)
    shown.show()
    shown.show_offers(OFFERS)
    return shown


def test_the_first_offer_is_ready_to_run(qtbot):
    shown = _list(qtbot)
    with qtbot.waitSignal(shown.taken) as told:
        shown.take_current()
    assert told.args == ["a"]


def test_steps_go_round_the_ends(qtbot):
    shown = _list(qtbot)
    shown.step(-1)
    with qtbot.waitSignal(shown.taken) as told:
        shown.take_current()
    assert told.args == ["c"]
    shown.step(1)
    assert shown.currentIndex().row() == 0


def test_a_press_takes_an_offer(qtbot):
    shown = _list(qtbot)
    place = shown.visualRect(shown.model().index(1, 0)).center()
    with qtbot.waitSignal(shown.taken) as told:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["b"]


def test_an_offer_is_read_aloud_with_its_group_and_keys(qtbot):
    model = _list(qtbot).model()
    spoken = int(Qt.ItemDataRole.AccessibleTextRole)
    assert model.data(model.index(0, 0), spoken) == "Commands, Start marking, station 2, Alt+4"
    assert model.data(model.index(2, 0)) == "KB4471902"
    assert model.data(model.index(0, 0), int(Qt.ItemDataRole.DecorationRole)) is None


def test_the_list_is_as_high_as_its_offers(qtbot):
    shown = _list(qtbot)
    assert shown.height() >= 2 * offer_height(begins=True) + offer_height(begins=False)
    shown.show_offers(())
    assert shown.height() == 0
    shown.take_current()
    shown.step(1)
    assert not shown.currentIndex().isValid()


def test_a_chosen_offer_looks_chosen(qtbot):
    shown = _list(qtbot)
    before = shown.grab().toImage()
    shown.step(1)
    assert shown.grab().toImage() != before
