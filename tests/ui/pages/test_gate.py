"""The gate page: a pass is scanned, its weapons stand there, it leaves or is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.language import plain
from tests.helpers.readable import displayed, faults, tongue
from ui.pages.gate import GatePage
from ui.pages.gate_dialogs import GatePassDialog, PapersDialog

__all__ = ["tongue"]


def a_pass(seat, **said):
    gate, officer = seat.stockpile.gate_passes, seat.session.officer
    weapon = seat.register(f"KB{len(seat.said)}")
    wanted = replace(seat.on_books(lambda: gate.of_weapons([weapon])), bearer="C. Driver", **said)
    return seat.write(lambda: gate.issue(wanted, by=officer))


@pytest.fixture
def page(seat, qtbot):
    page = GatePage(*seat.made_with)
    displayed(page, qtbot, 790, 620)
    page.entered("")
    return page


def said(page):
    return plain(page._result.accessibleName())


def test_the_gate_and_its_dialogs_can_be_read_and_used_in_every_language(tongue, seat, qtbot):
    made = a_pass(seat, until="2020-01-01")
    page = GatePage(*seat.made_with)
    displayed(page, qtbot, 790, 620)
    page.entered(made.id)
    qtbot.waitUntil(lambda: page._file is not None)
    assert page._listed.isVisible()
    dialogs = (GatePassDialog(made.issued, page), PapersDialog(page, gate=True))
    assert faults(page) == []
    for dialog in dialogs:
        displayed(dialog, qtbot, dialog.width(), dialog.sizeHint().height())
        assert faults(dialog) == []


def test_a_pass_past_its_time_is_a_doubt_and_is_taken_back_with_a_reason(page, seat, qtbot):
    made = a_pass(seat, until="2020-01-01")
    page.code.set_text(made.issued.number)
    page.code.submitted.emit()
    qtbot.waitUntil(lambda: page._file is not None)
    assert "Past its time" in said(page)
    page._ask_back()
    page.dialog._reason.set_text("lorry broke down")
    page.dialog.accept()
    qtbot.waitUntil(lambda: "Taken back" in said(page))
    qtbot.waitUntil(lambda: page.passes.lines == ())
    page.model.look_up(made.id)
    qtbot.waitUntil(lambda: page._file is not None)
    assert page._open_pass() is None
    page.code.set_text("GP-NONE")
    page.code.submitted.emit()
    qtbot.waitUntil(lambda: "no gate pass GP-NONE" in said(page))
