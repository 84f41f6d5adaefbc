"""The fields of one scheme: what is put in comes out, and each mistake is said at its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    SchemeInUse,
    SchemePatternWrong,
)
from stockpile.domain.seed_schemes import SEED_SCHEMES
from tests.helpers.readable import displayed
from ui.pages import settings_scheme_form
from ui.pages.settings_scheme_form import SchemeForm
from ui.view_models.schemes import SchemesModel, Told, new_scheme, told_of

SEEDS = dict(SEED_SCHEMES)
USUAL = told_of("MOSAIC_IMPORT_FULL", SEEDS["MOSAIC_IMPORT_FULL"])
STATE = told_of("RECSA_STATE", SEEDS["RECSA_STATE"])


@pytest.fixture
def form(seat, qtbot):
    return made(seat, qtbot)


def made(seat, qtbot):
    model = SchemesModel(*seat.made_with)
    form = SchemeForm(model)
    form.model = model
    displayed(form, qtbot, 700, 1800)
    return form


def test_every_scheme_that_ships_comes_out_of_the_fields_as_it_went_in(form):
    for seed, body in SEED_SCHEMES:
        told = told_of(seed, body)
        form.show_scheme(told, is_new=False)
        assert form.told() == told
        assert form.is_filled
        assert not form.is_changed


def test_an_empty_form_holds_no_scheme(form):
    assert not form.is_filled
    assert not form.is_changed


def test_the_short_name_is_asked_for_once_and_only_what_is_in_use_is_retired(form):
    form.show_scheme(new_scheme(), is_new=True)
    assert (form.id.isVisible(), form.retire.isVisible()) == (True, False)
    form.show_scheme(USUAL, is_new=False)
    assert (form.id.isVisible(), form.retire.isVisible()) == (False, True)
    form.show_scheme(USUAL, is_new=False, is_retired=True)
    assert not form.retire.isVisible()


def test_each_edit_is_shown_as_a_mark_at_once(form, qtbot, monkeypatch):
    drawn = []
    monkeypatch.setattr(form.model, "draw", drawn.append)
    form.show_scheme(USUAL, is_new=False)
    qtbot.keyClicks(form.digits.edit, "0")
    assert [one.digits for one in drawn] == ["6", "60"]
    assert form.is_changed


def test_a_part_is_put_apart_from_what_stands_before_it(form):
    for before, after in (
        ("", "{seq}"),
        ("{iso2}", "{iso2} {seq}"),
        ("{iso2} ", "{iso2} {seq}"),
        ("{iso2}-", "{iso2}-{seq}"),
        ("{iso2}/", "{iso2}/{seq}"),
    ):
        form.show_scheme(Told(pattern=before), is_new=True)
        form.part.set_value("seq")
        assert form.pattern.text() == after
        assert form.part.value() == ""


def test_a_sign_is_drawn_only_where_the_pattern_has_it(form):
    form.show_scheme(STATE, is_new=False)
    assert form.signs["star"].isVisible()
    assert not form.signs["logo"].isVisible()
    form.show_scheme(USUAL, is_new=False)
    assert not form.signs["star"].isVisible()


def test_what_is_wrong_is_said_at_its_field_and_only_there(form):
    form.show_scheme(new_scheme(), is_new=True)
    for error, field in (
        (FieldMissing("name"), "name"),
        (FieldUnreadable("country", "Uganda"), "country"),
        (FieldUnreadable("digits", "x"), "digits"),
        (FieldUnreadable("height", "x"), "least_height"),
        (FieldUnreadable("depth", "x"), "least_depth"),
        (FieldUnreadable("scheme", "a b"), "id"),
        (SchemePatternWrong("{iso4}", "part"), "pattern"),
        (SchemePatternWrong("{seq} {check}", "check"), "check"),
        (SchemePatternWrong("{seq}", "limits"), "least_height"),
    ):
        form.model.refused.emit(error)
        assert getattr(form, field).message
        assert form.said == ""
        form.model.shown.emit(None)
        assert not getattr(form, field).message


def test_a_wrong_word_is_said_at_the_words(form):
    form.show_scheme(STATE, is_new=False)
    form.model.unread.emit(SchemePatternWrong("{force}", "word"))
    assert form.words._wrong.isVisible()


def test_what_belongs_to_no_field_is_said_beside_the_buttons(form):
    form.show_scheme(USUAL, is_new=False)
    form.keep.set_busy(busy=True)
    form.model.refused.emit(SchemeInUse("MOSAIC_IMPORT_FULL", 2))
    assert form.said
    assert form.keep.isEnabled()


@pytest.mark.parametrize(("answer", "retired"), [(True, ["MOSAIC_IMPORT_FULL"]), (False, [])])
def test_a_scheme_is_retired_only_after_a_question(form, qtbot, monkeypatch, answer, retired):
    asked = []
    monkeypatch.setattr(settings_scheme_form.ConfirmDialog, "exec", lambda _self: answer)
    monkeypatch.setattr(form.model, "retire", asked.append)
    form.show_scheme(USUAL, is_new=False)
    qtbot.keyClick(form.retire, Qt.Key.Key_Space)
    assert asked == retired


def test_who_may_not_set_schemes_is_told_who_may(seat, qtbot):
    seat.sit_down("P. Ilunga", "armourer")
    form = made(seat, qtbot)
    assert not form.keep.isEnabled()
    assert "registrar" in form._right.text()
