"""The paper of a shipment: what is needed for a purpose, and what stays for the next one."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import LicenceIncomplete
from stockpile.domain.facts import WaybillOpened
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId
from ui.pages.transfer_sending import TransferSending
from ui.view_models.transfer_sending import Offers, SendingModel
from ui.view_models.transfers import TransfersModel

GULU = Place(PlaceId("gulu"), "Gulu Depot", "site", None)
LIRA = Place(PlaceId("lira"), "Lira Depot", "site", None)


@pytest.fixture
def face(seat, qtbot):
    model = SendingModel(seat.desk, seat.session, TransfersModel(*seat.made_with))
    made = TransferSending(model)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def test_what_was_sent_last_is_filled_in_and_only_what_is_new_is_typed(face):
    last = WaybillOpened("", (), PlaceId("x"), LIRA.id, carrier="4 Bn", vehicle="UAJ 1")
    face.model.offered.emit(Offers(PlaceId("x"), (GULU, LIRA), last))
    face.seals.set_text("S1, S2 S3")
    said = face.said()
    assert (said.to, said.to_name, said.carrier, said.vehicle) == (LIRA.id, "", "4 Bn", "UAJ 1")
    assert said.seals == ("S1", "S2", "S3")
    face.clear()
    assert face.seals.text() == ""
    assert face.carrier.text() == "4 Bn"


def test_the_only_depot_that_is_known_is_offered_and_another_may_be_written(face):
    face.model.offered.emit(Offers(PlaceId("x"), (GULU,)))
    assert face.said().to == GULU.id
    face.to.set_value("Field store")
    said = face.said()
    assert (said.to, said.to_name) == (None, "Field store")


def test_nothing_is_scanned_before_it_is_said_where_it_goes(face, qtbot):
    face._go_on()
    assert not face.is_scanning
    face.to.set_value("Gulu")
    face.go_on.click()
    assert face.is_scanning
    face.show_paper()
    assert not face.is_scanning


def test_abroad_the_licence_is_asked_for_and_what_it_lacks_is_shown(face):
    assert not face._licence_card.isVisible()
    face.purpose.set_value("export")
    assert face._licence_card.isVisible()
    named = {one.objectName(): one for one in face.licence}
    named["number"].set_text("X1")
    named["transit"].set_text("TZ, KE")
    face.to.set_value("Nairobi")
    face._go_on()
    assert face.said().licence.transit == ("TZ", "KE")
    face.refuse(LicenceIncomplete("export", ("goods",)))
    assert not face.is_scanning
    assert named["goods"].message == "Needed for this purpose."
    assert named["number"].message == ""


def test_a_part_that_travels_apart_is_noted_with_its_seal(seat, face, qtbot):
    seat.register("KB 1")
    face.to.set_value("Gulu")
    face._go_on()
    face.ask_apart()
    assert face._dialog is None  # nothing was scanned yet
    with qtbot.waitSignal(face.model.heard):
        face.model.scan("KB 1")
    face.ask_apart()
    face._dialog.seal.set_text("B7")
    face._dialog.confirm.click()
    assert [(one.component, one.seal) for one in face.model.apart] == [("bolt", "B7")]
    assert "apart" in face.list.lines[0].spoken
