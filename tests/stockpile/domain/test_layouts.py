from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.layouts import Profile, profile_name, profile_of, understood

COLUMNS = ("Número de Série", "Tipo", "Marca", "Data")
ROWS = [
    ["K1", "pistola", "taurus", "01/02/2021"],
    ["K2", "revólver", "rossi", "20/05/2021"],
]
PROFILES = (
    Profile("wide", COLUMNS, {"serial": "Número de Série", "type": "Tipo"}, "seized", "month"),
    Profile("narrow", COLUMNS[:2], {"serial": "Número de Série"}, "found"),
)


def fields(layout):
    return {guess.field: layout.columns[guess.column] for guess in layout.guesses}


def test_headings_decide_and_dates_prove_their_order():
    layout = understood(COLUMNS, ROWS)
    assert fields(layout) == {
        "serial": "Número de Série", "type": "Tipo", "make": "Marca", "date": "Data",
    }  # fmt: skip
    assert {guess.why for guess in layout.guesses} == {"heading"}
    assert (layout.order, layout.mode, layout.profile) == ("day", "unknown", "")
    assert layout.is_telling


def test_values_decide_where_headings_say_nothing():
    rows = [["x1", "pistola", "9 mm", "2021-05-20"], ["x2", "rifle", ".38 spl", "2021-05-21"]]
    layout = understood(("A", "B", "C", "D"), rows)
    assert fields(layout) == {"type": "B", "calibre": "C", "date": "D"}
    assert all(guess.why == "values" and guess.confidence <= 0.5 for guess in layout.guesses)


def test_a_heading_that_its_values_belie_is_less_sure():
    good = understood(("Tipo",), [["pistola"]]).guesses[0]
    bad = understood(("Tipo",), [["azul"]]).guesses[0]
    assert good.confidence == 1.0
    assert bad.confidence < good.confidence


def test_the_better_of_two_columns_is_taken_and_places_are_joined():
    columns = ("Tipo", "Tipo de arma apreendida", "Circunscrição", "Bairro")
    layout = understood(columns, [["pistola", "x", "5a", "Centro"]])
    assert layout.columns_of("type") == (0,)
    assert layout.columns_of("where") == (2, 3)


def test_a_profile_is_known_by_its_columns_the_widest_first():
    layout = understood(COLUMNS, ROWS, profiles=PROFILES)
    assert (layout.profile, layout.mode, layout.order) == ("wide", "seized", "month")
    assert fields(layout) == {"serial": "Número de Série", "type": "Tipo"}
    assert understood(COLUMNS, ROWS, profiles=PROFILES, profile="narrow").mode == "found"
    assert understood(("Serial", "Type"), [], profiles=PROFILES).profile == ""


def test_what_was_told_goes_first():
    layout = understood(COLUMNS, ROWS, profiles=PROFILES, told=["make=marca", "type="])
    assert fields(layout) == {"serial": "Número de Série", "make": "Marca"}
    told = understood(COLUMNS, ROWS, told=["model=Tipo"])
    assert fields(told)["model"] == "Tipo"
    assert "type" not in fields(told)
    both = understood(COLUMNS, ROWS, told=["type=Tipo", "model=Tipo"])
    assert (fields(both)["type"], fields(both)["model"]) == ("Tipo", "Tipo")


@pytest.mark.parametrize(
    ("told", "field"),
    [("nonsense=Tipo", "map"), ("Tipo", "map"), ("", "map"), ("type=Nowhere", "column")],
)
def test_what_cannot_be_told(told, field):
    with pytest.raises(FieldUnreadable) as caught:
        understood(COLUMNS, ROWS, told=[told])
    assert caught.value.field == field


def test_profiles_that_are_not_there_or_do_not_fit():
    with pytest.raises(FieldUnreadable, match="profile"):
        understood(COLUMNS, ROWS, profiles=PROFILES, profile="none")
    with pytest.raises(FieldUnreadable, match="column"):
        understood(("Serial",), [], profiles=PROFILES, profile="wide")


@pytest.mark.parametrize(
    ("columns", "telling"),
    [
        (("Serial",), True),
        (("Type",), True),
        (("Make", "Model"), True),
        (("Make",), False),
        (("Date", "Place"), False),
    ],
)
def test_a_layout_must_be_able_to_say_which_weapon(columns, telling):
    assert understood(columns, []).is_telling is telling


FULL = [["00000123456"], ["0000AB12345"], ["00000&71234"], ["00000000012"], ["12345678901"]]


@pytest.mark.parametrize(
    ("told", "said", "padded"),
    [
        ([], None, True),
        (["zero_padded=no"], None, False),
        (["zero_padded=no", "zero_padded = yes"], None, True),
        ([], False, False),
        (["zero_padded=yes"], False, True),
    ],
)
def test_serials_that_are_filled_up_show_it_unless_it_is_told(told, said, padded):
    profile = Profile("p", ("Serial",), {"serial": "Serial"}, zero_padded=said)
    layout = understood(("Serial",), FULL, profiles=[profile], told=told)
    assert layout.zero_padded is padded
    assert understood(("Serial",), FULL[:4]).zero_padded is False


def test_a_layout_becomes_a_profile_by_which_the_next_list_is_read():
    columns = ("aaa", "Circunscrição", "Bairro", "ddd")
    rows = [["K1", "5a", "Centro", "20/05/2021"]]
    layout = understood(columns, rows, told=["serial=aaa", "date=ddd"])
    kept = profile_of(layout, "Our  Armoury 2")
    assert kept.name == "our-armoury-2"
    assert kept.fields["where"] == ("Circunscrição", "Bairro")
    assert (kept.order, kept.zero_padded) == ("day", False)
    again = understood(columns, [], profiles=[kept])
    assert (again.profile, fields(again)) == ("our-armoury-2", fields(layout))
    assert {guess.why for guess in again.guesses} == {"profile"}


@pytest.mark.parametrize("text", ["", " - ", "x" * 61])
def test_names_that_are_none(text):
    with pytest.raises(FieldUnreadable, match="profile"):
        profile_name(text)


def test_names_in_any_script():
    assert profile_name("Список №7 / склад") == "список-7-склад"
