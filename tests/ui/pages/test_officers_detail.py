"""One office in its panel: what is told of it, and which buttons can be pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel  # noqa: TID251 — a test drives widgets

from stockpile.language import isolated
from tests.helpers.readable import bare, displayed
from ui.pages.officers_detail import OfficeDetail
from ui.pages.officers_words import bar_word, button_word, waiting_word
from ui.view_models.officers import OfficersModel

CLERK = "P. Ilunga"


@pytest.fixture
def detail(seat, qtbot):
    offices, by = seat.stockpile.offices, seat.session.officer
    seat.on_books(lambda: offices.appoint(CLERK, ("clerk",), "1357", by=by))
    model = OfficersModel(*seat.made_with)
    model.start()
    qtbot.waitUntil(lambda: len(model.board.offices) == 2)
    made = OfficeDetail(model)
    made.model = model
    made.clerk = next(one for one in model.board.offices if one.body.name == CLERK)
    made.show_office(made.clerk)
    displayed(made, qtbot, 520, 700)
    return made


def offered(detail):
    return [one for one, button in detail.buttons.items() if not button.isHidden()]


def told(detail):
    QApplication.processEvents()  # rows just made come in sight
    return [one.text() for one in detail.findChildren(QLabel) if one.isVisible()]


def test_only_what_fits_an_office_is_offered(detail):
    assert offered(detail) == ["roles", "badge", "pin", "suspend", "retire"]
    detail.show_office(replace(detail.clerk, state="suspended", reason="under inquiry"))
    assert "reinstate" in offered(detail)
    assert "suspend" not in offered(detail)
    assert isolated("under inquiry") in told(detail)
    assert bare(detail, CLERK, "under inquiry") == []


def test_a_wait_is_told_and_can_be_ended(detail):
    assert waiting_word(30) not in told(detail)
    detail.model.board = replace(detail.model.board, waits={detail.clerk.id: 30})
    detail.show_office(detail.clerk)
    assert waiting_word(30) in told(detail)
    assert detail.buttons["unlock"].isEnabled()


def test_who_holds_a_badge_is_offered_another_one(detail):
    first = detail.buttons["badge"].text()
    assert first == button_word("badge")[0]
    with_badge = replace(detail.clerk.body, badge="ab")
    detail.show_office(replace(detail.clerk, body=with_badge))
    assert detail.buttons["badge"].text() != first
    detail.show_office(detail.clerk)
    assert detail.buttons["badge"].text() == first


def test_ones_own_office_says_once_why_another_officer_is_needed(detail, seat, qtbot):
    assert bar_word("own") not in told(detail)
    own = detail.model.board.office(seat.session.officer.id)
    detail.show_office(own)
    assert told(detail).count(bar_word("own")) == 1
    assert detail.buttons["suspend"].accessibleDescription() == bar_word("own")
    detail.focus()
    qtbot.waitUntil(detail.buttons["badge"].hasFocus)  # the first that can be pressed


def test_a_button_says_what_is_wanted_of_the_office(detail, qtbot):
    with qtbot.waitSignal(detail.wanted) as wanted:
        detail.buttons["retire"].click()
    assert wanted.args == ["retire"]
