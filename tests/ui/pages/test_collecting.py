"""The hand-in page: nobody is cut off, a child is never alone, what is on record is said so."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.collecting import HandIn, Sign
from stockpile.domain.holders import Details
from stockpile.domain.receiving import Description
from stockpile.language import plain
from stockpile.services.collecting import Brought
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.collecting import CollectingPage
from ui.view_models.collecting import note

__all__ = ["tongue"]


@pytest.fixture
def page(seat, qtbot):
    page = CollectingPage(*seat.made_with)
    displayed(page, qtbot, 790, 620)
    page.entered("")
    qtbot.waitUntil(lambda: page.weapons.place is not None)
    return page


def said(page):
    return plain(page._result.accessibleName())


def submit(field, text):
    field.set_text(text)
    field.submitted.emit()


def test_every_step_can_be_read_and_used_in_every_language(tongue, seat, qtbot):
    page = CollectingPage(*seat.made_with)
    displayed(page, qtbot, 790, 620)
    page.entered("")
    page.person.under_18.setChecked(True)
    for step in range(4):
        page._show_step(step)
        page.decision.decision.choose("ineligible")
        page.decision._show()
        assert faults(page) == []


def test_a_child_is_not_received_without_the_officer_who_protects_it(page):
    page.person.name.set_text("Okot David")
    page.person.born.set_text("15")
    page.person._show()
    page._go_on()
    assert page.step == 0
    assert page.person.child_protection.message
    page.person.child_protection.set_text("B. Auma")
    page._go_on()
    assert page.step == 1
    assert page.brought().said.child_protection == "B. Auma"


def test_who_is_on_record_is_known_by_the_card_and_so_is_what_they_brought(page, seat, qtbot):
    desk, officer = seat.stockpile.collecting, seat.session.officer
    site = seat.on_books(seat.stockpile.people.site)
    brought = Brought(
        Details("A. Akello", card="C1"), HandIn(site), (Description(serial="KB1", model="AKM"),)
    )
    seat.write(lambda: desk.receive(brought, Sign(reason="no ink"), by=officer))
    submit(page.person.name, "C1")
    qtbot.waitUntil(lambda: page.model.table.person is not None)
    assert "1 time before" in said(page)
    page._go_on()
    submit(page.weapons.serial, "KB1")
    qtbot.waitUntil(lambda: bool(page.model.table.pieces))
    assert "On record already" in said(page)
    page._other()
    assert page.model.table.pieces[0].row is None
    page.weapons.fields.model.set_value("AKM")
    submit(page.weapons.serial, "KB1")
    qtbot.waitUntil(lambda: len(page.model.table.pieces) == 2)
    page.model.take_off()
    assert len(page.model.table.pieces) == 1


def test_what_lies_on_the_table_outlives_the_program_but_no_name_does(page, seat, qtbot):
    page.person.name.set_text("Okot David")
    page._go_on()
    page.weapons.fields.model.set_value("AKM")
    submit(page.weapons.serial, "none")
    qtbot.waitUntil(lambda: bool(page.model.table.pieces))
    page._go_on()
    submit(page.rounds.rounds, "sixty")
    assert page.rounds.rounds.message
    submit(page.rounds.rounds, "9x19 mm 7")
    kept = seat.session.settings.collecting
    assert "Okot" not in kept
    assert json.loads(kept)["rounds"][0]["quantity"] == 7
    again = CollectingPage(*seat.made_with)
    qtbot.addWidget(again)
    again.entered("")
    qtbot.waitUntil(lambda: again.model.table == page.model.table)
    assert note(again.model.table) == kept
    seat.session.remember(collecting="{damaged")
    damaged = CollectingPage(*seat.made_with)
    qtbot.addWidget(damaged)
    damaged.entered("")
    qtbot.waitUntil(lambda: damaged.weapons.place is not None)
    assert damaged.model.table.is_empty


def test_a_refusal_stands_at_its_field_and_a_clerk_may_only_look(page, seat, qtbot):
    page.person.name.set_text("Okot David")
    page._show_step(3)
    page._turn()
    page._sign()
    qtbot.waitUntil(lambda: "Nothing was handed in" in said(page))
    submit(page.rounds.rounds, "9x19 7")
    page._sign()
    qtbot.waitUntil(lambda: bool(page.decision.reason.message))
    seat.sit_down("C. Lerk", "clerk")
    page.entered("")
    assert not page.next.isEnabled()
    assert page._not_mine.isVisible()
    assert page.layoutDirection() == Qt.LayoutDirection.LeftToRight
