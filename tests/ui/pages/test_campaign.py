from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.language import plain
from ui.pages.campaign import CampaignPage


@pytest.fixture
def page(seat, qtbot):
    made = CampaignPage(*seat.made_with)
    qtbot.addWidget(made)
    made.resize(1110, 660)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.entered("")
    return made


def cells(page):
    grid = page.table._grid
    shown = [grid.itemAt(at).widget() for at in range(grid.count())]
    return [plain(one.text()) for one in shown if hasattr(one, "text")]


def test_without_weapons_it_asks_how_many(page, qtbot):
    qtbot.waitUntil(lambda: not page.print_plan.isEnabled())
    assert page.table.isHidden()


def test_the_unmarked_weapons_on_record_are_what_is_planned_first(page, seat, qtbot):
    for serial in ("KB1", "KB2", "KB3"):
        seat.register(serial)
    page.entered("")
    qtbot.waitUntil(lambda: page.weapons.text() == "3")


def test_figures_typed_are_days_people_pins_and_fuel_at_once(page, qtbot):
    page.entered("1200")
    for name, text in (("machines", "2"), ("hours", "6"), ("litres", "1.5"), ("pin_life", "500")):
        field = page.means[name].edit
        field.selectAll()
        qtbot.keyClicks(field, text)
    qtbot.waitUntil(page.print_plan.isEnabled)
    qtbot.waitUntil(lambda: "144" in cells(page))  # 12 an hour, 6 hours, 2 machines
    assert "1,200" in page.numbers.text()


def test_a_figure_that_makes_no_sense_is_said_at_its_field(page, qtbot):
    page.entered("10")
    qtbot.waitUntil(page.print_plan.isEnabled)
    hours = page.means["hours"]
    hours.edit.selectAll()
    qtbot.keyClicks(hours.edit, "30")
    qtbot.waitUntil(lambda: bool(hours.message))
    assert not page.print_plan.isEnabled()
    hours.edit.selectAll()
    qtbot.keyClicks(hours.edit, "5")
    qtbot.waitUntil(page.print_plan.isEnabled)
    assert not hours.message


def test_an_answer_that_comes_after_another_figure_was_typed_is_dropped(page, qtbot):
    page.entered("10")
    qtbot.waitUntil(page.print_plan.isEnabled)
    for typed in ("12", "12x", ""):
        page.weapons.edit.selectAll()
        if typed:
            qtbot.keyClicks(page.weapons.edit, typed)  # the last letter before the answer to "12"
        else:
            qtbot.keyClick(page.weapons.edit, Qt.Key.Key_Delete)
        page.model._desk.wait()
        assert page.print_plan.isEnabled() == (typed == "12")


def test_the_plan_is_printed_by_one_key_and_remembered(page, seat, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "plan.pdf"
    chooser = "ui.pages.campaign.QFileDialog.getSaveFileName"
    monkeypatch.setattr(chooser, lambda *_: (str(file), ""))
    page.entered("500")
    qtbot.keyClicks(page.begins.edit, "2027-01-11")
    qtbot.waitUntil(page.print_plan.isEnabled)
    with qtbot.waitSignal(page.model.printed, timeout=20_000), qtbot.waitActive(page):
        page.activateWindow()
        qtbot.keyClick(page, Qt.Key.Key_F5)
    assert file.read_bytes().startswith(b"%PDF")
    again = CampaignPage(*seat.made_with)
    qtbot.addWidget(again)
    assert again.begins.text() == "2027-01-11"
