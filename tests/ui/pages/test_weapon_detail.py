"""One weapon with its life, its marks and its conflicts."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtGui import QGuiApplication

from stockpile.domain.receiving import Description
from stockpile.services.papers import Printing
from ui.pages.weapon_detail import WeaponDetail
from ui.view_models.weapon_detail import WeaponDetailModel
from ui.widgets.text import Identifier, Label


@pytest.fixture
def model(seat):
    return WeaponDetailModel(*seat.made_with)


@pytest.fixture
def detail(model, qtbot):
    detail = WeaponDetail(model)
    qtbot.addWidget(detail)
    detail.resize(300, 640)
    detail.show()
    return detail


def show(model, weapon, qtbot):
    with qtbot.waitSignal(model.shown):
        model.show(weapon)


def labels(widget):
    return [label.text() for label in widget.findChildren(Label) if label.isVisible()]


def corrections(detail):
    return [text for text in labels(detail._timeline) if text.endswith(": test")]


def test_nothing_is_shown_before_a_weapon_came(detail):
    assert labels(detail) == []


def test_the_life_is_told_newest_first_with_who_and_when(seat, model, detail, qtbot):
    weapon = seat.register("KB4471902")
    correct = partial(
        seat.stockpile.receiving.correct,
        weapon,
        {"make": "Tula"},
        "misread",
        by=seat.session.officer,
    )
    seat.write(lambda: (correct(), None))
    show(model, weapon, qtbot)
    told = labels(detail._timeline)
    assert told[0] == "Record corrected: misread"
    assert told[1].startswith("A. Mbuyi · ")
    assert told[2].startswith("Put on record: Kampala Central")


def test_a_long_life_is_shortened_and_shown_whole_on_demand(seat, model, detail, qtbot):
    weapon = seat.register("KB1")
    receiving, by = seat.stockpile.receiving, seat.session.officer
    for number in range(32):
        seat.on_books(partial(receiving.correct, weapon, {"make": str(number)}, "test", by=by))
    show(model, weapon, qtbot)
    assert "3 earlier" in detail._earlier.text()
    detail._earlier.click()
    assert detail._earlier.isHidden()
    qtbot.waitUntil(lambda: len(corrections(detail)) == 32)


def test_two_records_that_look_like_one_weapon_are_said_in_a_banner(seat, model, detail, qtbot):
    weapon = seat.register("KB4471902")
    show(model, weapon, qtbot)
    assert not detail._conflict.isVisible()
    seat.register("KB44719O2")
    show(model, weapon, qtbot)
    assert detail._conflict.isVisible()
    assert "Another record looks like the same weapon." in detail._conflict.accessibleName()
    with qtbot.waitSignal(detail.settle_wanted):
        detail._settle.click()


def test_a_tag_is_shown_in_groups(seat, model, detail, qtbot):
    weapon = seat.register("KB1")
    show(model, weapon, qtbot)
    labels = partial(seat.stockpile.papers.labels, [weapon], Printing(), seat.stockpile.home / "l")
    with qtbot.waitSignal(model.shown, timeout=20_000):
        seat.write(lambda: labels(by=seat.session.officer))
    tag = model.life.weapon.tag
    shown = [one.accessibleName() for one in detail.findChildren(Identifier)]
    assert "-".join((tag[:4], tag[4:8], tag[8:12], tag[12:])) in shown


def test_a_weapon_without_serial_or_model_is_named_all_the_same(seat, model, detail, qtbot):
    site = seat.on_books(seat.stockpile.people.site)
    register = partial(
        seat.stockpile.receiving.register, Description(type="ASR"), site, by=seat.session.officer
    )
    weapon = seat.write(register)
    show(model, weapon, qtbot)
    assert detail._serial.accessibleName() == "No serial"
    assert "Assault rifle" in detail._model_line.text()


def test_the_serial_is_copied_plain(seat, model, detail, qtbot):
    show(model, seat.register("KB77"), qtbot)
    detail.copy_serial()
    assert QGuiApplication.clipboard().text() == "KB77"
