"""Which layouts may stand on record, and under which name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import FieldMissing, FieldUnreadable, MarkLayoutUnknown
from stockpile.domain.facts import Box
from stockpile.domain.laying_out import lay_out
from stockpile.domain.mark_layouts import (
    LIMITS,
    STANDARD_LAYOUT,
    check,
    in_mm,
    in_words,
    is_same,
    layout_named,
    layout_subject,
    set_layout,
    standing,
)

SLIDE = replace(STANDARD_LAYOUT, name="Pistol slide", width=20_000, module=0)


def test_the_layout_that_ships_breaks_no_limit_and_may_be_set():
    check(STANDARD_LAYOUT)
    modules = ("#" * 14,) * 14
    assert lay_out(STANDARD_LAYOUT, "UG 26 000123", modules).problems == ()


def test_a_layout_is_found_by_its_name_however_written_and_the_standard_by_none():
    layouts = (STANDARD_LAYOUT, SLIDE)
    assert layout_named(" pistol  SLIDE ", layouts) == SLIDE
    assert layout_named("", layouts) == STANDARD_LAYOUT
    with pytest.raises(MarkLayoutUnknown):
        layout_named("Bolt", layouts)


def test_what_ships_stands_where_nothing_is_set():
    assert standing([]) == (STANDARD_LAYOUT,)


def test_each_setting_is_the_next_version():
    first = set_layout(replace(SLIDE, name="  Pistol   slide ", version=9), None, ())
    assert first.subject == layout_subject("pistol slide")
    assert (first.body.name, first.body.version) == ("Pistol slide", 1)
    second = set_layout(replace(SLIDE, width=21_000), first.body, ())
    assert (second.body.version, second.body.width) == (2, 21_000)
    assert is_same(replace(first.body, version=7), first.body)
    assert not is_same(second.body, first.body)


@pytest.mark.parametrize("field", LIMITS)
def test_a_figure_that_no_layout_can_have_is_refused_by_its_name(field):
    least, most = LIMITS[field]
    check(replace(SLIDE, **{field: least}))
    check(replace(SLIDE, **{field: most}))
    for wrong in (least - 1, most + 1):
        with pytest.raises(FieldUnreadable) as caught:
            check(replace(SLIDE, **{field: wrong}))
        assert caught.value.field == field


def test_a_name_a_known_component_and_areas_of_some_size_are_demanded():
    with pytest.raises(FieldMissing):
        check(replace(SLIDE, name=" "))
    with pytest.raises(FieldUnreadable):
        check(replace(SLIDE, component="wing"))
    with pytest.raises(FieldUnreadable):
        check(replace(SLIDE, forbidden=(Box(0, 0, 1, 0),)))


@pytest.mark.parametrize(
    ("length", "said"),
    [(1_600, "1.6 mm"), (0, "0 mm"), (30_000, "30 mm"), (250, "0.25 mm"), (-500, "-0.5 mm")],
)
def test_lengths_are_said_in_millimetres(length, said):
    assert in_mm(length) == said


def test_a_box_is_its_size_and_its_place():
    assert in_words(Box(1_500, 0, 2_000, 800)) == "2 x 0.8 mm @ 1.5, 0"
