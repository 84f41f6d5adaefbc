"""What is typed becomes a scheme, or is said to be none; numbers are counted and asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.errors import (
    FieldUnreadable,
    NotEnrolled,
    OfficerNotAuthorised,
    SchemePatternWrong,
)
from stockpile.domain.facts import Draft, MarkingBegun
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.seed_schemes import SEED_SCHEMES
from stockpile.domain.values import SchemeId
from tests.helpers.builders import YEAR
from ui.view_models.schemes import SchemesModel, new_scheme, scheme_told, told_of

TYPED = replace(new_scheme(), id="ug_state", name="Uganda", words=(("force", "POL", "Police"),),
                pattern="{iso2} {force} {seq}")  # fmt: skip


@pytest.fixture
def model(seat, qtbot):
    made = SchemesModel(*seat.made_with)
    with qtbot.waitSignal(made.came):
        made.start()
    return made


@pytest.mark.parametrize("scheme", SEED_SCHEMES, ids=lambda one: one[0])
def test_a_scheme_stands_in_the_fields_and_comes_back_as_it_was(scheme):
    id_, body = scheme
    assert scheme_told(told_of(id_, body)) == body


@given(st.integers(1, 90_000), st.integers(0, 9_000_000))
def test_lengths_come_back_to_the_last_unit(height, depth):
    body = replace(SEED_SCHEMES[0][1], min_height_um=height, min_depth_nm=depth)
    assert scheme_told(told_of("X", body)) == body


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("height", "x"), ("height", "nan"), ("depth", "-1"), ("height", "1e9"), ("digits", "six"),
        ("digits", ""), ("check", "mod_2"), ("polymer", ""), ("reason", "fun"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_by_its_field(field, text):
    told = {"check": "check_system", "reason": "reasons"}.get(field, field)
    value = (text,) if field == "reason" else text
    with pytest.raises(FieldUnreadable) as refused:
        scheme_told(replace(TYPED, **{told: value}))
    assert refused.value.field == field


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_anything_typed_is_a_scheme_or_is_refused(pattern, digits, height):
    with suppress(FieldUnreadable):
        scheme_told(replace(TYPED, pattern=pattern, digits=digits, height=height))


def test_every_scheme_comes_with_its_example_and_its_numbers(model):
    line = model.table.line(MOSAIC_IMPORT)
    assert (line.example, line.left, line.is_low, line.is_used) == (
        f"UG {YEAR} 000001", 10_000, False, False,
    )  # fmt: skip
    assert not model.table.line("CA_IMPORT").draws
    assert (model.table.offered, model.table.has_registry) == (0, False)


def test_an_example_is_drawn_as_it_is_typed(model, qtbot):
    with qtbot.waitSignal(model.shown) as said:
        model.draw(TYPED)
    assert said.args[0].text == "UG POL 000001"
    assert said.args[0].laid.drawing.dots
    with qtbot.waitSignal(model.unread) as refused:
        model.draw(replace(TYPED, pattern="{iso4}"))
    assert isinstance(refused.args[0], SchemePatternWrong)


def test_a_scheme_is_kept_and_after_a_mark_its_next_version(model, seat, qtbot):
    with qtbot.waitSignals([model.kept, model.came]):
        model.keep(TYPED)
    assert model.table.line("UG_STATE").body.version == 1
    known = seat.register("KB 1")
    weapon = seat.on_books(lambda: seat.stockpile.books.weapon(known))
    begun = MarkingBegun("j", SchemeId("UG_STATE"), "UG POL 000001", 1, "bench")
    draft = Draft(weapon.id, begun, weapon.heads.marking)
    seat.write(lambda: (seat.stockpile.books.record([draft], by=None), None))
    qtbot.waitUntil(lambda: model.table.line("UG_STATE").is_used)
    with qtbot.waitSignals([model.kept, model.came]):
        model.keep(replace(TYPED, digits="7"))
    assert (model.table.line("UG_STATE").body.version) == 2
    with qtbot.waitSignal(model.kept):
        model.keep(replace(TYPED, digits="7"))
    with qtbot.waitSignals([model.kept, model.came]):
        model.retire(SchemeId("UG_STATE"))
    assert model.table.line("UG_STATE").body.retired


def test_what_may_not_or_cannot_be_kept_is_refused(model, seat, qtbot):
    with qtbot.waitSignal(model.refused) as said:
        model.keep(replace(TYPED, digits="x"))
    assert isinstance(said.args[0], FieldUnreadable)
    seat.sit_down("P. Ilunga", "armourer")
    assert not model.may_keep
    with qtbot.waitSignal(model.refused) as said:
        model.keep(TYPED)
    assert isinstance(said.args[0], OfficerNotAuthorised)


def test_without_a_registry_nobody_is_asked_and_that_is_said(model, qtbot):
    with qtbot.waitSignal(model.not_asked) as said:
        model.ask_numbers(MOSAIC_IMPORT)
    assert isinstance(said.args[0], NotEnrolled)
