"""Two short questions about one weapon."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import Mark
from stockpile.domain.places import Place
from stockpile.domain.weapons import Weapon
from ui.pages.weapon_dialogs import CorrectDialog, MoveDialog, place_words

SITE = Place("site", "Kampala Central", "site", None)
RACK = Place("r1", "Rack 01", "rack", "site")
OTHER = Place("r2", "Rack 02", "rack", "site")
WEAPON = Weapon("w1", type="ASR", make="Izhmash", marks=(Mark("serial", "KB1", is_identity=True),))


@pytest.fixture
def host(light, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    return host


def test_a_place_is_named_with_the_one_it_lies_in():
    assert place_words(RACK, {"site": "Kampala Central"}) == "Rack 01, Kampala Central"
    assert place_words(SITE, {}) == "Kampala Central"


def test_a_weapon_can_go_anywhere_but_where_it_is(host, qtbot):
    dialog = MoveDialog("KB1", (SITE, RACK, OTHER), RACK.id, host)
    offered = [dialog._place.box.itemText(at) for at in range(dialog._place.box.count())]
    assert offered == ["Kampala Central", "Rack 02, Kampala Central"]
    assert not dialog.confirm.isEnabled()
    dialog._place.set_value(OTHER.id)
    with qtbot.waitSignal(dialog.decided) as blocker:
        dialog.accept()
    assert blocker.args == [OTHER]


def test_without_a_place_nothing_is_decided(host):
    dialog = MoveDialog("KB1", (SITE, RACK), RACK.id, host)
    decided = []
    dialog.decided.connect(decided.append)
    dialog.accept()
    assert decided == []


@pytest.fixture
def correct(host):
    dialog = CorrectDialog(WEAPON, host)
    dialog.show()
    return dialog


def test_a_correction_starts_from_what_stands_on_record(correct):
    assert correct._value.text() == "KB1"
    correct._field.set_value("make")
    assert correct._value.text() == "Izhmash"


def test_a_type_is_chosen_from_the_list(correct):
    correct._field.set_value("type")
    assert correct._type.isVisible()
    assert not correct._value.isVisible()
    assert correct._type.value() == "ASR"


@pytest.mark.parametrize(
    ("value", "reason", "enough"),
    [
        ("KB1", "read again", False),
        ("KB2", "", False),
        ("KB2", "  x ", False),
        ("KB2", "read again", True),
    ],
)
def test_another_value_and_a_reason_are_needed(correct, value, reason, enough):
    correct._value.set_text(value)
    correct._reason.set_text(reason)
    correct._judge()
    assert correct.confirm.isEnabled() is enough


def test_it_waits_for_the_answer_and_cannot_be_pressed_twice(correct, qtbot):
    correct._value.set_text("KB2")
    correct._reason.set_text("read again")
    decided = []
    correct.decided.connect(lambda fields, reason: decided.append((dict(fields), reason)))
    correct.accept()
    correct.accept()
    assert decided == [({"serial": "KB2"}, "read again")]
    assert correct.isVisible()
    correct.show_error(FieldUnreadable("serial", "KB2"))
    assert "KB2" in correct._value.message
    assert not correct.confirm.is_busy
    correct.close_corrected()
    assert not correct.isVisible()
