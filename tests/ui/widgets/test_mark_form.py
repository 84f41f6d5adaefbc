"""One mark in a form: said as it stands, its script and legibility guessed until said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import Mark
from ui.widgets.mark_form import MarkForm


@pytest.fixture
def form(light, qtbot):
    form = MarkForm()
    qtbot.addWidget(form)
    form.show()
    form.seen = []
    form.changed.connect(form.seen.append)
    form.show_mark(Mark("other", ""))
    return form


def test_showing_a_mark_tells_nobody(form):
    form.show_mark(Mark("proof", "ЖК", component="barrel", position="left", script="Cyrl"))
    assert form.seen == []
    assert (form.kind.value(), form.component.value()) == ("proof", "barrel")


def test_what_is_typed_is_kept_as_it_stands(form, qtbot):
    qtbot.keyClicks(form.text.edit, "a B-7")
    assert form.seen[-1] == Mark("other", "a B-7", script="Latn")


def test_a_character_that_nobody_could_read_makes_it_partly_legible(form, qtbot):
    qtbot.keyClicks(form.text.edit, "KB4?")
    assert form.seen[-1].legibility == "partial"
    qtbot.keyClick(form.text.edit, Qt.Key.Key_Backspace)
    assert form.seen[-1].legibility == "clear"
    form.legibility.set_value("restored")
    qtbot.keyClicks(form.text.edit, "[8B]")
    assert form.seen[-1].legibility == "restored"


def test_a_script_that_was_said_is_not_guessed_again(form, qtbot):
    qtbot.keyClicks(form.text.edit, "12")
    assert form.seen[-1].script == "Zyyy"
    form.script.set_value("Cyrl")
    qtbot.keyClicks(form.text.edit, "3")
    assert form.seen[-1].script == "Cyrl"


def test_a_sign_is_chosen_and_makes_the_mark_a_sign(form):
    form._take_sign("circle_number")
    assert (form.seen[-1].kind, form.seen[-1].symbol) == ("symbol", "circle_number")
    form.show_mark(Mark("proof", "26"))
    form._take_sign("crown")
    assert form.seen[-1] == Mark("proof", "26", symbol="crown")


def test_a_mark_of_a_part_is_on_that_part(form):
    form.show_mark(Mark("serial", "B 7"), on_part=True)
    assert not form.component.isEnabled()


def test_the_identity_stays_the_identity(form, qtbot):
    form.show_mark(Mark("serial", "KB1", is_identity=True, verified_by="o1"))
    qtbot.keyClicks(form.text.edit, "2")
    assert form.seen[-1].is_identity


def test_enter_says_that_nothing_more_is_to_be_said(form, qtbot):
    with qtbot.waitSignal(form.done):
        qtbot.keyClick(form.text.edit, Qt.Key.Key_Return)
