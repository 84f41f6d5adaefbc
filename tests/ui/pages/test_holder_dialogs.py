"""All that is recorded of a person in one dialog: what is not asked stays, photos are taken in."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import DiskFull
from stockpile.domain.facts import Authorisation
from stockpile.domain.holders import Holder
from ui.pages.holder_dialogs import HolderDialog, PinDialog
from ui.view_models.photos import Photos
from ui.widgets.arrange import column
from ui.widgets.card import Card

PERSON = Holder(
    "p1", "Ilunga", "A-1", "Cpl", "2 Coy", "C1", "f" * 64,
    (Authorisation("AKM", "2099-01-01", "P-7"),),
)  # fmt: skip


@pytest.fixture
def parent(qtbot, light):
    card = Card(column())
    qtbot.addWidget(card)
    return card


def test_what_nobody_touched_is_said_as_before(seat, parent, qtbot):
    dialog = HolderDialog(PERSON, Photos(seat.desk, seat.session, parent), parent)
    assert dialog.details() == PERSON.details  # the paper of the clearance too
    assert not dialog.pin.isVisibleTo(dialog)
    dialog.show_photo("a" * 64)
    assert dialog.details().photo == "a" * 64
    dialog.clearances()[0].what.set_value("")
    assert dialog.details().authorisations == ()


def test_a_trouble_that_has_no_field_is_said_above_the_buttons(seat, parent, qtbot):
    dialog = HolderDialog(None, Photos(seat.desk, seat.session, parent), parent)
    dialog.open()
    with qtbot.waitSignal(dialog.decided) as decided:
        dialog.save.click()
    assert decided.args[0].name == ""
    assert dialog.save.is_busy
    dialog.show_error(DiskFull("/home"))
    assert dialog.trouble.isVisible()
    assert not dialog.save.is_busy
    dialog.reject()


def test_a_pin_that_is_refused_is_typed_again(parent, qtbot):
    dialog = PinDialog(PERSON, parent)
    dialog.open()
    dialog.show_error(DiskFull("/home"))
    assert dialog.pin.edit.hasFocus() or dialog.focusWidget() is dialog.pin.edit
    dialog.reject()
