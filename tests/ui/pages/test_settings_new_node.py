"""The dialog of another signing key: it says what is missing, and where a refusal belongs."""

from __future__ import annotations

from PySide6.QtCore import Qt

from stockpile.domain.errors import EntriesUnsent, WrongPassphrase
from tests.helpers.readable import faults
from ui.pages.settings_new_node import NewNodeDialog
from ui.view_models.new_node import NewNodeModel


def opened(seat, qtbot):
    parent = NewNodeDialog(NewNodeModel(seat.desk, seat.session), None)
    qtbot.addWidget(parent)
    parent.open()
    return parent


def fill(dialog):
    for field in (dialog.reason, dialog.passphrase, dialog.pin, dialog.name, dialog.second_pin):
        field.set_text("x y z")


def test_everything_fits_and_can_be_read(seat, tongue, qtbot):
    dialog = opened(seat, qtbot)
    assert faults(dialog) == []
    dialog.confirm.click()  # each field says what it lacks
    assert faults(dialog) == []


def test_nothing_is_asked_before_all_is_given(seat, qtbot):
    dialog = opened(seat, qtbot)
    asked = []
    dialog._model.began.connect(asked.append)
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert dialog.reason.message
    assert dialog.second_pin.message
    assert not asked


def test_a_refusal_is_said_where_it_belongs_and_the_dialog_stays(seat, qtbot):
    dialog = opened(seat, qtbot)
    fill(dialog)
    with qtbot.waitSignal(dialog._model.refused):
        qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert dialog.passphrase.message  # the passphrase is tried first
    assert not dialog.confirm.is_busy
    dialog._model.refused.emit(EntriesUnsent(3))
    assert "Exchange first" in dialog.said.text()
    assert faults(dialog) == []
    dialog._model.refused.emit(WrongPassphrase())
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
