"""What is typed in millimetres becomes a layout, or is said to be none."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import FieldMissing, FieldUnreadable, OfficerNotAuthorised
from stockpile.domain.facts import Box
from stockpile.domain.mark_layouts import STANDARD_LAYOUT
from stockpile.domain.marking import MOSAIC_IMPORT
from ui.view_models.mark_layouts import LayoutsModel, bare_mm, layout_told, new_layout, told_of

SLIDE = replace(STANDARD_LAYOUT, name="Pistol slide", forbidden=(Box(1, 2, 30, 40_000),))


@pytest.fixture
def model(seat, qtbot):
    made = LayoutsModel(*seat.made_with)
    with qtbot.waitSignal(made.came):
        made.start()
    return made


def typed(**figures):
    told = told_of(SLIDE)
    return replace(told, figures={**told.figures, **figures})


def test_a_layout_stands_in_the_fields_and_comes_back_as_it_was():
    assert layout_told(told_of(SLIDE)) == SLIDE
    assert layout_told(told_of(STANDARD_LAYOUT)) == STANDARD_LAYOUT
    assert told_of(SLIDE).areas == (("0.001", "0.002", "0.03", "40"),)


@given(st.integers(-500_000, 500_000))
def test_every_length_comes_back_to_the_micrometre(length):
    assert layout_told(typed(text_x=bare_mm(length))).text_x == length


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2,5", 2_500),
        (" 2.5 mm ", 2_500),
        ("٢٫٥", 2_500),
        ("\u22121", -1_000),
        ("", 0),
        ("3", 3_000),
    ],
)
def test_lengths_are_read_as_people_write_them(text, told):
    assert layout_told(typed(text_x=text)).text_x == told


@pytest.mark.parametrize("text", ["x", "1.2.3", "nan", "inf", "1e9", "2 5"])
def test_what_is_no_length_is_said_at_its_field(text):
    with pytest.raises(FieldUnreadable) as caught:
        layout_told(typed(module=text))
    assert caught.value.field == "module"


@given(st.text(max_size=8), st.sampled_from(["width", "lines"]))
def test_whatever_is_typed_is_a_figure_or_refused(text, name):
    with suppress(FieldUnreadable):
        assert isinstance(getattr(layout_told(typed(**{name: text})), name), int)


def test_lines_are_a_whole_number():
    assert layout_told(typed(lines="")).lines == 1
    with pytest.raises(FieldUnreadable):
        layout_told(typed(lines="1.5"))


def test_an_empty_area_is_none_and_a_wrong_one_is_said():
    told = told_of(SLIDE)
    assert layout_told(replace(told, areas=(("", "", "", ""),))).forbidden == ()
    with pytest.raises(FieldUnreadable) as caught:
        layout_told(replace(told, areas=(("1", "1", "x", "1"),)))
    assert caught.value.field == "forbidden"


def test_a_font_that_is_none_is_refused():
    with pytest.raises(FieldUnreadable):
        layout_told(replace(told_of(SLIDE), font="gothic"))


def test_the_board_has_layouts_and_an_example_of_each_scheme(model):
    assert model.board.layouts == (STANDARD_LAYOUT,)
    assert model.board.text(MOSAIC_IMPORT).startswith("UG ")
    assert model.board.scheme(MOSAIC_IMPORT).min_height_um == 1_600
    assert model.board.scheme(None) is None
    assert model.board.text(None)


def test_what_is_typed_is_drawn_and_what_cannot_be_is_said(model, qtbot):
    with qtbot.waitSignal(model.shown) as shown:
        model.draw(replace(typed(text_height="1"), name=""))
    assert [one.kind for one in shown.args[0].laid.problems] == ["too_low"]
    with qtbot.waitSignal(model.unread) as unread:
        model.draw(typed(width="0"))
    assert unread.args[0].field == "width"


def test_a_layout_is_kept_and_every_screen_hears_of_it(model, qtbot):
    kept = []
    model.kept.connect(kept.append)
    with qtbot.waitSignals([model.kept, model.came]):
        model.keep(told_of(SLIDE))
    assert kept == [SLIDE]
    assert SLIDE in model.board.layouts


def test_a_layout_without_a_name_or_by_somebody_who_may_not_is_refused(model, seat, qtbot):
    with qtbot.waitSignal(model.refused) as refused:
        model.keep(told_of(new_layout()))
    assert isinstance(refused.args[0], FieldMissing)
    with qtbot.waitSignal(model.refused) as refused:
        model.keep(typed(width="x"))
    assert isinstance(refused.args[0], FieldUnreadable)
    assert model.may_keep
    with qtbot.waitSignal(model.came):
        seat.sit_down("B. Okot", "storekeeper")
    assert not model.may_keep
    with qtbot.waitSignal(model.refused) as refused:
        model.keep(told_of(SLIDE))
    assert isinstance(refused.args[0], OfficerNotAuthorised)


def test_a_layout_is_printed(model, qtbot, tmp_path):
    with qtbot.waitSignal(model.printed) as printed:
        model.print(told_of(SLIDE, scheme=MOSAIC_IMPORT), tmp_path / "a.pdf")
    assert printed.args[0].read_bytes().startswith(b"%PDF")
    with qtbot.waitSignal(model.refused):
        model.print(typed(width="x"), tmp_path / "b.pdf")
