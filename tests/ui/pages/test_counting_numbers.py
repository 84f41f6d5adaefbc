"""A count by numbers: a rack, digits, Enter."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from tests.helpers.armouries import armoury
from tests.helpers.readable import displayed, faults
from ui.pages.counting_numbers import CountingNumbers, number_line
from ui.view_models.counting import CountingModel
from ui.view_models.counting_plans import Plan
from ui.view_models.counting_shown import Number

Key = Qt.Key
WAIT = 20_000


@pytest.fixture
def opened(seat, qtbot):
    """Return a function that opens a count by numbers and shows its face."""
    store = armoury(seat, racks=2, each=3)

    def opening(**how):
        model = CountingModel(*seat.made_with)
        face = CountingNumbers(model)
        face.model_ = model
        with qtbot.waitSignal(model.opened, timeout=WAIT):
            model.open(Plan(second=store.second, **how))
        displayed(face, qtbot, 1110, 672)
        face.begin()
        return face

    return opening


def enter(face, qtbot, field, text):
    qtbot.keyClicks(field.edit, text)
    qtbot.keyClick(field.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: face.model_.waiting == 0 and not face.model_._is_soon, timeout=WAIT)


def test_a_rack_then_a_number_and_on_to_the_next_rack(opened, qtbot):
    face = opened(basis="quantity")
    (field,) = face.fields.values()
    assert not field.isEnabled()
    enter(face, qtbot, face.scan_field, "A01")
    qtbot.waitUntil(field.edit.hasFocus)
    enter(face, qtbot, field, "2")
    qtbot.waitUntil(face.scan_field.edit.hasFocus)
    (line,) = face.list.lines
    assert (line.identifier, line.icon) == ("Armoury 1 › A01", "scale")
    assert "3" in line.beneath


def test_a_number_typed_anew_replaces_the_one_before(opened, qtbot):
    face = opened(basis="quantity")
    (field,) = face.fields.values()
    for number in ("2", "3"):
        enter(face, qtbot, face.scan_field, "A01")
        enter(face, qtbot, field, number)
    (line,) = face.list.lines
    assert line.icon == "circle-check"


def test_by_type_each_type_has_its_field(opened, seat, qtbot):
    face = opened(basis="type")
    assert list(face.fields) == ["ASR"]
    enter(face, qtbot, face.scan_field, "A02")
    enter(face, qtbot, face.fields["ASR"], "3")
    (line,) = face.list.lines
    assert line.icon == "circle-check"


def test_a_card_scanned_into_a_number_s_field_changes_the_rack(opened, qtbot):
    face = opened(basis="quantity")
    (field,) = face.fields.values()
    enter(face, qtbot, face.scan_field, "A01")
    enter(face, qtbot, field, "A02")
    assert face.model_.rack.place.name == "A02"
    assert field.text() == ""


def test_a_blind_count_tells_no_number_of_the_record(opened, qtbot):
    face = opened(basis="quantity", blind=True)
    (field,) = face.fields.values()
    enter(face, qtbot, face.scan_field, "A01")
    enter(face, qtbot, field, "1")
    (line,) = face.list.lines
    assert (line.icon, line.beneath) == ("circle-check", "")


def test_a_number_that_differs_is_told_by_its_sign():
    number = partial(Number, "p1", "A01", "ASR", 4, 5)
    assert number_line(number(agrees=False), blind=False).icon == "scale"
    assert number_line(number(agrees=True), blind=False).icon == "circle-check"


def test_everybody_can_use_it(opened, tongue, qtbot):
    assert faults(opened(basis="type")) == []
