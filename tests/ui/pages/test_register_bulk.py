"""Acts on what is chosen: their questions, their progress, their ends."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import plain
from stockpile.services.extracts import Selection, Wanted
from ui.pages.register_bulk import Bulk
from ui.view_models.bulk import Spans
from ui.view_models.destruction import BETWEEN


@pytest.fixture
def bulk(seat, qtbot):
    for number in range(3):
        seat.register(f"KB{number}")
    page = QWidget()
    qtbot.addWidget(page)
    made = Bulk(
        *seat.made_with, page,
        chosen=lambda: Spans(((0, 1),), 3), within=Selection, columns=lambda: ["serial"],
    )  # fmt: skip
    made.page = page
    return made


def test_a_move_asks_for_the_place_and_says_when_it_is_done(bulk, seat, qtbot):
    rack = seat.open_place("Rack 1")
    bulk.ask("move")
    qtbot.waitUntil(lambda: bulk.dialog is not None)
    bulk.dialog._place.set_value(rack.id)
    with qtbot.waitSignals([bulk.toast, bulk.let_go]):
        bulk.dialog.confirm.click()
    assert not bulk.work.isVisible()


def test_labels_need_no_question(bulk, qtbot):
    with qtbot.waitSignal(bulk.toast, timeout=20_000) as told:
        bulk.ask("label")
    assert "2" in told.args[0]
    assert told.args[1] == "Open"


def test_a_copy_asks_for_the_form_and_then_for_the_file(bulk, qtbot):
    bulk.ask("copy")
    extract = bulk.dialog
    extract.accept()
    assert bulk.dialog is not extract
    assert bulk.dialog.defaultSuffix() == "xlsx"
    bulk.dialog.reject()


def test_one_that_is_stopped_says_so(bulk, qtbot, tmp_path):
    bulk.model.begun.connect(lambda work: work.cancel())
    with qtbot.waitSignal(bulk.toast) as told:
        bulk.copy_out(Selection(), Selection(), Wanted("csv"), tmp_path / "x.csv")
    assert "Stopped" in told.args[0]
    assert not (tmp_path / "x.csv").exists()
    assert all(button.isEnabled() for button in bulk.bar.acts.values())


def test_after_a_jam_the_last_good_label_is_asked_for_and_the_rest_printed(bulk, seat, qtbot):
    with qtbot.waitSignal(bulk.toast, timeout=20_000):
        bulk.ask("label")
    bulk.ask_resume()
    assert not bulk.dialog.confirm.isEnabled()
    bulk.dialog.label.set_text("KB0")
    with qtbot.waitSignal(bulk.toast, timeout=20_000) as told:
        bulk.dialog.accept()
    assert "1" in told.args[0]
    assert "label-" in told.args[0]


def test_after_a_jam_the_small_number_on_the_label_will_do(bulk, seat, qtbot):
    with qtbot.waitSignal(bulk.toast, timeout=20_000):
        bulk.ask("label")
    bulk.ask_resume()
    bulk.dialog.number.set_text("1")
    with qtbot.waitSignal(bulk.toast, timeout=20_000) as told:
        bulk.dialog.accept()
    assert "1" in told.args[0]
    assert "label-" in told.args[0]


def test_a_label_that_was_never_printed_is_no_last_good_one(bulk, seat, qtbot):
    bulk.ask_resume()
    bulk.dialog.label.set_text("KB0")
    with qtbot.waitSignal(bulk.model.refused):
        bulk.dialog.accept()
    qtbot.waitUntil(lambda: bool(seat.said))
    assert not bulk.work.isVisible()


def test_who_may_not_print_is_asked_for_no_label(bulk, seat):
    seat.sit_down("I. Nkosi", "auditor")
    bulk.ask_resume()
    assert bulk.dialog is None


def test_chosen_weapons_are_ordered_to_be_marked(bulk, seat, qtbot):
    bulk.ask("mark")
    qtbot.waitUntil(lambda: bulk.dialog is not None)
    dialog = bulk.dialog
    qtbot.waitUntil(dialog.confirm.isEnabled)
    assert "2 weapons to mark" in plain(dialog.verdict.text())
    with qtbot.waitSignals([bulk.toast, bulk.let_go]):
        dialog.confirm.click()
    (order,) = seat.on_books(seat.stockpile.marking_orders.orders)
    assert len(order.opened.weapons) == 2
    assert seat.session.settings.marking_order == order.id


def test_the_notice_of_an_order_leads_to_the_station(bulk, seat, qtbot):
    bulk.ask("mark")
    qtbot.waitUntil(lambda: bulk.dialog is not None)
    qtbot.waitUntil(bulk.dialog.confirm.isEnabled)
    with qtbot.waitSignal(bulk.toast) as told:
        bulk.dialog.confirm.click()
    said, action, lead = told.args
    assert "MO-KLA-" in said
    assert action == "Marking"
    with qtbot.waitSignal(bulk.marking_wanted):
        lead()


def test_an_order_to_destroy_is_made_of_what_is_chosen_on_its_own_page(bulk, qtbot):
    with qtbot.waitSignal(bulk.destruction_wanted) as told:
        bulk.ask("destroy")
    assert len(told.args[0].split(BETWEEN)) == 2
