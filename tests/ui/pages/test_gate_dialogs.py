"""What is asked for a pass: its fields begin with what is known, and say what they lack."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldMissing
from stockpile.domain.facts import GatePassIssued
from stockpile.domain.values import WeaponId
from ui.pages.gate_dialogs import GatePassAsking, GatePassDialog, PapersDialog

SAID = GatePassIssued("", (WeaponId("w1"),), "P. Otim", about="HR-KLA-26-0001")


@pytest.fixture
def page(light, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    return page


def test_what_is_typed_is_added_to_what_was_known(page, qtbot):
    dialog = GatePassDialog(SAID, page)
    assert dialog.bearer.text() == "P. Otim"
    dialog.vehicle.set_text(" UAA 123X ")
    with qtbot.waitSignal(dialog.decided) as decided:
        dialog.confirm.click()
    (made,) = decided.args
    assert (made.vehicle, made.weapons, made.about) == ("UAA 123X", SAID.weapons, SAID.about)


@pytest.mark.parametrize(
    ("missing", "name"), [("until", "until"), ("weapons", "goods"), ("else", "bearer")]
)
def test_a_refusal_stands_at_its_field_until_something_is_typed(page, missing, name):
    dialog = GatePassDialog(SAID, page)
    dialog.refuse(FieldMissing(missing))
    assert [key for key, one in dialog._fields.items() if one.message] == [name]
    dialog._fields[name].edited.emit("x")
    assert not dialog._fields[name].message


def test_a_pass_is_offered_only_where_something_goes_out(page, qtbot):
    assert PapersDialog(page, gate=False).gate.isHidden()
    dialog = PapersDialog(page, gate=True)
    assert not dialog.gate.isHidden()
    with qtbot.waitSignal(dialog.gate_wanted), qtbot.assertNotEmitted(dialog.voucher_wanted):
        dialog.gate.click()


def test_a_refused_pass_stays_open_to_be_completed(page, seat, qtbot):
    asking = GatePassAsking(*seat.made_with, page)
    asking.model.drawn.disconnect(asking.show_paper)  # no program of this machine opens it
    asking.for_weapons([seat.register("KB1")])
    qtbot.waitUntil(lambda: asking.dialog is not None)
    dialog = asking.dialog
    dialog.confirm.click()
    qtbot.waitUntil(lambda: bool(dialog.bearer.message))
    dialog.bearer.set_text("C. Driver")
    with qtbot.waitSignals([asking.made, asking.model.drawn]):
        dialog.confirm.click()
    assert asking.dialog is None
