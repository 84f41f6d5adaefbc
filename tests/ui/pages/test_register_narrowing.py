"""The filter's buttons, chips and menus lead to the model."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import plain
from stockpile.services.ports import RegisterFilter
from ui.pages.register_narrowing import Narrowing
from ui.view_models.register import RegisterModel


@pytest.fixture
def narrowing(seat, qtbot):
    seat.register("KB1")
    page = QWidget()
    qtbot.addWidget(page)
    made = Narrowing(RegisterModel(*seat.made_with, 128), seat.session, page)
    made.page = page
    return made


def test_a_filter_that_is_saved_is_not_offered_to_be_saved(narrowing):
    assert not narrowing.is_narrowed
    narrowing.take(RegisterFilter(make="FN"))
    assert narrowing.is_narrowed
    assert [one.text() for one in narrowing.chips.chips][-1] == "Save filter"
    narrowing.take(RegisterFilter(status="lost"))
    assert [one.text() for one in narrowing.chips.chips] == ["Status: Lost", "Clear filters"]


def test_the_menu_ticks_the_filter_in_use_and_saves_it(narrowing, seat):
    narrowing.take(RegisterFilter(status="lost"))
    ticked = [plain(one.text()) for one in narrowing.saved_menu().actions() if one.isChecked()]
    assert ticked == ["Lost"]
    narrowing.take(RegisterFilter(make="FN"))
    narrowing.ask_name()
    dialog = next(one for one in narrowing.page.children() if type(one).__name__ == "NameDialog")
    dialog.name.set_text("Belgian")
    dialog._judge_name()
    dialog.accept()
    assert "Belgian" in seat.session.settings.filters
    assert [one.text() for one in narrowing.chips.chips][-1] == "Clear filters"


def test_the_panel_is_offered_what_the_model_finds(narrowing, qtbot):
    narrowing.open_panel()
    qtbot.waitUntil(lambda: "1" in narrowing.dialog.show_list.text())
    narrowing.dialog.reject()
    assert narrowing.dialog is None
