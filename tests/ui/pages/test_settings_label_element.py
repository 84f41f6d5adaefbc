"""The figures of one element: read as typed, said at their field where they cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import LabelElement
from ui.pages.settings_label_element import ElementEditor, typed_length

TYPE = LabelElement("type", 2_000, 3_500, 30_000, 5_000, size=85, language="ar", bold=True)


@pytest.fixture
def editor(light, qtbot):
    made = ElementEditor()
    qtbot.addWidget(made)
    made.show()
    made.told = []
    made.changed.connect(made.told.append)
    return made


def type_in(field, text, qtbot):
    field.edit.clear()
    qtbot.keyClicks(field.edit, text)


def test_an_element_is_shown_and_nobody_is_told(editor):
    editor.show_element(TYPE)
    assert [field.text() for field in editor.places.values()] == ["2", "3.5", "30", "5"]
    assert (editor.letters.text(), editor.language.value()) == ("8.5", "ar")
    assert editor.bold.isChecked()
    assert editor.told == []


def test_each_figure_changes_its_own(editor, qtbot):
    editor.show_element(TYPE)
    type_in(editor.places["top"], "4,25", qtbot)
    type_in(editor.letters, "9", qtbot)
    editor.bold.click()
    editor.language.set_value("ps")
    changed = replace(TYPE, top=4_250, size=90, bold=False, language="ps")
    assert editor.told[-1] == changed


def test_what_cannot_be_read_changes_nothing_and_is_said(editor, qtbot):
    editor.show_element(TYPE)
    type_in(editor.places["left"], "wide", qtbot)
    type_in(editor.letters, "2", qtbot)
    assert editor.places["left"].message == "Millimetres, such as 2.5."
    assert "100" in editor.letters.message
    assert editor.told == []
    editor.show_element(TYPE)
    assert editor.places["left"].message == ""


def test_only_what_an_element_has_is_asked(editor):
    editor.show_element(replace(TYPE, what="matrix"))
    assert not editor.letters.isVisible()
    assert not editor.text.isVisible()
    editor.show_element(replace(TYPE, what="text"))
    assert editor.text.isVisible()
    assert not editor.language.isVisible()
    editor.show_element(None)
    assert not editor.isVisible()


def test_a_length_is_read_with_point_comma_and_unit():
    assert [typed_length(text) for text in ("2.5", "2,5", "2.5 mm", "", "x")] == [
        2_500, 2_500, 2_500, 0, None,
    ]  # fmt: skip
