"""What a layout of labels may say, what cannot be printed of it, and what it begins as."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    LabelElementMisfit,
    LabelLayoutUnknown,
)
from stockpile.domain.facts import Box, LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import (
    SHAPES,
    Problem,
    demand_layout,
    element_key,
    elements_out_of_bounds,
    fitting,
    has_room,
    in_mm,
    lacking,
    layout_named,
    least_dots,
    least_module,
    module_dots,
    own_names,
    problems_of,
    set_layout,
    standing,
)
from stockpile.domain.references import Head, Reference

SERIAL = LabelElement("serial", 1_000, 1_000, 40_000, 5_000)
MATRIX = LabelElement("matrix", 48_000, 1_000, 10_500, 10_500)
LAYOUT = LabelLayoutSet("Rifles", "weapon", 60_000, 30_000, (SERIAL, MATRIX))


def with_element(**said):
    return replace(LAYOUT, elements=(replace(SERIAL, **said), MATRIX))


def test_a_layout_that_can_be_printed_is_set_under_its_name():
    draft = set_layout(replace(LAYOUT, name="  Rifles "), ())
    assert draft.subject == "labellayout:rifles"
    assert draft.body.name == "Rifles"


@pytest.mark.parametrize(
    ("layout", "field"),
    [
        (replace(LAYOUT, name=" "), "name"),
        (replace(LAYOUT, elements=()), "elements"),
        (with_element(what="text"), "text"),
        (with_element(what="logo"), "logo"),
    ],
)
def test_what_is_missing_is_named(layout, field):
    with pytest.raises(FieldMissing) as refusal:
        demand_layout(layout)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("layout", "field", "text"),
    [
        (replace(LAYOUT, kind="ship"), "kind", "ship"),
        (replace(LAYOUT, width=4_000), "width", "4 mm"),
        (replace(LAYOUT, height=500_000), "height", "500 mm"),
        (replace(LAYOUT, elements=(SERIAL,) * 41), "elements", "41"),
        (with_element(what="smell"), "what", "smell"),
        (with_element(language="Pashto"), "language", "Pashto"),
        (with_element(size=20), "size", "2"),
        (with_element(what="text", text="x" * 401), "text", "x" * 401),
    ],
)
def test_what_no_layout_has_is_refused(layout, field, text):
    with pytest.raises(FieldUnreadable) as refusal:
        demand_layout(layout)
    assert (refusal.value.field, refusal.value.text) == (field, text)


@pytest.mark.parametrize(
    ("layout", "misfit"),
    [
        (with_element(left=-500), ("serial", "outside", "0.5 mm")),
        (with_element(left=25_000), ("serial", "outside", "5 mm")),
        (with_element(width=0), ("serial", "outside", "0.001 mm")),
        (with_element(width=50_000), ("serial", "covered", "3 mm")),
        (
            replace(LAYOUT, elements=(replace(MATRIX, width=8_000),)),
            ("matrix", "small", "0.2 mm"),
        ),
        (
            replace(LAYOUT, elements=(LabelElement("code128", 0, 0, 55_000, 2_000),)),
            ("code128", "low", "1 mm"),
        ),
    ],
)
def test_what_does_not_fit_is_said_with_its_millimetres(layout, misfit):
    with pytest.raises(LabelElementMisfit) as refusal:
        demand_layout(layout)
    error = refusal.value
    assert (error.element, error.misfit, error.by) == misfit


def test_nothing_may_lie_over_anything():
    logo = LabelElement("logo", 0, 0, 60_000, 30_000)
    over = replace(SERIAL, what="mark")
    letters = replace(LAYOUT, elements=(SERIAL, over, MATRIX))
    assert [(one.kind, one.element) for one in problems_of(letters)] == [("covered", 0)]
    covered = replace(LAYOUT, logo="0" * 64, elements=(logo, MATRIX))
    assert [one.kind for one in problems_of(covered)] == ["covered"]
    assert elements_out_of_bounds(covered) == ()
    assert has_room(LAYOUT, replace(SERIAL, top=6_000))
    assert not has_room(LAYOUT, over)
    assert not has_room(LAYOUT, replace(SERIAL, top=28_000))


def test_a_hole_is_not_printed_on():
    hole = Box(0, 0, 3_000, 30_000)
    assert problems_of(LAYOUT, 203, [hole]) == (Problem("free", 0, "serial", 2_000),)


def test_a_coarse_printer_wants_a_larger_box():
    tight = replace(MATRIX, width=9_000, height=9_000)
    assert lacking(tight) == 0
    assert lacking(tight, 300) == 0
    assert lacking(tight, 203) == 1_010
    assert [least_dots("matrix", dots) for dots in (203, 300, 600)] == [4, 5, 10]
    assert [least_dots("code128", dots) for dots in (203, 300, 600)] == [2, 3, 6]
    assert module_dots(tight, 300) == 5
    with pytest.raises(LabelElementMisfit) as refusal:
        module_dots(tight, 203)
    assert (refusal.value.misfit, refusal.value.by) == ("small", "1.01 mm")


@given(
    st.sampled_from(list(SHAPES)),
    st.integers(1_000, 200_000),
    st.integers(1_000, 100_000),
    st.sampled_from([203, 300, 600]),
)
def test_a_symbol_is_whole_dots_and_stays_in_its_box_with_its_white(what, width, height, dpi):
    element = LabelElement(what, 0, 0, width, height)
    shape = SHAPES[what]
    if lacking(element, dpi) > 1:
        with pytest.raises(LabelElementMisfit):
            module_dots(element, dpi)
    elif lacking(element, dpi) == 0:
        module = module_dots(element, dpi) * 25_400 / dpi
        assert module >= least_module(what, dpi) - 1e-6
        assert (shape.columns + 2 * shape.quiet) * module <= width + 1e-6
        assert not shape.rows or (shape.rows + 2 * shape.quiet) * module <= height + 1e-6


def test_our_layout_stands_for_the_one_of_its_name_that_ships():
    shipped = replace(LAYOUT, name="L7160")
    ours = replace(LAYOUT, name="l7160", width=50_000)
    set_ = Reference("labellayout:l7160", standing=(Head("1" * 64, (1, "", 1), ours),))
    assert standing([set_], [shipped, LAYOUT]) == (ours, LAYOUT)
    gone = Reference(
        set_.subject, standing=(Head("1" * 64, (1, "", 1), replace(ours, retired=True)),)
    )
    assert standing([gone], [shipped]) == (shipped,)
    assert standing([gone])[0].retired
    assert layout_named("RIFLES ", [ours, LAYOUT]) == LAYOUT
    with pytest.raises(LabelLayoutUnknown):
        layout_named("Pistols", [ours, LAYOUT])


def test_a_label_is_offered_the_layouts_that_it_has_room_for():
    retired, rack = replace(LAYOUT, retired=True), replace(LAYOUT, kind="rack")
    small = replace(LAYOUT, width=58_000)
    assert fitting([LAYOUT, retired, rack, small], 60_500, 30_000) == (LAYOUT, rack)
    assert fitting([LAYOUT, rack], 60_500, 30_000, "rack") == (rack,)
    assert fitting([LAYOUT], 59_999, 30_000) == ()


def test_types_have_names_of_a_sites_own():
    assert own_names("asr = اتومات ټوپک; PST=تمانچه\nbad; =x; REV=") == {
        "ASR": "اتومات ټوپک",
        "PST": "تمانچه",
    }
    assert element_key(LabelElement("type", 0, 0, 1, 1, language="ru")) == "type:ru"
    assert element_key(SERIAL) == "serial"
    assert in_mm(25_400) == "25.4 mm"
