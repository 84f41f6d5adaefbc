"""The bar of a long work: there while the work is, stopped by a key as by a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt

from stockpile.domain.errors import Cancelled
from stockpile.language import _, plain
from tests.helpers.readable import displayed, faults
from ui.desk import Work
from ui.pages.work_bar import WorkBar
from ui.widgets.button import IconButton
from ui.widgets.progress import Meter, Progress


def begun(qtbot, label="Checking every seal and signature…", **more):
    bar, owner = WorkBar(), QObject()
    work = Work()
    bar.owner = owner
    qtbot.addWidget(bar)
    bar.follow(work, label, **more)
    displayed(bar, qtbot, 500, 40)
    return bar, work


def shown(bar, kind):
    return [one for one in bar.findChildren(kind) if one.isVisible()]


def test_without_a_work_there_is_nothing(light, qtbot):
    bar = WorkBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()


def test_it_says_what_is_done_and_how_far_it_is(light, qtbot):
    bar, work = begun(qtbot)
    (meter,) = shown(bar, Meter)
    assert meter.accessibleName() == "Checking every seal and signature…"
    work.step(40, 40)
    assert meter.value() == meter.maximum()


@pytest.mark.parametrize("by", ["key", "click"])
def test_it_stops_the_work(light, qtbot, by):
    bar, work = begun(qtbot)
    (cancel,) = shown(bar, IconButton)
    if by == "key":
        cancel.setFocus()
        qtbot.keyClick(cancel, Qt.Key.Key_Space)
    else:
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    with pytest.raises(Cancelled):
        work.step(1, 2)
    assert bar.isVisible()  # until the work has ended


def test_what_cannot_be_stopped_offers_nothing(light, qtbot):
    bar, work = begun(qtbot, can_cancel=False)
    assert shown(bar, IconButton) == []
    work.step(1, 2)


def test_it_goes_with_the_work_and_the_next_begins_anew(light, qtbot):
    bar, work = begun(qtbot)
    work.step(1, 1)
    bar.end()
    assert bar.isHidden()
    bar.follow(Work(), "Building the register anew…")
    (progress,) = shown(bar, Progress)
    (meter,) = shown(bar, Meter)
    assert (meter.accessibleName(), meter.value()) == ("Building the register anew…", 0)
    assert progress.isVisible()


def test_everybody_can_use_it(tongue, qtbot):
    bar, work = begun(qtbot, _("Deriving the register anew and comparing…"))
    work.step(1, 1)
    assert faults(bar) == []
    assert plain(shown(bar, Meter)[0].accessibleName())
