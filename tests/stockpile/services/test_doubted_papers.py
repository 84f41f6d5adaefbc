"""A paper drawn by a clock in doubt says so below each page, and stays the paper that it was."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.services.documents import Foot, Paper, Words
from stockpile.services.doubted_papers import DoubtingPress
from stockpile.services.ports import RegisterFilter
from tests.helpers.sites import SettableClock

PAPER = Paper("A paper", "about", "KB-1", (Words("what it says"),), Foot(("Printed by A",)))


@pytest.fixture
def press(house):
    house.register("KB 1")
    house.stockpile.clocks.doubt()
    return house.stockpile.dossiers.press


def below(file):
    with pypdfium2.PdfDocument(file) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def set_back(press):
    at = SystemClock().now() - 30 * 86_400_000
    return DoubtingPress(press.press, replace(press.clocks, clock=SettableClock(at)))


def test_every_paper_of_a_home_goes_through_it(house, press):
    assert isinstance(press, DoubtingPress)
    stockpile = house.stockpile
    assert {id(one.press) for one in (stockpile.dossiers, stockpile.days)} == {id(press)}
    assert stockpile.register.page("serial", 0, 1, RegisterFilter())


def test_a_clock_in_doubt_is_told_below_each_page_and_changes_nothing_that_is_said(press, tmp_path):
    good = press.draw(PAPER, tmp_path / "good.pdf")
    doubted = set_back(press).draw(PAPER, tmp_path / "doubted.pdf")
    assert "in doubt" not in below(good.file)
    assert "This computer's clock was in doubt: it showed" in below(doubted.file)
    assert "Printed by A" in below(doubted.file)
    assert good.content == doubted.content


def test_a_foot_of_lines_alone_is_warned_too(press, tmp_path):
    drawn = set_back(press).draw(replace(PAPER, foot=("A line",)), tmp_path / "lines.pdf")
    assert "in doubt" in below(drawn.file)
    assert "A line" in below(drawn.file)
