"""One place, opened: its figures lead to the lists behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from stockpile.language import plain
from stockpile.services.places import Contents, Filling
from tests.ui.pages.test_racking import LINE
from ui.pages.place_contents import PlaceContents, amiss, described
from ui.theme import Tone
from ui.view_models.places import Opened

RACK = Place(PlaceId("r1"), "Rack 1", "rack", None, code="R1", capacity=20, holds=("AKM",))
OUT = replace(LINE, id="w2", serial="KB2", status="issued")
OPENED = Opened(Filling(RACK, 1, 1, 0, 0), "Room / Rack 1", Contents((LINE,), (OUT,), ()))


@pytest.fixture
def page(light, qtbot):
    page = PlaceContents()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    page.show_contents(OPENED, may_change=True, may_print=False)
    return page


def test_its_figures_lead_to_their_lists(page):
    assert [line.identifier for line in page.list.lines] == ["KB1"]
    page.figures["out"].click()
    assert [(line.identifier, line.at_end) for line in page.list.lines] == [("KB2", "Issued")]
    page.figures["lost"].click()
    assert not page.list.isVisible()
    assert "Nothing was lost" in page._none.text()


def test_what_the_place_is_not_for_is_said_in_the_list(page):
    pistol = replace(LINE, id="w3", serial="P1", type="PST", model="PM")
    told = Opened(Filling(RACK, 2, 0, 0, 1), "Rack 1", Contents((LINE, pistol), (), ()))
    page.show_contents(told, may_change=True, may_print=True)
    assert [line.at_end for line in page.list.lines] == ["", "of another kind"]


def test_the_list_that_is_read_stays_until_another_place_is_opened(page):
    page.figures["out"].click()
    page.show_contents(OPENED, may_change=True, may_print=False)
    assert page.figures["out"].isChecked()
    other = Opened(Filling(replace(RACK, id=PlaceId("r2")), 0, 0, 0, 0), "", Contents((), (), ()))
    page.show_contents(other, may_change=False, may_print=True)
    assert page.figures["here"].isChecked()
    assert (page.change.isEnabled(), page.close_.isEnabled(), page.card.isEnabled()) == (
        False, False, True,
    )  # fmt: skip


def test_enter_opens_the_weapons_page(page, qtbot):
    page.list.setCurrentIndex(page.list.rows.index(0))
    with qtbot.waitSignal(page.weapon_wanted) as told:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert told.args == ["w1"]


def test_a_place_is_described_in_one_line():
    assert plain(described(OPENED)) == "Room / Rack 1 · R1 · room for 20 · holds AKM · 1 out"


@pytest.mark.parametrize(
    ("said", "words", "tone"),
    [
        ({"lost": 1, "here": 22}, "1 lost from here", Tone.BAD),
        ({"here": 22}, "2 too many", Tone.BAD),
        ({"here": 5, "strangers": 3}, "3 of another kind", Tone.WARN),
        ({"here": 5, "out": 4}, "4 out", Tone.INFO),
        ({"here": 5}, "15 free", Tone.GREY),
        ({"here": 20}, "full", Tone.OK),
    ],
)
def test_the_worst_is_said_first(said, words, tone):
    filling = replace(Filling(RACK, 0, 0, 0, 0), **said)
    told, ink = amiss(filling)
    assert (plain(told), ink) == (words, tone)


def test_of_a_place_of_which_nobody_said_what_fits_nothing_is_amiss():
    bare = replace(RACK, capacity=0)
    assert amiss(Filling(bare, 400, 0, 0, 0)) == ("", Tone.GREY)
