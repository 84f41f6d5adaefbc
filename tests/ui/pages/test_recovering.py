"""The dialog of who lost the passphrase."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test stands in for the window

from stockpile.domain.errors import (
    PassphraseTooShort,
    RecoveryKeyStrange,
    SheetHalfMistyped,
    SheetVoid,
)
from tests.helpers.readable import faults
from ui.pages.recovering import RecoveringDialog

NEW = "five words that belong apart"


class Model(QObject):
    """Remembers what was tried."""

    recovered = Signal(str)
    refused = Signal(object)

    def __init__(self):
        super().__init__()
        self.tried = []

    def by_sheet(self, *said):
        self.tried.append(said)

    def by_authority(self, *said):
        self.tried.append(said)


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = RecoveringDialog(Model(), parent)
    made.owner = parent
    made.show()
    return made


def test_both_halves_and_the_passphrase_twice_are_wanted(dialog, qtbot):
    dialog.accept()
    assert all(one.message for one in (dialog.first, dialog.second, dialog.new))
    fields = (dialog.first, dialog.second, dialog.new, dialog.again)
    for field, text in zip(fields, ("one", "two", NEW, NEW), strict=True):
        qtbot.keyClicks(field.edit, text)
    dialog.accept()
    dialog.accept()
    assert dialog._model.tried == [("one", "two", NEW)]
    dialog._model.recovered.emit(NEW)
    assert not dialog.isVisible()
    assert dialog.first.text() == ""


def test_a_file_of_the_authority_stands_in_for_the_halves(dialog):
    dialog.file.set_text("/media/stick/identity")
    dialog.new.set_text(NEW)
    dialog.again.set_text(NEW)
    dialog.accept()
    assert dialog._model.tried == [(Path("/media/stick/identity"), NEW)]


def test_a_refusal_stands_at_its_field(dialog):
    for error, field in (
        (SheetHalfMistyped(1, 3), dialog.first),
        (SheetHalfMistyped(2, 3), dialog.second),
        (SheetVoid("K7ZQ"), dialog.first),
        (PassphraseTooShort(12), dialog.new),
    ):
        dialog._model.refused.emit(error)
        assert field.message
    dialog.file.set_text("identity")
    dialog._model.refused.emit(RecoveryKeyStrange())
    assert dialog.file.message


def test_everything_fits_and_can_be_read_however_much_is_refused(tongue, dialog):
    assert faults(dialog) == []
    for error in (SheetHalfMistyped(1, 2), SheetVoid("K7ZQ"), RecoveryKeyStrange()):
        dialog._model.refused.emit(error)
        assert faults(dialog) == []
