"""The clock in doubt is asked of across the page Today, and answered there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.adapters.clock import SystemClock
from stockpile.domain.clocks import PERSON, ClockDoubt
from stockpile.domain.facts import ClockObserved
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.pages.today import TodayPage
from ui.pages.today_clock import ClockBanner
from ui.widgets.text import Label

DAY = 86_400_000


def of_a_clock_set_back(seat, qtbot, tmp_path, monkeypatch):
    """The page Today of a computer whose clock was set back by a month."""
    seat.session.remember(backups=str(tmp_path / "stick"))
    seat.register("KB1")
    now = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda self: now(self) - 30 * DAY)
    made = TodayPage(*seat.made_with)
    displayed(made, qtbot, 1110, 660)
    made.entered("")
    qtbot.waitUntil(made.clock.isVisible)
    return made


@pytest.fixture
def page(seat, qtbot, tmp_path, monkeypatch):
    return of_a_clock_set_back(seat, qtbot, tmp_path, monkeypatch)


def test_everybody_can_use_it(seat, tongue, qtbot, tmp_path, monkeypatch):
    made = of_a_clock_set_back(seat, qtbot, tmp_path, monkeypatch)
    assert faults(made) == []
    made.resize(810, 560)
    assert faults(made) == []


def words(banner):
    return plain(" ".join(one.text() for one in banner.findChildren(Label)))


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_what_speaks_against_the_clock_and_what_that_means(page):
    said = words(page.clock)
    for one in (
        "Is the date and time of this computer right?",
        "what was written keeps its order",
        "entries stand in the order of their numbers",
        "nothing is put right by itself",
    ):
        assert one in said, one


def test_somebody_looked_and_the_clock_is_right(page, seat, qtbot):
    with qtbot.waitSignals([page.model.clock_right, page.toast]):
        press(qtbot, page.clock.right)
    qtbot.waitUntil(lambda: not page.clock.isVisible())
    node, history = seat.stockpile.keys.node, seat.stockpile.books.history
    known = seat.on_books(lambda: history(node))
    (said,) = [one for one in known if isinstance(one.body, ClockObserved)]
    assert said.body.source == PERSON
    assert said.by == seat.session.officer.id


def test_who_will_set_it_is_asked_once_and_it_stays_among_what_waits(page, qtbot):
    press(qtbot, page.clock.later)
    assert not page.clock.isVisible()
    with qtbot.waitSignal(page.model.stands) as told:
        page.model.start()
    assert told.args[0].clock is not None
    assert not page.clock.isVisible()


def test_another_doubt_is_asked_of_again(qtbot):
    banner = ClockBanner()
    qtbot.addWidget(banner)
    first = ClockDoubt("behind", 0, 5)
    banner.show_doubt(first)
    press(qtbot, banner.later)
    banner.show_doubt(first)
    assert banner.isHidden()
    banner.show_doubt(ClockDoubt("behind", 0, 5, "registry"))
    assert not banner.isHidden()
    assert "the registry signed" in words(banner)
    banner.show_doubt(ClockDoubt("ahead", 10, 5))
    assert "more than a year before" in words(banner)
    banner.show_doubt(None)
    assert banner.isHidden()
