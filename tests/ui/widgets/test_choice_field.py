from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.language import isolated
from tests.helpers.readable import displayed
from ui.widgets.choice_field import Choice, ChoiceField

pytestmark = pytest.mark.usefixtures("light")


def _shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(320, widget.sizeHint().height())
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


CALIBRES = [Choice("7.62x39", isolated("7.62×39")), Choice("9x19", isolated("9×19"))]


def test_a_choice_is_shown_in_words_and_kept_as_a_value(qtbot):
    field = _shown(qtbot, ChoiceField("Calibre", CALIBRES))
    with qtbot.waitSignal(field.chosen) as told:
        field.set_value("9x19")
    assert told.args == ["9x19"]
    assert field.value() == "9x19"


def test_a_typed_word_finds_its_choice_and_another_is_none(qtbot):
    field = _shown(qtbot, ChoiceField("Model", [Choice("akm", "AKM"), Choice("m70", "M70 AB2")]))
    qtbot.keyClicks(field.box.lineEdit(), "akm")
    assert field.value() == "akm"
    field.box.lineEdit().clear()
    qtbot.keyClicks(field.box.lineEdit(), "xyz")
    assert field.value() == ""


def test_where_any_text_may_stand_it_is_kept(qtbot):
    field = _shown(qtbot, ChoiceField("Make", [Choice("i", "Izhmash")], free=True))
    qtbot.keyClicks(field.box.lineEdit(), "Local works")
    assert field.value() == "Local works"
    field.set_choices([Choice("t", "Tula")])
    assert field.value() == "Local works"
    field.set_value("t")
    assert field.box.currentText() == "Tula"


def test_the_completer_finds_a_word_in_the_middle(qtbot):
    field = _shown(qtbot, ChoiceField("Model", [Choice("m70", "M70 AB2"), Choice("akm", "AKM")]))
    completer = field.box.completer()
    completer.setCompletionPrefix("ab")
    assert completer.currentCompletion() == "M70 AB2"


def test_the_chosen_word_stands_where_reading_starts(qtbot, mirrored):
    field = _shown(qtbot, ChoiceField("Calibre", CALIBRES))
    assert field.box.lineEdit().alignment() & Qt.AlignmentFlag.AlignRight
    assert field.box.accessibleName() == "Calibre"


def test_what_is_isolated_is_chosen_by_typing_it_without(qtbot):
    field = ChoiceField("Stock", [Choice("a", isolated("Roll-1")), Choice("b", "Sheet")])
    _shown(qtbot, field)
    chosen = []
    field.box.activated.connect(chosen.append)
    for typed in ("roll-1", "Sheet", "nothing"):
        field.box.lineEdit().selectAll()
        qtbot.keyClicks(field.box.lineEdit(), typed)
        qtbot.keyClick(field.box.lineEdit(), Qt.Key.Key_Return)
    assert chosen == [0, 1]


def test_long_words_are_read_from_their_beginning_and_told_whole_under_the_hand(qtbot, light):
    long = "Attribution temporaire, jusqu\u2019au retour de la patrouille"
    field = ChoiceField("Type", [Choice("long", long), Choice("short", "Prêt")])
    displayed(field, qtbot, 150, 80)
    field.box.clearFocus()
    field.set_value("long")
    assert field.box.lineEdit().cursorPosition() == 0
    field.grab()
    assert field.box.toolTip() == long
    field.set_value("short")
    field.grab()
    assert field.box.toolTip() == ""


def test_who_is_typing_keeps_their_place(qtbot, light):
    field = ChoiceField("Type", [Choice("long", "Long")], free=True)
    displayed(field, qtbot, 250, 80)
    field.box.setFocus()
    qtbot.keyClicks(field.box.lineEdit(), "L-1")
    field.set_value("L-12")
    qtbot.keyClicks(field.box.lineEdit(), "3")
    assert field.value() == "L-123"
