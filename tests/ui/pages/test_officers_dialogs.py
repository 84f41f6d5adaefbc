"""The form of one change: what it asks for, what it misses, and where a refusal is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldUnreadable, NobodyAppoints, PinTooShort, WrongPin
from stockpile.domain.facts import OfficerAppointed
from stockpile.domain.offices import Office
from stockpile.domain.values import OfficerId
from stockpile.language import isolated
from tests.helpers.readable import faults
from ui.pages.officers_dialogs import OfficeDialog, said
from ui.view_models.officers import Asked
from ui.widgets.tick import Tick

CLERK = Office(OfficerAppointed("P. Ilunga", ("clerk",), ""), OfficerId("o2"), "in_office", ())
FIELDS = ("name", "roles", "old_pin", "pin", "again", "reason")


@pytest.fixture
def opened(light, qtbot):
    """Open the form of a change; what it decides is told in ``heard``."""
    desktop = QWidget()
    qtbot.addWidget(desktop)

    def made(change, office=CLERK):
        dialog = OfficeDialog(change, office, desktop)
        dialog.heard = []
        dialog.decided.connect(dialog.heard.append)
        return dialog

    return made


def asked_for(dialog):
    return [one for one in FIELDS if not getattr(dialog, one).isHidden()]


def test_each_change_asks_for_what_it_needs_and_no_more(opened):
    assert asked_for(opened("appoint", None)) == ["name", "roles", "pin", "again"]
    assert asked_for(opened("roles")) == ["roles", "reason"]
    assert asked_for(opened("own_pin")) == ["old_pin", "pin", "again"]
    assert asked_for(opened("unlock")) == []
    assert asked_for(opened("badge")) == []  # the first one replaces nothing
    has_one = replace(CLERK, body=replace(CLERK.body, badge="ab"))
    assert asked_for(opened("badge", has_one)) == ["reason"]


def test_an_empty_form_says_at_each_field_what_is_missing(opened):
    dialog = opened("appoint", None)
    dialog.save.click()
    assert all((dialog.name.message, dialog.roles.message, dialog.pin.message))
    assert dialog.heard == []
    dialog.name.set_text("  B. Okello ")
    dialog.roles.set_value("inspector")
    dialog.pin.set_text("1357")
    dialog.again.set_text("1358")
    dialog.save.click()
    assert dialog.again.message
    assert dialog.heard == []
    dialog.again.set_text("1357")
    dialog.save.click()
    assert dialog.heard == [Asked("appoint", None, "B. Okello", ("inspector",), "", "1357")]


def test_what_waits_for_its_signature_is_not_asked_for_twice(opened):
    dialog = opened("suspend")
    dialog.reason.set_text("under inquiry")
    dialog.save.click()
    dialog.save.click()
    assert dialog.heard == [Asked("suspend", CLERK.id, "P. Ilunga", (), "under inquiry")]
    dialog.wait(waits=False)
    dialog.save.click()
    assert len(dialog.heard) == 2


def test_a_refusal_is_said_at_its_field_and_what_was_typed_stays(opened):
    dialog = opened("own_pin")
    dialog.old_pin.set_text("9999")
    dialog.show_error(WrongPin("P. Ilunga"))
    assert dialog.old_pin.message == said(WrongPin("P. Ilunga"))
    assert dialog.old_pin.text() == "9999"
    dialog.show_error(PinTooShort(4))
    assert dialog.pin.message == said(PinTooShort(4))
    appoint = opened("appoint", None)
    taken = FieldUnreadable("name", "P. Ilunga")
    appoint.show_error(taken)
    assert appoint.name.message == said(taken)
    assert isolated("P. Ilunga") in said(taken)
    assert said(FieldUnreadable("roles", "P. Ilunga")) != said(taken)


def test_a_refusal_that_concerns_no_field_is_said_below_and_leaves_them_plain(opened):
    dialog = opened("retire")
    dialog.wait(waits=True)
    dialog.show_error(NobodyAppoints("P. Ilunga"))
    assert dialog._trouble.text() == said(NobodyAppoints("P. Ilunga"))
    assert not dialog._trouble.isHidden()
    assert not dialog.save.is_busy
    assert dialog.reason.message == ""


def test_a_pin_is_never_in_sight(opened):
    dialog = opened("own_pin")
    modes = [one.edit.echoMode() for one in (dialog.old_pin, dialog.pin, dialog.again)]
    assert modes == [QLineEdit.EchoMode.Password] * 3


def test_no_box_is_squeezed_however_many_roles_there_are(opened, qtbot):
    dialog = opened("appoint", None)
    with qtbot.waitExposed(dialog):
        dialog.open()
    QApplication.processEvents()
    assert faults(dialog) == []
    tops = [one.mapTo(dialog, QPoint()).y() for one in dialog.findChildren(Tick)]
    assert all(after - before >= 28 for before, after in pairwise(tops))
