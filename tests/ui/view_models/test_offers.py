"""The catalogue at the fields: offered while typing, filled in, and current."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.catalogue import Term
from stockpile.language import plain
from ui.view_models.offers import Filling, OffersModel


@pytest.fixture
def model(seat, qtbot):
    made = OffersModel(*seat.made_with)
    with qtbot.waitSignal(made.changed):
        made.start()
    return made


def test_what_is_typed_is_offered_with_what_tells_it_apart(model):
    first = model.offers("model", "pt92")[0]
    assert (first.code, first.text) == ("taurus:pt-92", "PT 92")
    assert plain(first.detail).startswith("Taurus · 9x19")
    assert plain(model.offers("make", "imb")[0].detail) == "Brazil"
    assert model.offers("model", "  ") == ()


def test_the_models_of_the_make_as_written_come_first(model):
    assert model.offers("model", "82", "Forjas Taurus")[0].code == "taurus:82"
    assert model.offers("model", "82", "nobody's")[0].code == "taurus:82"
    assert model.offers("model", "38", "rossi")[0].code == "rossi:38"


def test_a_chosen_model_fills_in_what_it_is(model):
    filling = model.filling("taurus:pt-92")
    assert (filling.type, filling.make, filling.country) == ("PST", "Taurus", "Brazil")
    assert filling.calibre.startswith("9x19")
    assert model.filling("rossi:puma").calibre == ""  # made in several
    assert model.filling("nobody:nothing") == Filling()


def test_a_row_of_the_site_s_own_is_offered_at_once(model, seat, qtbot):
    desk, session, _notices = seat.made_with
    add = partial(seat.stockpile.cataloguing.add, by=session.officer)
    said = Term("model", "", "Hill Pattern", within="taurus")
    with qtbot.waitSignal(model.changed):
        desk.record(model, partial(add, said), lambda _term: None)
    assert [one.text for one in model.offers("model", "hill")] == ["Hill Pattern"]
