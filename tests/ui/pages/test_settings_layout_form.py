"""The figures of a layout as they are typed, and what is said at each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import FieldMissing, FieldUnreadable, OfficerNotAuthorised
from stockpile.domain.facts import Box
from stockpile.domain.mark_layouts import LIMITS, STANDARD_LAYOUT
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.language import plain
from ui.pages.settings_layout_form import LayoutForm
from ui.view_models.mark_layouts import LayoutsModel, layout_told

SLIDE = replace(STANDARD_LAYOUT, name="Pistol slide", forbidden=(Box(1_000, 500, 2_000, 300),))


@pytest.fixture
def form(seat, qtbot):
    model = LayoutsModel(*seat.made_with)
    made = LayoutForm(model)
    qtbot.addWidget(made)
    made.resize(640, 900)
    made.show()
    with qtbot.waitSignal(model.came):
        model.start()
    with qtbot.waitSignal(model.shown):
        made.show_layout(SLIDE)
    return made


def typed(field, text, qtbot):
    """Type into a field as a person does."""
    field.edit.clear()
    qtbot.keyClicks(field.edit, text)


def test_a_layout_stands_in_its_fields_unchanged(form):
    assert form.is_filled
    assert not form.is_changed
    assert layout_told(form.told()) == SLIDE


def test_every_key_is_drawn_at_once(form, qtbot):
    with qtbot.waitSignals([form.edited, form._model.shown]):
        typed(form.figures["text_height"], "3", qtbot)
    assert form.is_changed
    assert layout_told(form.told()).text_height == 3_000


def test_another_font_and_component_are_drawn_too(form, qtbot):
    with qtbot.waitSignal(form._model.shown) as shown:
        form.letters._press("strokes")
    assert shown.args[0].laid.drawing.strokes
    with qtbot.waitSignal(form._model.shown):
        form.component.set_value("barrel")
        form.component.box.activated.emit(0)
    assert form.told().component == "barrel"


def test_it_is_tried_with_the_usual_schemes_text_and_limits(form):
    assert form.told().scheme == MOSAIC_IMPORT
    assert form.text.text().startswith("UG ")
    assert form._limits.text().count("2024/325") == 1, "one source stands once"
    assert "0.0762 mm" in plain(form._limits.text())


def test_another_scheme_brings_an_example_of_its_text(form, qtbot):
    other = next(id_ for id_, _body, text in form._model.board.schemes if "★" in text)
    with qtbot.waitSignal(form._model.shown):
        form.scheme.set_value(other)
        form.scheme.box.activated.emit(0)
    assert "★" in form.text.text()
    assert not form.is_changed


@pytest.mark.parametrize("name", LIMITS)
def test_a_figure_that_cannot_be_is_said_at_its_field_and_goes_again(form, qtbot, name):
    with qtbot.waitSignal(form._model.unread):
        typed(form.figures[name], "999999", qtbot)
    assert plain(form.figures[name].message).startswith("A figure from ")
    with qtbot.waitSignal(form._model.shown):
        form.show_layout(SLIDE)
    assert form.figures[name].message == ""


def test_an_area_that_cannot_be_is_said_at_it(form, qtbot):
    with qtbot.waitSignal(form._model.unread):
        typed(form.areas.lines[0].fields[2], "x", qtbot)
    assert form.areas.lines[0].fields[0].message


def test_a_refusal_is_said_where_it_is_mended(form):
    form._model.refused.emit(FieldMissing("name"))
    assert form.name.message
    form._model.refused.emit(FieldUnreadable("width", "0 mm"))
    assert form.figures["width"].message
    form._model.refused.emit(OfficerNotAuthorised("B. Okot", "set_mark_layout"))
    assert "B. Okot" in form.name.message


@pytest.mark.parametrize(("width", "columns"), [(480, 2), (700, 3)])
def test_the_fields_stand_in_as_many_columns_as_fit(form, width, columns):
    form.setFixedWidth(width)
    form.adjustSize()
    assert {grid.columns for grid in form._grids} <= {columns, 3}
