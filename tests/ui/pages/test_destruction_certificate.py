"""The certificate being told: what was ordered stands in it, and a refusal is said at its field."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    CommitteeIncomplete,
    DestructionIncomplete,
    FieldMissing,
    FieldUnreadable,
    MethodSymbolic,
)
from tests.helpers.pyres import PRESENT, ordered
from ui.pages.destruction_certificate import CertificateForm
from ui.view_models.destruction_site import SiteModel


@pytest.fixture
def form(seat, qtbot):
    model = SiteModel(seat.desk, seat.session)
    made = CertificateForm(model)
    qtbot.addWidget(made)
    order = ordered(seat, seat.register("KB 1"))
    with qtbot.waitSignal(model.opened):
        model.open(order.id)
    made.fill()
    return made


def test_what_was_ordered_stands_in_it_and_the_statement_is_never_made_for_anybody(form, qtbot):
    said = form.said()
    assert (said.where, said.methods, said.committee) == (
        "Luzira", ("burning", "smelting"), PRESENT,
    )  # fmt: skip
    assert not said.inoperable
    form.check()
    assert form._inoperable_said.text()
    form.inoperable.setChecked(True)
    form.scrap.set_text("8.5")
    with qtbot.waitSignal(form.sign_wanted) as told:
        form.check()
    assert (told.args[0].scrap_kilograms, told.args[0].inoperable) == ("8.5", True)


def test_a_refusal_is_said_at_its_field_where_it_has_one(form):
    for error, field in (
        (CommitteeIncomplete("witness"), form.committee.name),
        (FieldMissing("committee"), form.committee.name),
        (MethodSymbolic("burning"), form.methods.steps[1]),
        (FieldMissing("methods"), form.methods.steps[1]),
        (FieldUnreadable("destroyed_on", "soon"), form.on),
        (FieldMissing("destroyed_at"), form.where),
    ):
        assert form.refuse(error)
        assert field.message
    assert not form.refuse(DestructionIncomplete("DO-1", 2))
