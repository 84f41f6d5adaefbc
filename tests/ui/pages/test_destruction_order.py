"""The form of an order: what is missing is said at its field."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import EvidenceHeld, FieldUnreadable, MethodSymbolic, WeaponGone
from tests.helpers.pyres import PRESENT
from ui.pages.destruction_order import DestructionOrderForm
from ui.view_models.destruction import DestructionModel


@pytest.fixture
def form(seat, qtbot):
    made = DestructionOrderForm(DestructionModel(*seat.made_with))
    qtbot.addWidget(made)
    return made


def test_an_order_without_weapons_asks_for_them(form, seat, qtbot):
    form.check()
    assert form.scan.message
    seat.register("KB 1")
    with qtbot.waitSignal(form._model.loaded):
        form._model.scan("KB 1")
    assert not form.scan.message
    form.where.set_text(" Luzira ")
    form.committee.set_value(PRESENT)
    with qtbot.waitSignal(form.check_wanted) as told:
        form.check()
    assert (told.args[0].where, told.args[0].committee) == ("Luzira", PRESENT)
    form.clear()
    assert form.said().committee == ()


def test_a_refusal_is_said_at_its_field(form):
    for error, field in (
        (EvidenceHeld("KB 1"), form.reason), (FieldUnreadable("planned", "soon"), form.planned),
        (WeaponGone("w", "destroyed"), form.scan),
    ):  # fmt: skip
        form.refuse(error)
        assert field.message
    form.refuse(MethodSymbolic("burning"))
    assert form.methods.steps[0].message
