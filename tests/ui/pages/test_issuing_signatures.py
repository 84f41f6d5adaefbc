"""Which signature is asked: by PIN where there is one, else by hand, and one dialog at a time."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget  # noqa: TID251 — a test drives widgets

from tests.helpers.counters import HOLDER_PIN, set_counter
from tests.helpers.readable import displayed
from tests.helpers.shots import a_file
from ui.pages.issuing_signatures import IssuingSignatures
from ui.pages.pins import PinsDialog
from ui.pages.signing import SigningDialog
from ui.view_models.issuing import IssuingModel


@pytest.fixture
def model(seat, qtbot):
    counter = seat.on_books(partial(set_counter, seat.stockpile, seat.session.officer, 2))
    seat.on_books(partial(counter.person, "P. Otim", pin=HOLDER_PIN))
    seat.on_books(partial(counter.person, "J. Were"))
    return IssuingModel(*seat.made_with)


@pytest.fixture
def signatures(seat, model, qtbot):
    page = QWidget()
    displayed(page, qtbot, 800, 600)
    made = IssuingSignatures(seat.desk, seat.session, model, [("F9", model.less)], page)
    yield made
    if made.dialog is not None:
        made.dialog.reject()


def put(model, seat, card):
    model.scan(card)
    model.scan("KB4470000")
    for _trip in range(3):
        seat.desk.wait()


@pytest.mark.parametrize(
    ("card", "by_hand", "kind"),
    [
        ("CARD-001", "", PinsDialog),
        ("CARD-002", "", SigningDialog),
        ("CARD-001", "drawn", SigningDialog),
        ("CARD-001", "paper", QFileDialog),
    ],
)
def test_who_has_a_pin_signs_by_it_unless_it_is_said_otherwise(
    seat, model, signatures, qtbot, card, by_hand, kind
):
    put(model, seat, card)
    signatures.by_hand = by_hand
    model.sign()
    qtbot.waitUntil(lambda: signatures.dialog is not None)
    assert type(signatures.dialog) is kind
    if kind is PinsDialog:
        assert len(signatures.dialog.rows) == 2


def test_the_photo_of_a_signed_paper_leaves_only_the_officer_to_sign(
    seat, model, signatures, qtbot, tmp_path
):
    put(model, seat, "CARD-001")
    signatures.by_hand = "paper"
    model.sign()
    qtbot.waitUntil(lambda: signatures.dialog is not None)
    chosen = signatures.dialog
    chosen.fileSelected.emit(str(a_file(tmp_path, "paper.jpg")))
    chosen.accept()
    qtbot.waitUntil(lambda: isinstance(signatures.dialog, PinsDialog))
    assert len(signatures.dialog.rows) == 1


def test_a_dialog_that_has_gone_makes_room_for_the_next(seat, model, signatures, qtbot):
    put(model, seat, "CARD-001")
    model.sign()
    qtbot.waitUntil(lambda: signatures.dialog is not None)
    with qtbot.waitSignal(signatures.closed):
        signatures.dialog.reject()
    assert signatures.dialog is None
