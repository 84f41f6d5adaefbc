"""The bar of courier files: how many facts of how many, and a button that stops it."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import Cancelled
from stockpile.language import plain
from tests.helpers.readable import displayed, faults
from ui.desk import Work
from ui.pages.courier_bar import CourierBar, stopped_news, work_sentence
from ui.view_models.courier_work import CourierWork
from ui.widgets.button import IconButton
from ui.widgets.progress import Meter


@pytest.fixture
def work(seat):
    return CourierWork(seat.desk, seat.session)


@pytest.fixture
def bar(work, qtbot):
    made = CourierBar(work)
    qtbot.addWidget(made)
    return made


def name(bar):
    return plain(bar.findChildren(Meter)[-1].accessibleName())


def test_it_comes_after_a_moment_says_how_far_it_is_and_goes(bar, work, qtbot):
    one = Work()
    work.began.emit("look", one)
    assert bar.isHidden()
    qtbot.waitUntil(lambda: not bar.isHidden())
    assert name(bar) == "The courier file is read. Nothing of it is taken in yet."
    work.turned.emit("take")
    one.progressed.emit(12_000, 100_000)
    assert name(bar) == "12,000 of 100,000 facts. Nothing is lost if you stop."
    work.turned.emit("write")
    one.progressed.emit(1, 2)
    assert "Leave the stick in" in name(bar)
    bar.findChild(IconButton).click()
    with pytest.raises(Cancelled):
        one.step(2, 4)
    work.ended.emit()
    assert bar.isHidden()
    one.progressed.emit(2, 2)
    assert bar.isHidden()


def test_what_takes_no_time_shows_nothing(bar, work, qtbot):
    work.began.emit("look", Work())
    work.ended.emit()
    assert bar.isHidden()
    assert not bar._patience.isActive()


def test_it_can_be_read_and_pressed(tongue, bar, work, qtbot):
    one = Work()
    work.began.emit("take", one)
    one.progressed.emit(12_000, 100_000)
    displayed(bar, qtbot, 500, 40)
    assert faults(bar) == []


def test_what_was_stopped_says_what_stays():
    said = [plain(stopped_news(*one)[2]) for one in (("take", 12_000), ("write", 0), ("write", 1))]
    assert said[0].startswith("12,000 facts came and stay. Do the same again")
    assert said[1].startswith("No courier file was written.")
    assert said[2].startswith("1 fact came and stays. No courier file")
    assert plain(stopped_news("look", 0)[2]) == "Nothing was taken in."
    assert "Nothing is lost" in work_sentence("take")
