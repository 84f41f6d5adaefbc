"""A layout in the form: its size, its logo and its elements, as they are typed and dragged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.facts import LabelElement, LabelLayoutSet
from tests.helpers.shots import drawn as a_picture
from ui.pages.settings_label_layout_form import LabelLayoutForm
from ui.view_models.label_layouts import LabelLayoutsModel

SERIAL = LabelElement("serial", 3_000, 3_000, 35_000, 6_000)
MATRIX = LabelElement("matrix", 48_000, 3_000, 11_000, 11_000)
RIFLES = LabelLayoutSet("Rifles", "weapon", 63_500, 38_100, (SERIAL, MATRIX))


@pytest.fixture
def form(seat, light, qtbot):
    made = LabelLayoutForm(LabelLayoutsModel(*seat.made_with))
    qtbot.addWidget(made)
    made.resize(640, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_layout(RIFLES)
    return made


def press(button, qtbot):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_in(field, text, qtbot):
    field.edit.clear()
    qtbot.keyClicks(field.edit, text)


def test_elements_are_added_in_other_languages_and_taken_away(form, qtbot):
    form.new.set_value("type")
    press(form.add, qtbot)
    assert form.editor.places["left"].edit.hasFocus()
    form.editor.language.set_value("ps")
    form.editor.text.edit.insert("ASR = اتومات ټوپک")
    added = form.drawn.elements[2]
    assert (added.what, added.language, added.text) == ("type", "ps", "ASR = اتومات ټوپک")
    assert form.is_changed
    press(form.remove, qtbot)
    assert form.drawn.elements == (SERIAL, MATRIX)
    for _time in range(2):
        press(form.remove, qtbot)
    assert not form.editor.isVisible()
    assert not form.remove.isEnabled()


def test_a_logo_is_taken_and_a_file_that_is_none_refused(form, qtbot, tmp_path):
    file, bad = tmp_path / "logo.png", tmp_path / "bad.png"
    a_picture().save(file)
    bad.write_bytes(b"no picture")
    with qtbot.waitSignal(form._model.logo_kept):
        form._model.keep_logo(file)
    assert form.drawn.elements[-1].what == "logo"
    assert form.drawn.logo
    assert form.no_logo.isVisible()
    with qtbot.waitSignal(form._model.refused):
        form._model.keep_logo(bad)
    assert "bad.png" in form._logo_said.text()
    press(form.no_logo, qtbot)
    assert not form.drawn.logo


def test_name_kind_and_size_are_the_layout_s(form, qtbot):
    type_in(form.name, "Crates", qtbot)
    form.kind.set_value("crate")
    type_in(form.sides["width"], "70,5", qtbot)
    assert (form.drawn.name, form.drawn.kind, form.drawn.width) == ("Crates", "crate", 70_500)
    type_in(form.sides["height"], "2", qtbot)
    assert "400 mm" in form.sides["height"].message
    assert form.drawn.height == 38_100


def test_what_is_dragged_stands_in_the_fields(form):
    form.choose(1)
    form.move_element(-1_000, 500)
    form.resize_element(500, 0)
    assert form.drawn.elements[1] == LabelElement("matrix", 47_000, 3_500, 11_500, 11_000)
    assert form.editor.places["left"].text() == "47"
    form.take_kept(form.drawn)
    assert not form.is_changed
