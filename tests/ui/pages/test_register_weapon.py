"""The questions about one weapon: a move that can be taken back, a correction."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from ui.pages.register_weapon import WeaponActs
from ui.view_models.weapon_detail import WeaponDetailModel


@pytest.fixture
def acts(seat, qtbot):
    weapon = seat.register("KB1")
    page = QWidget()
    qtbot.addWidget(page)
    model = WeaponDetailModel(*seat.made_with)
    made = WeaponActs(model, page)
    made.kept = (page, model)
    with qtbot.waitSignal(model.shown):
        model.show(weapon)
    return made


def test_nothing_is_asked_where_no_weapon_is_shown(acts):
    acts._model.clear()
    acts.ask_correction()
    assert acts.correction is None


def test_a_move_is_told_with_a_way_back(acts, seat, qtbot):
    rack = seat.open_place("Rack 1")
    page, model = acts.kept
    with qtbot.waitSignal(model.places_came):
        model.ask_places()
    dialog = next(one for one in page.children() if type(one).__name__ == "MoveDialog")
    dialog._place.set_value(rack.id)
    with qtbot.waitSignal(acts.toast) as told:
        dialog.confirm.click()
    _said, way, back = told.args
    assert way == "Undo"
    with qtbot.waitSignal(acts.toast) as told:
        back()
    assert told.args[1] == ""


def test_a_correction_closes_when_it_is_on_record(acts, qtbot):
    acts.ask_correction()
    acts.correction._value.set_text("KB2")
    acts.correction._reason.set_text("read again")
    acts.correction._judge()
    with qtbot.waitSignal(acts.toast):
        acts.correction.confirm.click()
    assert acts.correction is None
