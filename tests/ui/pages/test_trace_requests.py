"""The page of trace requests: asked, completed, sent and answered, and one that came in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import TraceRequestMade
from stockpile.language import plain
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.trace_requests import BOARD, FORM, TraceRequestsPage

__all__ = ["tongue"]

WORDS = {
    "of_state": "Belgium", "basis": "Act 4", "intended_use": "court", "searched_on": "2026-11-20",
    "searched": "on no record", "without_photos": "none taken",
}  # fmt: skip


@pytest.fixture
def page(seat, qtbot):
    made = TraceRequestsPage(*seat.made_with)
    displayed(made, qtbot, 800, 600)
    made.entered("")
    qtbot.waitUntil(lambda: made._today != "")
    return made


def fill(form, **said):
    for name, text in said.items():
        form._texts()[name].set_text(text)


def ready(page, name):
    return not page.board.acts[name].isHidden()


def test_a_weapon_on_record_is_asked_about_until_it_is_answered(seat, page, qtbot):
    assert page._first.currentWidget() is page._empty
    weapon = seat.register("KB 1")
    page.entered(weapon)
    qtbot.waitUntil(lambda: page._at(FORM))
    form = page.form
    assert [plain(line.identifier) for line in form.lines.lines] == ["KB 1"]
    with qtbot.waitSignal(page.model.refused):
        form.decide()
    assert "Requested State" in plain(form.of_state.message)
    fill(form, of_state="Belgium")
    with qtbot.waitSignal(page.model.written) as made:
        page._finish()
    number = made.args[0].said.number
    qtbot.waitUntil(lambda: page._at(BOARD) and page.board.shown is not None)
    with qtbot.waitSignal(page.model.refused):
        page.model.note(made.args[0].id, "sent", "", "")
    page._by_key("change")
    assert page._at(FORM)
    fill(form, **WORDS)
    form.ground.set_value("unmarked")
    assert "lacking" in form._missing.text()
    with qtbot.waitSignal(page.model.written):
        page._finish()
    qtbot.waitUntil(lambda: page.board.shown and page.board.shown.said.ground == "unmarked")
    page.board.scan.submitted.emit()
    assert page.dialog is not None
    page.dialog.on.set_text("2020-01-01")
    with qtbot.waitSignal(page.model.went_on):
        page.dialog.on.submitted.emit()
    qtbot.waitUntil(lambda: page.board.shown.state == "sent")
    assert ready(page, "reminded")
    assert not ready(page, "change")
    page._act("answer")
    dialog = page.dialog
    assert not dialog.confirm.isEnabled()
    dialog.outcome.set_value("refused")
    with qtbot.waitSignal(page.model.refused):
        dialog.accept()
    dialog.ground.set_value("security")
    with qtbot.waitSignal(page.model.went_on) as done:
        dialog.accept()
    assert done.args[0].state == "refused"
    qtbot.waitUntil(lambda: len(page.board.ended.lines) == 1)
    assert page.board.ended.lines[0].identifier == number
    with qtbot.waitSignal(page.model.drawn) as drawn:
        page._act("print_answer")
    assert drawn.args[0].read_bytes().startswith(b"%PDF")


def test_a_request_that_came_in_is_written_down_for_a_weapon_on_no_record(seat, page, qtbot):
    page.board.scanned.emit("99?7 X")
    qtbot.waitUntil(lambda: page._at(FORM))
    form = page.form
    form.marks.set_text("99?7 X\nFN")
    form.direction.set_value("in")
    fill(form, by_state="Chad", of_state="Uganda")
    assert "ask for more" in form._missing.text()
    with qtbot.waitSignal(page.model.written) as made:
        form.decide()
    said = made.args[0].said
    assert [(one.kind, one.text, one.is_identity) for one in said.marks] == [
        ("serial", "99?7 X", True), ("other", "FN", False),
    ]  # fmt: skip
    qtbot.waitUntil(lambda: page._at(BOARD) and page.board.shown is not None)
    assert (ready(page, "sent"), ready(page, "acknowledged")) == (False, True)
    page._act("withdraw")
    page.dialog._reason.set_text("found at home")
    with qtbot.waitSignal(page.model.went_on):
        page.dialog.accept()
    page.model.look_up(said.number)
    qtbot.waitUntil(lambda: page.board.shown and page.board.shown.state == "withdrawn")


@pytest.mark.parametrize("face", [BOARD, FORM])
def test_every_word_of_the_page_has_room_in_every_tongue(tongue, seat, qtbot, face):
    weapon = seat.register("KB 1")
    desk, by = seat.stockpile.trace_requests, seat.session.officer
    said = seat.on_books(lambda: desk.of_weapon(weapon))
    said = replace(said, by_state="Uganda", of_state="Belgium")
    seat.write(lambda: desk.make(said, by=by))
    page = TraceRequestsPage(*seat.made_with)
    displayed(page, qtbot, 800, 600)
    page.entered("")
    qtbot.waitUntil(lambda: page.board.shown is not None)
    if face == FORM:
        page.model.prepared.emit(TraceRequestMade("", by_state="UG"))
    assert page._at(face)
    assert faults(page) == []
